package io.tfdc.strategy;

import io.tfdc.model.ChartLimits;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.LimitPolicy;
import io.tfdc.spc.LimitStatus;
import io.tfdc.spc.MinHalfWidth;
import io.tfdc.spc.SpecLimits;
import java.util.Arrays;

/**
 * The limits by which one run's charts are judged, in arrays by layout position. A missing side is NaN, as is everything of
 * charts that can't be judged.
 */
final class JudgedLimits {
    final LimitStatus[] status;
    final double[] center;
    final double[] sigma;
    final double[] lcl;
    final double[] ucl;
    /** Least distance of a limit from the centre. */
    final double[] least;
    /** Least distance too, but never more than {@value #MOST_GRAIN} times what k sigma ask for, and none where sigma is 0 and the
     * strategy gives no least distance: such charts stay unjudged. */
    final double[] grain;
    /** Version, 0 for fixed and provisional limits. */
    final int[] version;
    /** Runs behind the limits. */
    final int[] n;

    private static final double MOST_GRAIN = 2;

    private final SpecLimits[] spec;
    /** Factor on half widths in the first runs after maintenance. */
    final double widen;

    JudgedLimits(int size, SpecLimits[] spec, double widen) {
        this.status = new LimitStatus[size];
        Arrays.fill(status, LimitStatus.LEARNING);
        this.center = nan(size);
        this.sigma = nan(size);
        this.lcl = nan(size);
        this.ucl = nan(size);
        this.least = new double[size];
        this.grain = new double[size];
        this.version = new int[size];
        this.n = new int[size];
        this.spec = spec;
        this.widen = widen;
    }

    void set(int chart, ControlLimits limits, int limitVersion, double leastHalfWidth) {
        status[chart] = limits.status();
        n[chart] = limits.n();
        least[chart] = leastHalfWidth;
        if (limits.isJudging()) {
            center[chart] = limits.center();
            sigma[chart] = limits.sigma();
            boolean wider = widen != 1 && limits.n() > 0;
            lcl[chart] = wider ? limits.center() + widen * (limits.lcl() - limits.center()) : limits.lcl();
            ucl[chart] = wider ? limits.center() + widen * (limits.ucl() - limits.center()) : limits.ucl();
            version[chart] = limitVersion;
        }
    }

    /** The policy by which to draw limits around a centre that was learned, with a least distance of so many units. */
    static LimitPolicy coarse(LimitPolicy policy, double sigma, double grain) {
        double k = Math.max(orZero(policy.kLower()), orZero(policy.kUpper()));
        MinHalfWidth least = policy.minHalfWidth();
        double width =
                sigma > 0 ? Math.min(grain, MOST_GRAIN * k * sigma) : least.equals(MinHalfWidth.NONE) ? 0 : grain;
        return width > least.abs()
                ? policy.withMinHalfWidth(new MinHalfWidth(width, least.pctOfCenter(), least.steps(), least.stepSize()))
                : policy;
    }

    private static double orZero(double k) {
        return Double.isNaN(k) ? 0 : k;
    }

    boolean isJudging(int chart) {
        return status[chart] == LimitStatus.FROZEN || status[chart] == LimitStatus.PROVISIONAL;
    }

    boolean isProvisional(int chart) {
        return status[chart] == LimitStatus.PROVISIONAL;
    }

    SpecLimits spec(int chart) {
        return spec[chart];
    }

    /** Distance of k-sigma limits from the centre; NaN where sigma and a least width are missing. */
    double halfWidth(int chart, double k) {
        double spread = sigma[chart] > 0 ? k * widen * sigma[chart] : 0;
        double most = spread > 0 ? MOST_GRAIN * spread : least[chart] > 0 ? grain[chart] : 0;
        double width = Math.max(spread, Math.max(least[chart], Math.min(grain[chart], most)));
        return width > 0 ? width : Double.NaN;
    }

    /** For evidence: an absent side is infinite. */
    ChartLimits evidence(int chart) {
        return evidence(center[chart], sigma[chart], lcl[chart], ucl[chart], n[chart]);
    }

    static ChartLimits evidence(double center, double sigma, double lower, double upper, int n) {
        return new ChartLimits(
                center,
                sigma,
                Double.isNaN(lower) ? Double.NEGATIVE_INFINITY : lower,
                Double.isNaN(upper) ? Double.POSITIVE_INFINITY : upper,
                n);
    }

    /** {@code (centre 16,598, sigma 10.4, limits v1 from 50 runs)}. */
    String words(int chart) {
        StringBuilder text = new StringBuilder(" (");
        if (!Double.isNaN(center[chart])) {
            text.append("centre ").append(Wording.number(center[chart])).append(", ");
        }
        if (!Double.isNaN(sigma[chart])) {
            text.append("sigma ").append(Wording.number(sigma[chart])).append(", ");
        }
        if (status[chart] == LimitStatus.PROVISIONAL) {
            text.append("provisional limits from ").append(n[chart]).append(" runs");
        } else if (n[chart] == 0) {
            text.append("fixed limits");
        } else {
            text.append("limits v")
                    .append(version[chart])
                    .append(" from ")
                    .append(n[chart])
                    .append(" runs");
        }
        if (widen != 1 && n[chart] > 0) {
            text.append(", widened x").append(Wording.number(widen));
        }
        return text.append(')').toString();
    }

    private static double[] nan(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
