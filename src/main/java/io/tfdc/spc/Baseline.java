package io.tfdc.spc;

import java.util.Arrays;

/**
 * Learns limits from the runs of one epoch.
 *
 * <p>Test first, then add: pass only runs before the one to judge. Frozen limits are the default because limits that roll with the
 * history are blind to drift. Missing and excluded runs are NaN.
 */
public final class Baseline {
    private Baseline() {}

    /**
     * Limits after the given runs: learning below {@link LimitPolicy#minRuns} finite values, provisional below
     * {@link LimitPolicy#baselineRuns}, then frozen from the first {@code baselineRuns} of them. The caller keeps frozen limits and
     * does not ask again in the same epoch.
     *
     * @param epochRuns values of the epoch, oldest first
     * @param to number of values to use
     */
    public static ControlLimits learn(LimitPolicy policy, double[] epochRuns, int to) {
        double[] values = firstFinite(epochRuns, to, policy.baselineRuns());
        if (values.length < policy.minRuns()) {
            return ControlLimits.learning(policy.method(), values.length);
        }
        LimitStatus status = values.length < policy.baselineRuns() ? LimitStatus.PROVISIONAL : LimitStatus.FROZEN;
        ControlLimits limits = compute(policy, values);
        if (policy.excludeOutside()) {
            limits = withoutOutside(policy, values, limits);
        }
        return limits.isJudging() ? limits.withStatus(status) : limits;
    }

    /** As {@link #learn(LimitPolicy, double[], int)} over all values. */
    public static ControlLimits learn(LimitPolicy policy, double[] epochRuns) {
        return learn(policy, epochRuns, epochRuns.length);
    }

    /** Limits from the finite values, whatever their number; frozen, or undefined when they have no spread and no least width. */
    public static ControlLimits compute(LimitPolicy policy, double[] runs) {
        double[] values = firstFinite(runs, runs.length, Integer.MAX_VALUE);
        CenterSigma estimate = CenterSigma.of(policy.method(), values);
        return around(policy, estimate.center(), estimate.sigma(), values.length);
    }

    /** Limits of a policy around a given centre and sigma. */
    public static ControlLimits around(LimitPolicy policy, double center, double sigma, int n) {
        double least = policy.minHalfWidth().around(center);
        if (Double.isNaN(center) || (!(sigma > 0) && !(least > 0))) {
            return new ControlLimits(policy.method(), LimitStatus.UNDEFINED, center, sigma, Double.NaN, Double.NaN, n);
        }
        double spread = sigma > 0 ? sigma : 0;
        double lcl = capped(center - Math.max(policy.kLower() * spread, least), policy.kLower(), policy.cap(), false);
        double ucl = capped(center + Math.max(policy.kUpper() * spread, least), policy.kUpper(), policy.cap(), true);
        return new ControlLimits(
                policy.method(), LimitStatus.FROZEN, center, sigma, Math.min(lcl, orElse(ucl, lcl)), ucl, n);
    }

    private static double capped(double limit, double k, SpecLimits cap, boolean upper) {
        if (Double.isNaN(k)) {
            return Double.NaN;
        }
        double spec = upper ? cap.usl() : cap.lsl();
        if (Double.isNaN(spec)) {
            return limit;
        }
        return upper ? Math.min(limit, spec) : Math.max(limit, spec);
    }

    private static double orElse(double value, double other) {
        return Double.isNaN(value) ? other : value;
    }

    private static ControlLimits withoutOutside(LimitPolicy policy, double[] values, ControlLimits first) {
        ControlLimits limits = first;
        double[] kept = values;
        while (limits.isJudging()) {
            ControlLimits current = limits;
            double[] inside = Arrays.stream(kept)
                    .filter(value -> !current.judge(value).isOutside())
                    .toArray();
            if (inside.length == kept.length || inside.length < Math.max(2, policy.minRuns() / 2)) {
                break;
            }
            ControlLimits narrower = compute(policy, inside);
            if (!narrower.isJudging()) {
                break;
            }
            kept = inside;
            limits = narrower;
        }
        return limits;
    }

    static double[] firstFinite(double[] runs, int to, int most) {
        double[] values = new double[Math.min(to, runs.length)];
        int n = 0;
        for (int i = 0; i < values.length && n < most; i++) {
            if (Double.isFinite(runs[i])) {
                values[n++] = runs[i];
            }
        }
        return Arrays.copyOf(values, n);
    }
}
