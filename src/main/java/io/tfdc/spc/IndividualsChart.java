package io.tfdc.spc;

/**
 * Chart of single values with a chart of their moving ranges.
 *
 * @param sigma mean moving range / d2(2); NaN below two values
 * @param individuals centre and limits at k sigma
 * @param movingRange centre and limits of the moving range; the lower one is 0
 */
public record IndividualsChart(double sigma, ChartLines individuals, ChartLines movingRange) {
    /**
     * From a baseline; values that are not finite are skipped and moving ranges go over the gap.
     *
     * @param k multiple of sigma for the limits of the values, 3 by custom; those of the range are always at 3 sigma
     */
    public static IndividualsChart of(double[] baseline, double k, ChartTables tables) {
        double center = Moments.of(baseline).mean();
        double meanRange = MovingRange.of(baseline).mean();
        double sigma = meanRange / tables.of(CenterSigma.D2);
        double upperFactor = tables.of(ChartConstants.of(2).d4Upper());
        return new IndividualsChart(
                sigma,
                new ChartLines(center - k * sigma, center, center + k * sigma),
                new ChartLines(0, meanRange, upperFactor * meanRange));
    }
}
