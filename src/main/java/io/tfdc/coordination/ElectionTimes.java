package io.tfdc.coordination;

import java.time.Duration;

/**
 * The times of an election.
 *
 * @param term how long a leader leads without an extension
 * @param renewInterval between extensions
 * @param campaignInterval between campaigns of a follower, on average
 * @param margin how much earlier than the service a leader takes its term for ended; covers clocks of different rates
 */
public record ElectionTimes(Duration term, Duration renewInterval, Duration campaignInterval, Duration margin) {
    /** Clock rates may differ by a fiftieth of the term at each end. */
    private static final int LEAST_MARGIN = 20;

    public static final ElectionTimes DEFAULT = new ElectionTimes(
            Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));

    public ElectionTimes {
        if (renewInterval.isNegative()
                || renewInterval.isZero()
                || campaignInterval.isNegative()
                || campaignInterval.isZero()
                || renewInterval.plus(margin).compareTo(term) >= 0
                || margin.multipliedBy(LEAST_MARGIN).compareTo(term) < 0) {
            throw new IllegalArgumentException("election: expected positive intervals, margin of at least a twentieth"
                    + " of the term, renewInterval + margin below the term; found term " + term + ", renewInterval "
                    + renewInterval + ", campaignInterval " + campaignInterval + ", margin " + margin);
        }
    }
}
