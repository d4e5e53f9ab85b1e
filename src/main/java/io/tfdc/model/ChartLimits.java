package io.tfdc.model;

/**
 * Control limits of one chart. A missing side is infinite, an undefined number NaN.
 *
 * @param center centre line
 * @param sigma standard deviation behind the limits, NaN if undefined
 * @param lcl lower control limit, negative infinity if there is none
 * @param ucl upper control limit, positive infinity if there is none
 * @param n number of baseline points behind the limits, 0 for limits fixed by an engineer
 */
public record ChartLimits(double center, double sigma, double lcl, double ucl, int n) {
    public static final ChartLimits UNDEFINED =
            new ChartLimits(Double.NaN, Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    public ChartLimits {
        if (lcl > ucl) {
            throw new IllegalArgumentException("limits: LCL " + lcl + " is above UCL " + ucl);
        }
        if (n < 0) {
            throw new IllegalArgumentException("limits: n must not be negative, found " + n);
        }
    }
}
