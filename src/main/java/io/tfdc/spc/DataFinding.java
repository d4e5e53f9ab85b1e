package io.tfdc.spc;

/**
 * Something wrong with the data of a run that was repaired or left out; it belongs into the data-quality report, not into an alarm.
 *
 * @param kind what was found
 * @param index where: first affected position in the arrays as they came
 * @param count how many samples are affected, at least 1
 */
public record DataFinding(Kind kind, int index, int count) {
    /** Kinds of dirt. */
    public enum Kind {
        /** Samples at the end that belong to the next run: time jumps back for good. Cut off. */
        NEXT_RUN_SAMPLES,
        /** Samples older than one already seen. Left out. */
        LATE_SAMPLES,
        /** Samples that repeat earlier time stamps after a jump back: a part that came twice. Left out. */
        REPEATED_SAMPLES,
        /** A lone sample whose clock is ahead of everything after it. Left out. */
        CLOCK_SPIKE,
        /** Samples with the time stamp of their predecessor. Kept. */
        EQUAL_TIMES,
        /** An interval more than ten times the mean of the others; the index is the sample after it. Kept. */
        GAP,
        /** Step number missing or not a whole number: the last known step goes on. */
        STEP_UNKNOWN,
        /** Samples that are NaN or infinite: skipped by every statistic. */
        NOT_FINITE
    }

    public DataFinding {
        if (index < 0 || count < 1) {
            throw new IllegalArgumentException("finding at " + index + " of " + count + " samples");
        }
    }
}
