package io.tfdc.spc;

/**
 * Limits of one chart, ready to judge values.
 *
 * @param method where they come from
 * @param status whether they can judge
 * @param center centre line; NaN when there is none (fixed one-sided limits)
 * @param sigma spread of one run, also for run rules; NaN when undefined
 * @param lcl lower limit; NaN when this side has none
 * @param ucl upper limit; NaN when this side has none
 * @param n number of runs they were computed from, 0 for fixed ones
 */
public record ControlLimits(
        LimitMethod method, LimitStatus status, double center, double sigma, double lcl, double ucl, int n) {

    public ControlLimits {
        if (lcl > ucl) {
            throw new IllegalArgumentException("limits " + lcl + " to " + ucl + ": expected lower <= upper");
        }
        if (sigma < 0 || Double.isInfinite(sigma) || Double.isInfinite(center) || n < 0) {
            throw new IllegalArgumentException("center " + center + ", sigma " + sigma + ", n " + n);
        }
    }

    /** Limits set by an engineer; NaN for a side without limit. */
    public static ControlLimits fixed(double lcl, double ucl) {
        double center = (lcl + ucl) / 2;
        return new ControlLimits(LimitMethod.FIXED, LimitStatus.FROZEN, center, Double.NaN, lcl, ucl, 0);
    }

    /** Centre and sigma set by an engineer, limits at k sigma. */
    public static ControlLimits fixed(double center, double sigma, double k) {
        if (!(sigma > 0)) {
            throw new IllegalArgumentException("sigma " + sigma + ": expected more than 0");
        }
        return new ControlLimits(
                LimitMethod.FIXED, LimitStatus.FROZEN, center, sigma, center - k * sigma, center + k * sigma, 0);
    }

    /** Limits of a chart that has seen {@code n} runs and cannot judge yet. */
    public static ControlLimits learning(LimitMethod method, int n) {
        return new ControlLimits(method, LimitStatus.LEARNING, Double.NaN, Double.NaN, Double.NaN, Double.NaN, n);
    }

    /** Judges strictly: a value exactly on a limit is within. */
    public Verdict judge(double value) {
        if (!isJudging() || !(Math.abs(value) <= Double.MAX_VALUE)) {
            return Verdict.UNKNOWN;
        }
        if (value > ucl) {
            return Verdict.ABOVE;
        }
        return value < lcl ? Verdict.BELOW : Verdict.WITHIN;
    }

    /** Judges against {@code k} sigma around the centre instead of the limits. */
    public Verdict judge(double value, double k) {
        double y = standardize(value);
        if (!isJudging() || Double.isNaN(y)) {
            return Verdict.UNKNOWN;
        }
        if (y > k) {
            return Verdict.ABOVE;
        }
        return y < -k ? Verdict.BELOW : Verdict.WITHIN;
    }

    /** (value - center) / sigma; NaN where that is undefined or sigma is 0. */
    public double standardize(double value) {
        return sigma > 0 ? (value - center) / sigma : Double.NaN;
    }

    public boolean isJudging() {
        return status == LimitStatus.FROZEN || status == LimitStatus.PROVISIONAL;
    }

    /** Half-widths times a factor (a window of caution after maintenance); sigma stays. Unchanged without a centre. */
    public ControlLimits widened(double factor) {
        if (Double.isNaN(center)) {
            return this;
        }
        return new ControlLimits(
                method, status, center, sigma, center + factor * (lcl - center), center + factor * (ucl - center), n);
    }

    /** The same limits in another state. */
    public ControlLimits withStatus(LimitStatus newStatus) {
        return new ControlLimits(method, newStatus, center, sigma, lcl, ucl, n);
    }
}
