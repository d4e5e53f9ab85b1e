package io.tfdc.spc;

import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Constants of charts of subgroups of n normal values, computed from their definitions.
 *
 * @param n subgroup size
 * @param d2 mean of the range over sigma
 * @param d3 standard deviation of the range over sigma
 * @param c4 mean of the standard deviation over sigma
 */
public record ChartConstants(int n, double d2, double d3, double c4) {
    /** Largest subgroup for which constants are computed. */
    public static final int MAX_SUBGROUP = 100;

    private static final double REACH = 9;
    private static final double STEP = 0.1;

    /** Computes the constants; about a millisecond, so keep the result. */
    public static ChartConstants of(int n) {
        if (n < 2 || n > MAX_SUBGROUP) {
            throw new IllegalArgumentException("subgroup of " + n + ": expected 2 to " + MAX_SUBGROUP);
        }
        if (n == 2) {
            return new ChartConstants(2, CenterSigma.D2, Math.sqrt(2 - 4 / Math.PI), c4(2));
        }
        double d2 = meanRange(n);
        return new ChartConstants(n, d2, Math.sqrt(meanSquaredRange(n) - d2 * d2), c4(n));
    }

    /** Mean of the sample standard deviation of n normal values over sigma. */
    public static double c4(int n) {
        if (n < 2 || n > 1_000_000) {
            throw new IllegalArgumentException("c4 of " + n + ": expected 2 to 1000000");
        }
        double gammaRatio = 1 / Math.sqrt(Math.PI);
        for (int i = 2; i < n; i++) {
            gammaRatio = (i - 1) / 2.0 / gammaRatio;
        }
        return Math.sqrt(2.0 / (n - 1)) * gammaRatio;
    }

    /** Three sigma of a mean: limits of X-bar with known sigma. */
    public double a() {
        return 3 / Math.sqrt(n);
    }

    public double a2() {
        return 3 / (d2 * Math.sqrt(n));
    }

    public double a3() {
        return 3 / (c4 * Math.sqrt(n));
    }

    public double b3() {
        return Math.max(0, 1 - 3 * Math.sqrt(1 - c4 * c4) / c4);
    }

    public double b4() {
        return 1 + 3 * Math.sqrt(1 - c4 * c4) / c4;
    }

    public double d3Lower() {
        return Math.max(0, 1 - 3 * d3 / d2);
    }

    public double d4Upper() {
        return 1 + 3 * d3 / d2;
    }

    /** Integral of 1 - F^n - (1-F)^n; the trapezoid rule converges exponentially on such integrands. */
    private static double meanRange(int n) {
        ContinuousDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (double x = -REACH; x <= REACH; x += STEP) {
            double f = normal.cumulativeProbability(x);
            sum += 1 - Math.pow(f, n) - Math.pow(normal.survivalProbability(x), n);
        }
        return sum * STEP;
    }

    /** Integral of 2w P(range > w). */
    private static double meanSquaredRange(int n) {
        GaussIntegrator gauss = new GaussIntegratorFactory().legendre(80, 0, 2 * REACH);
        return gauss.integrate(w -> 2 * w * (1 - rangeBelow(n, w)));
    }

    private static double rangeBelow(int n, double w) {
        ContinuousDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (double x = -REACH - w; x <= REACH; x += STEP) {
            sum += normal.density(x) * Math.pow(normal.probability(x, x + w), n - 1);
        }
        return n * sum * STEP;
    }
}
