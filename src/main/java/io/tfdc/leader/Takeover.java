package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.StableId;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a new leader finds: a cluster at work, or the map of one that is just starting again as a whole. In the second case it waits as at a
 * cold start, and nothing moves.
 */
final class Takeover {
    /** Smaller clusters are never taken for restarting. */
    private static final int RESTART_SIZE = 10;

    private final ClusterSettings settings;
    private final ChangeWindow window;
    private long since;
    private Stage stage = Stage.LOOKING;

    /** How far it has come. */
    enum Stage {
        LOOKING,
        RESTARTING,
        SETTLED
    }

    Takeover(ClusterSettings settings) {
        this.settings = settings;
        window = new ChangeWindow(settings.quietTime(), settings.coldStartWindow());
    }

    void begin(long nanos) {
        since = nanos;
    }

    /** Looks again; true at the moment when a restart is noticed. */
    boolean update(Set<StableId> named, Roster roster, OptionalInt intended, long nanos) {
        if (stage == Stage.SETTLED) {
            return false;
        }
        Set<StableId> alive = alive(roster.members());
        long namedAlive = named.stream().filter(alive::contains).count();
        if (stage == Stage.RESTARTING) {
            window.pending(alive, nanos);
            boolean complete = namedAlive == named.size()
                    || intended.isPresent() && alive.size() >= intended.getAsInt()
                    || window.due(nanos);
            stage = complete ? Stage.SETTLED : stage;
            return false;
        }
        if (named.size() < RESTART_SIZE || 2 * namedAlive >= named.size()) {
            stage = Stage.SETTLED;
        } else if (nanos - since >= settings.heartbeatInterval().toNanos() * 3 / 2) {
            stage = Stage.RESTARTING;
            window.pending(alive, nanos);
            return true;
        }
        return false;
    }

    private static Set<StableId> alive(Collection<Member> members) {
        Set<StableId> alive = new HashSet<>();
        for (Member member : members) {
            if (member.confirmed() && !member.away() && !member.suspect()) {
                alive.add(member.id);
            }
        }
        return alive;
    }

    boolean settled() {
        return stage == Stage.SETTLED;
    }

    boolean restarting() {
        return stage == Stage.RESTARTING;
    }

    long remaining(long nanos) {
        return restarting() ? window.remaining(nanos) : 0;
    }
}
