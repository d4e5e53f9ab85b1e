package io.tfdc.spc;

/**
 * How a chart's statistical limits are learned from its history.
 *
 * @param method estimator of centre and sigma; not {@link LimitMethod#FIXED}
 * @param kLower multiple of sigma below the centre; NaN for no lower limit
 * @param kUpper multiple of sigma above the centre; NaN for no upper limit
 * @param minHalfWidth least distance of a limit from the centre
 * @param cap engineering limits that the statistical ones must not exceed; they win over the least distance
 * @param minRuns runs from which on provisional limits judge
 * @param baselineRuns runs after which the limits freeze, at least {@code minRuns}
 * @param excludeOutside whether baseline points outside the limits are taken out (repeated until none is left); narrows sigma a
 *     little, see {@link Baseline}
 */
public record LimitPolicy(
        LimitMethod method,
        double kLower,
        double kUpper,
        MinHalfWidth minHalfWidth,
        SpecLimits cap,
        int minRuns,
        int baselineRuns,
        boolean excludeOutside) {
    /** Longest baseline: the length of history that is kept. */
    public static final int MAX_BASELINE = 10_000;

    public LimitPolicy {
        if (method == LimitMethod.FIXED) {
            throw new IllegalArgumentException("method fixed is not learned from history");
        }
        if (kLower <= 0 || kUpper <= 0 || kLower > 100 || kUpper > 100) {
            throw new IllegalArgumentException("k " + kLower + ", " + kUpper + ": expected more than 0, at most 100");
        }
        if (minRuns < 2 || baselineRuns < minRuns || baselineRuns > MAX_BASELINE) {
            throw new IllegalArgumentException("learning from " + minRuns + " to " + baselineRuns
                    + " runs: expected 2 <= minRuns <= baselineRuns <= " + MAX_BASELINE);
        }
    }

    /** Two-sided limits at k sigma, provisional from 30 runs, frozen at 50. */
    public static LimitPolicy of(LimitMethod method, double k) {
        return new LimitPolicy(method, k, k, MinHalfWidth.NONE, SpecLimits.NONE, 30, 50, false);
    }

    public LimitPolicy withLearning(int newMinRuns, int newBaselineRuns) {
        return new LimitPolicy(method, kLower, kUpper, minHalfWidth, cap, newMinRuns, newBaselineRuns, excludeOutside);
    }

    public LimitPolicy withMinHalfWidth(MinHalfWidth width) {
        return new LimitPolicy(method, kLower, kUpper, width, cap, minRuns, baselineRuns, excludeOutside);
    }

    public LimitPolicy withCap(SpecLimits spec) {
        return new LimitPolicy(method, kLower, kUpper, minHalfWidth, spec, minRuns, baselineRuns, excludeOutside);
    }

    public LimitPolicy withExclusion(boolean exclude) {
        return new LimitPolicy(method, kLower, kUpper, minHalfWidth, cap, minRuns, baselineRuns, exclude);
    }
}
