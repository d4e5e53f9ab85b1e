package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Now;
import io.tfdc.coordination.StableId;
import java.util.List;

/** What the leader decides, from winning the election to losing it. Not safe for use from several threads. */
public final class LeaderCore {
    private final StableId self;
    private final String incarnation;
    private final ClusterSettings settings;
    private final LeaderSettings planning;

    public LeaderCore(StableId self, String incarnation, ClusterSettings settings, LeaderSettings planning) {
        this.self = self;
        this.incarnation = incarnation;
        this.settings = settings;
        this.planning = planning;
    }

    /** Begins to lead. */
    public List<LeaderEffect> start(Now now) {
        throw new IllegalStateException(self + incarnation + settings + planning + now);
    }

    /** Takes an event; yields what is to be done now, in this order. */
    public List<LeaderEffect> handle(LeaderEvent event, Now now) {
        throw new IllegalStateException(event + " " + now);
    }

    public LeaderView view(Now now) {
        throw new IllegalStateException("" + now);
    }
}
