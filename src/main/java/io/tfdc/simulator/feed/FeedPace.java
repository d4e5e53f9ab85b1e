package io.tfdc.simulator.feed;

/**
 * When the next run may start.
 *
 * @param runsPerSecond greatest rate, {@link Double#POSITIVE_INFINITY} for no limit
 * @param maxOutstanding greatest number of runs on their way: made and, as far as the feeder is told, not completed; at least 1
 */
public record FeedPace(double runsPerSecond, int maxOutstanding) {
    public FeedPace {
        if (!(runsPerSecond > 0) || maxOutstanding < 1) {
            throw new IllegalArgumentException("feed: expected a rate above 0 and at least 1 run outstanding, found "
                    + runsPerSecond + " and " + maxOutstanding);
        }
    }

    /** No limit but the number of runs on their way. */
    public static FeedPace unlimited(int maxOutstanding) {
        return new FeedPace(Double.POSITIVE_INFINITY, maxOutstanding);
    }

    boolean isLimited() {
        return runsPerSecond < Double.POSITIVE_INFINITY;
    }
}
