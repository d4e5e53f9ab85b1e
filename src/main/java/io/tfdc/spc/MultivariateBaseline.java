package io.tfdc.spc;

/**
 * Baseline runs of several indicators, standardised: every variable in units of its own standard deviation.
 *
 * @param means mean per variable
 * @param deviations standard deviation per variable, all more than 0
 * @param standardized one row per run
 */
@SuppressWarnings("ArrayRecordComponent")
record MultivariateBaseline(double[] means, double[] deviations, double[][] standardized) {

    /**
     * @param runs one row per run, all finite
     * @throws SingularCovarianceException when there are not more runs than variables or a variable has no spread
     */
    static MultivariateBaseline of(double[][] runs) {
        int m = runs.length;
        int p = m == 0 ? 0 : runs[0].length;
        if (p == 0 || m <= p) {
            throw new SingularCovarianceException(
                    m + " runs of " + p + " variables: expected more runs than variables, at least one variable");
        }
        double[] means = new double[p];
        double[] deviations = new double[p];
        double[][] standardized = new double[m][p];
        for (int j = 0; j < p; j++) {
            Moments moments = Moments.of(column(runs, j));
            if (!(moments.std() > 0)) {
                throw new SingularCovarianceException("variable " + j + " has no spread in the baseline");
            }
            means[j] = moments.mean();
            deviations[j] = moments.std();
            for (int i = 0; i < m; i++) {
                standardized[i][j] = (runs[i][j] - means[j]) / deviations[j];
            }
        }
        return new MultivariateBaseline(means, deviations, standardized);
    }

    int runs() {
        return standardized.length;
    }

    int variables() {
        return means.length;
    }

    double[] standardize(double[] run) {
        if (run.length != means.length) {
            throw new IllegalArgumentException(run.length + " values for " + means.length + " variables");
        }
        double[] z = new double[run.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = (run[j] - means[j]) / deviations[j];
        }
        return z;
    }

    double[][] correlation() {
        int p = variables();
        double[][] r = new double[p][p];
        for (int a = 0; a < p; a++) {
            r[a][a] = 1;
            for (int b = 0; b < a; b++) {
                double sum = 0;
                for (double[] z : standardized) {
                    sum += z[a] * z[b];
                }
                r[a][b] = sum / (runs() - 1);
                r[b][a] = r[a][b];
            }
        }
        return r;
    }

    private static double[] column(double[][] runs, int j) {
        double[] column = new double[runs.length];
        for (int i = 0; i < column.length; i++) {
            if (runs[i].length <= j || runs[i].length != runs[0].length || !Double.isFinite(runs[i][j])) {
                throw new IllegalArgumentException(
                        "run " + i + ", variable " + j + ": expected " + runs[0].length + " finite values per run");
            }
            column[i] = runs[i][j];
        }
        return column;
    }
}
