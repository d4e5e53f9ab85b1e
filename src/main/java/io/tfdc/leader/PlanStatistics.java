package io.tfdc.leader;

/**
 * How even a plan is.
 *
 * @param chambers number of chambers
 * @param members number of members
 * @param moved chambers with another owner than before, new ones not counted
 * @param minCount fewest chambers of a member
 * @param maxCount most chambers of a member
 * @param minWeight least weight of a member
 * @param maxWeight greatest weight of a member
 * @param meanWeight mean weight of the members
 * @param floorRatio the best max/mean possible: no member can carry less than the heaviest chamber
 */
public record PlanStatistics(
        int chambers,
        int members,
        int moved,
        int minCount,
        int maxCount,
        long minWeight,
        long maxWeight,
        double meanWeight,
        double floorRatio) {

    PlanStatistics withMoved(int number) {
        return new PlanStatistics(
                chambers, members, number, minCount, maxCount, minWeight, maxWeight, meanWeight, floorRatio);
    }

    /** Greatest weight of a member relative to the mean; 1 if there is no weight. */
    public double maxOverMean() {
        return meanWeight == 0 ? 1 : maxWeight / meanWeight;
    }

    /** Least weight of a member relative to the mean; 1 if there is no weight. */
    public double minOverMean() {
        return meanWeight == 0 ? 1 : minWeight / meanWeight;
    }

    /** Greatest number of chambers of a member relative to the mean; 1 if there are none. */
    public double maxCountOverMean() {
        return chambers == 0 ? 1 : (double) maxCount * members / chambers;
    }

    /** Share of the chambers that moved, 0 to 1. */
    public double movedShare() {
        return chambers == 0 ? 0 : (double) moved / chambers;
    }
}
