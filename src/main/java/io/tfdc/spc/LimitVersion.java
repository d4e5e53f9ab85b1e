package io.tfdc.spc;

/**
 * Limits as they were in force, so that an alarm can name them later.
 *
 * @param version counts up per chart from 1; 0 for provisional limits, which are not kept
 * @param epoch counts up per chart from 0 with every maintenance or recipe change
 * @param limits the limits
 * @param validFromMicros process time (UTC, microseconds) of the first run judged by them
 * @param author who set or approved them; {@code learning} for the automatic baseline
 * @param reason why, in words
 */
public record LimitVersion(
        long version, int epoch, ControlLimits limits, long validFromMicros, String author, String reason) {
    public LimitVersion {
        if (version < 0 || epoch < 0) {
            throw new IllegalArgumentException("version " + version + " of epoch " + epoch);
        }
        if (author.isBlank() || author.length() > 200 || reason.length() > 2000) {
            throw new IllegalArgumentException("author of 1 to 200 and reason of at most 2000 characters expected");
        }
    }

    /** The next version, in the same or a later epoch. */
    public LimitVersion next(int newEpoch, ControlLimits newLimits, long fromMicros, String by, String why) {
        if (newEpoch < epoch) {
            throw new IllegalArgumentException("epoch " + newEpoch + " after " + epoch);
        }
        return new LimitVersion(version + 1, newEpoch, newLimits, fromMicros, by, why);
    }
}
