package io.tfdc.leader;

/**
 * How hard a planner tries for balance. Ratios are relative to the mean of the members.
 *
 * @param maxLoad upper bound of a member's weight, at least 1; a single chamber heavier than that is the bound instead
 * @param minLoad lower bound of a member's weight, 0 to 1
 * @param trigger no balancing while max/mean is at most this and nobody is below {@code minLoad}; at least {@code maxLoad}
 * @param maxCount upper bound of a member's number of chambers, at least 1
 * @param budget most chambers moved for balance alone; orphans and new chambers always find an owner
 * @param defaultWeight weight of a chamber of which nothing is known, at least 1
 * @param virtualNodes points per member on the hash ring, 1 to 10,000
 */
public record PlannerOptions(
        double maxLoad,
        double minLoad,
        double trigger,
        double maxCount,
        int budget,
        long defaultWeight,
        int virtualNodes) {
    /** Weight within 5 % of the mean, counts within 25 %, no limit to the moves. */
    public static final PlannerOptions DEFAULT =
            new PlannerOptions(1.05, 0.95, 1.05, 1.25, Integer.MAX_VALUE, 120_000, 200);

    public PlannerOptions {
        if (!(maxLoad >= 1 && minLoad >= 0 && minLoad <= 1 && trigger >= maxLoad && maxCount >= 1)) {
            throw new IllegalArgumentException(
                    "planner: expected minLoad in 0..1 <= maxLoad <= trigger and maxCount >= 1, found " + minLoad + ", "
                            + maxLoad + ", " + trigger + ", " + maxCount);
        }
        if (budget < 0 || defaultWeight < 1 || virtualNodes < 1 || virtualNodes > 10_000) {
            throw new IllegalArgumentException("planner: budget " + budget + " (>= 0), default weight " + defaultWeight
                    + " (>= 1), virtual nodes " + virtualNodes + " (1..10000)");
        }
    }

    public PlannerOptions withBudget(int moves) {
        return new PlannerOptions(maxLoad, minLoad, trigger, maxCount, moves, defaultWeight, virtualNodes);
    }

    public PlannerOptions withTrigger(double ratio) {
        return new PlannerOptions(maxLoad, minLoad, ratio, maxCount, budget, defaultWeight, virtualNodes);
    }
}
