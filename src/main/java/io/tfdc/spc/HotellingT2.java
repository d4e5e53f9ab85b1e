package io.tfdc.spc;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * Distance of a run from the centre of a baseline in several indicators at once, as their covariance weighs it. With hardly more runs
 * than variables the limits are so wide that nothing is found: have several times as many.
 */
public final class HotellingT2 {
    private static final double LEAST_PIVOT = 1e-12;

    private final MultivariateBaseline baseline;
    private final DecompositionSolver correlation;

    private HotellingT2(MultivariateBaseline baseline, DecompositionSolver correlation) {
        this.baseline = baseline;
        this.correlation = correlation;
    }

    /**
     * Learns centre and covariance.
     *
     * @param runs one row per run, all finite
     * @throws SingularCovarianceException when the covariance cannot be inverted
     */
    public static HotellingT2 of(double[][] runs) {
        MultivariateBaseline baseline = MultivariateBaseline.of(runs);
        try {
            CholeskyDecomposition decomposition = new CholeskyDecomposition(
                    new Array2DRowRealMatrix(baseline.correlation(), false), 1e-12, LEAST_PIVOT);
            return new HotellingT2(baseline, decomposition.getSolver());
        } catch (MathRuntimeException e) {
            throw new SingularCovarianceException("variables depend on each other linearly: " + e.getMessage());
        }
    }

    /** T2 of a run; NaN when one of its values is not finite. */
    public double statistic(double[] run) {
        double[] z = baseline.standardize(run);
        for (double value : z) {
            if (!Double.isFinite(value)) {
                return Double.NaN;
            }
        }
        ArrayRealVector vector = new ArrayRealVector(z, false);
        return vector.dotProduct(correlation.solve(vector));
    }

    public double mean(int variable) {
        return baseline.means()[variable];
    }

    /** Covariance of two variables in the baseline. */
    public double covariance(int a, int b) {
        return baseline.correlation()[a][b] * baseline.deviations()[a] * baseline.deviations()[b];
    }

    /** Upper limit for the baseline's own runs (beta distribution). */
    public double phase1Limit(double alpha) {
        double m = baseline.runs();
        double p = baseline.variables();
        if (m - p - 1 <= 0) {
            return Double.NaN;
        }
        double beta = BetaDistribution.of(p / 2, (m - p - 1) / 2).inverseSurvivalProbability(alpha);
        return (m - 1) * (m - 1) / m * beta;
    }

    /** Upper limit for new runs (F distribution). */
    public double phase2Limit(double alpha) {
        return phase2Limit(baseline.variables(), baseline.runs(), alpha);
    }

    static double phase2Limit(double p, double m, double alpha) {
        double f = FDistribution.of(p, m - p).inverseSurvivalProbability(alpha);
        return p * (m + 1) * (m - 1) / (m * (m - p)) * f;
    }
}
