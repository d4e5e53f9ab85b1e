package io.tfdc.leader;

import java.time.Duration;

/**
 * How the leader plans.
 *
 * @param planner sticky, or the documents' hash ring
 * @param options bounds of balance
 * @param windowBudget share of the chambers, 0 to 1, moved for balance in one window; the hash ring moves what it moves
 * @param weightBudget share of the chambers, 0 to 1, moved for changed weights in {@code weightPeriod}
 * @param weightPeriod period of that budget
 * @param weightTrigger max/mean above which changed weights are acted on, twice in a row
 * @param ringTolerance how much more or less than the mean a member may weigh on the hash ring, 0 to 1
 * @param chambersInterval how often chambers and weights are read again
 * @param homeMemory for how long a returning member gets back what it had
 * @param shadow compute and report, but write no map
 */
public record LeaderSettings(
        Mode planner,
        PlannerOptions options,
        double windowBudget,
        double weightBudget,
        Duration weightPeriod,
        double weightTrigger,
        double ringTolerance,
        Duration chambersInterval,
        Duration homeMemory,
        boolean shadow) {

    /** Planners. */
    public enum Mode {
        STICKY,
        RING
    }

    public static final LeaderSettings DEFAULT = new LeaderSettings(
            Mode.STICKY,
            PlannerOptions.DEFAULT,
            1.0,
            0.01,
            Duration.ofMinutes(10),
            1.10,
            RingPlanner.TOLERANCE,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            false);
}
