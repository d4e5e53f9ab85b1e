package io.tfdc.spc;

/**
 * Estimate of a chart's centre and of the spread of one run.
 *
 * @param center NaN without values
 * @param sigma NaN below two values
 */
public record CenterSigma(double center, double sigma) {
    /** d2(2) = 2/sqrt(pi): mean moving range of two over sigma. */
    public static final double D2 = 2 / Math.sqrt(Math.PI);

    /** d2(2) as NIST, Minitab and qcc round it; limits differ by 3.4e-4 from those with the exact one. */
    public static final double D2_ROUNDED = 1.128;

    /** Median moving range of two over sigma: sqrt(2) times the normal quantile at 3/4. */
    public static final double MEDIAN_MR_TO_SIGMA = 0.95387255240894;

    /** Estimates from a series; values that are not finite are skipped, their neighbours pair up in the moving range. */
    public static CenterSigma of(LimitMethod method, double[] values) {
        return switch (method) {
            case FIXED -> throw new IllegalArgumentException("method fixed is not estimated");
            case MEAN_MR ->
                new CenterSigma(
                        Moments.of(values).mean(), MovingRange.of(values).mean() / D2);
            case SD -> {
                Moments m = Moments.of(values);
                yield new CenterSigma(m.mean(), m.std());
            }
            case SD_C4 -> {
                Moments m = Moments.of(values);
                yield new CenterSigma(
                        m.mean(), m.count() < 2 ? Double.NaN : m.std() / ChartConstants.c4((int) m.count()));
            }
            case MEDIAN_MR ->
                new CenterSigma(Quantiles.median(values), MovingRange.of(values).median() / MEDIAN_MR_TO_SIGMA);
            case MAD -> {
                double sigma =
                        Moments.of(values).count() < 2 ? Double.NaN : Quantiles.mad(values) * Quantiles.MAD_TO_SIGMA;
                yield new CenterSigma(Quantiles.median(values), sigma);
            }
        };
    }
}
