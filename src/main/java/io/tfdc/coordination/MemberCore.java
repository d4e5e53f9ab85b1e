package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.List;

/**
 * What one process does to be a member of the cluster. Not safe for use from several threads.
 */
public final class MemberCore {
    private final Identity identity;
    private final ClusterSettings settings;
    private final long seed;

    /** @param seed of the jitter, any number */
    public MemberCore(Identity identity, ClusterSettings settings, long seed) {
        this.identity = identity;
        this.settings = settings;
        this.seed = seed;
    }

    /** Takes an event; yields what is to be done now, in this order. */
    public List<MemberEffect> handle(MemberEvent event, Now now) {
        throw new IllegalStateException(identity + " " + settings + " " + seed + " " + event + " " + now);
    }

    /** Whether work on a run of the chamber may begin. */
    public boolean mayExecute(ChamberId chamber, long nanos) {
        throw new IllegalStateException(chamber + " " + nanos);
    }

    /** Whether results of the chamber may be stored and its messages settled. */
    public boolean mayStore(ChamberId chamber, long nanos) {
        throw new IllegalStateException(chamber + " " + nanos);
    }

    public MemberView view(long nanos) {
        throw new IllegalStateException("" + nanos);
    }
}
