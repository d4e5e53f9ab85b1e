package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;

/**
 * Whether the leader hears what the members send, judged by its own heartbeat. While it doesn't, time stands still for its decisions:
 * silence of others says nothing about them.
 */
final class Hearing {
    private final long limit;
    private final long giveUp;
    private long heardAt;
    private boolean reachable = true;
    private boolean heardSinceReachable = true;
    private boolean deaf;
    private long deafSince;
    private long stoodStill;

    Hearing(ClusterSettings settings) {
        limit = settings.heartbeatInterval().toNanos() * 3 / 2;
        giveUp = settings.crashLimit().toNanos() * 2;
    }

    void begin(long realNanos) {
        heardAt = realNanos;
    }

    /** The own heartbeat arrived. */
    void heard(long realNanos) {
        heardAt = realNanos;
        heardSinceReachable |= reachable;
    }

    void reachable(boolean now) {
        reachable = now;
        heardSinceReachable &= now;
    }

    /** Looks at the time; true when hearing has just come back. */
    boolean update(long realNanos) {
        boolean before = deaf;
        deaf = !reachable || !heardSinceReachable || realNanos - heardAt > limit;
        if (deaf && !before) {
            deafSince = realNanos;
        }
        if (before && !deaf) {
            stoodStill += realNanos - deafSince;
        }
        return before && !deaf;
    }

    /** Time without the periods of deafness. */
    long steady(long realNanos) {
        return (deaf ? deafSince : realNanos) - stoodStill;
    }

    boolean deaf() {
        return deaf;
    }

    /** Deaf for so long that somebody else should lead. */
    boolean hopeless(long realNanos) {
        return deaf && realNanos - deafSince > giveUp;
    }
}
