package io.tfdc.strategy;

import io.tfdc.model.ChartLimits;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.LimitStatus;
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
    /** Version, 0 for fixed and provisional limits. */
    final int[] version;
    /** Runs behind the limits. */
    final int[] n;

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
        double width = Math.max(spread, least[chart]);
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
