package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;

/**
 * Holds crashes back until those that belong together are known, and longer when so many vanish at once that the broker is the likelier
 * cause. A doubt lasts until it is over, even if some come back meanwhile: the others may be about to.
 */
final class MassLossGuard {
    private static final long NEVER = Long.MIN_VALUE;

    private final long coalesce;
    private final double share;
    private final long confirm;
    private long firstAt = NEVER;
    private boolean doubted;

    /** What is to be done about those who are dead. */
    enum Verdict {
        NONE,
        WAIT,
        DOUBT,
        ACT
    }

    MassLossGuard(ClusterSettings settings) {
        coalesce = settings.crashCoalesce().toNanos();
        share = settings.massLossShare();
        confirm = Math.max(coalesce, settings.massLossConfirm().toNanos());
    }

    /**
     * @param dead members that are dead
     * @param suspects further members that don't answer
     * @param members members of the map
     * @param heardSelfAt when the leader heard its own heartbeat last
     */
    Verdict judge(int dead, int suspects, int members, long nanos, long heardSelfAt) {
        if (dead == 0) {
            firstAt = NEVER;
            doubted = false;
            return Verdict.NONE;
        }
        if (firstAt == NEVER) {
            firstAt = nanos;
        }
        int lost = dead + suspects;
        doubted |= lost > 1 && lost > share * members;
        if (doubted) {
            boolean sure = nanos - firstAt >= confirm && heardSelfAt >= firstAt;
            return sure ? Verdict.ACT : Verdict.DOUBT;
        }
        return nanos - firstAt >= coalesce ? Verdict.ACT : Verdict.WAIT;
    }
}
