package io.tfdc.spc;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * Principal components of a baseline's correlation: T2 of the leading scores for unusual amounts of usual variation, SPE (Q) of the
 * residual for variation that the baseline has not seen.
 */
public final class PcaMonitor {
    private final MultivariateBaseline baseline;
    private final int components;
    private final double[] eigenvalues;
    private final double[][] loadings;

    private PcaMonitor(MultivariateBaseline baseline, int components, double[] eigenvalues, double[][] loadings) {
        this.baseline = baseline;
        this.components = components;
        this.eigenvalues = eigenvalues;
        this.loadings = loadings;
    }

    /**
     * Learns the principal components.
     *
     * @param runs one row per run, all finite
     * @param components number of components kept, 1 to the number of variables
     * @throws SingularCovarianceException when a variable has no spread or a kept component has none
     */
    public static PcaMonitor of(double[][] runs, int components) {
        MultivariateBaseline baseline = MultivariateBaseline.of(runs);
        if (components < 1 || components > baseline.variables()) {
            throw new IllegalArgumentException(components + " components: expected 1 to " + baseline.variables());
        }
        EigenDecompositionSymmetric eigen =
                new EigenDecompositionSymmetric(new Array2DRowRealMatrix(baseline.correlation(), false));
        double[] values = eigen.getEigenvalues();
        double[][] vectors = new double[values.length][];
        for (int a = 0; a < values.length; a++) {
            vectors[a] = eigen.getEigenvector(a).toArray();
        }
        if (!(values[components - 1] > 1e-12)) {
            throw new SingularCovarianceException("component " + components + " has no spread in the baseline");
        }
        return new PcaMonitor(baseline, components, values, vectors);
    }

    /** Eigenvalues of the correlation matrix, descending. */
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /** T2 of the kept scores; NaN when a value is not finite. */
    public double scoreT2(double[] run) {
        double[] z = baseline.standardize(run);
        double t2 = 0;
        for (int a = 0; a < components; a++) {
            double score = dot(loadings[a], z);
            t2 += score * score / eigenvalues[a];
        }
        return Double.isFinite(t2) ? t2 : Double.NaN;
    }

    /** Squared distance of the run from the plane of the kept components; NaN when a value is not finite. */
    public double spe(double[] run) {
        double[] z = baseline.standardize(run);
        double q = 0;
        for (int a = components; a < eigenvalues.length; a++) {
            double score = dot(loadings[a], z);
            q += score * score;
        }
        return Double.isFinite(Arrays.stream(z).sum()) ? q : Double.NaN;
    }

    /** Upper limit of the score T2 for new runs. */
    public double scoreT2Limit(double alpha) {
        return HotellingT2.phase2Limit(components, baseline.runs(), alpha);
    }

    /** Upper limit of SPE after Jackson and Mudholkar (1979); NaN when no variance is left outside the kept components. */
    public double speLimit(double alpha) {
        double theta1 = 0;
        double theta2 = 0;
        double theta3 = 0;
        for (int a = components; a < eigenvalues.length; a++) {
            double value = Math.max(0, eigenvalues[a]);
            theta1 += value;
            theta2 += value * value;
            theta3 += value * value * value;
        }
        if (!(theta1 > 1e-12)) {
            return Double.NaN;
        }
        double h0 = 1 - 2 * theta1 * theta3 / (3 * theta2 * theta2);
        double c = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha);
        double base = c * Math.sqrt(2 * theta2 * h0 * h0) / theta1 + 1 + theta2 * h0 * (h0 - 1) / (theta1 * theta1);
        return theta1 * Math.pow(base, 1 / h0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
