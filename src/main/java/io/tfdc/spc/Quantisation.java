package io.tfdc.spc;

import java.util.Arrays;

/** Finds out how finely a signal is resolved, so that limits are not drawn closer than that ({@link MinHalfWidth}). */
public final class Quantisation {
    private static final int MAX_LEVELS = 100_000;
    private static final double LEAST_RELATIVE_STEP = 1e-9;

    private Quantisation() {}

    /**
     * Step size of a quantised signal: the smallest distance between two of its values, if all distances are multiples of it; 0 when
     * they are not (a continuous signal) or there are fewer than two different values.
     *
     * @param values samples; those that are not finite are skipped
     */
    public static double stepOf(double[] values) {
        double[] levels = Arrays.stream(values)
                .filter(Double::isFinite)
                .sorted()
                .distinct()
                .toArray();
        if (levels.length < 2 || levels.length > MAX_LEVELS) {
            return 0;
        }
        double greatest = Math.max(Math.abs(levels[0]), Math.abs(levels[levels.length - 1]));
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < levels.length; i++) {
            step = Math.min(step, levels[i] - levels[i - 1]);
        }
        if (!(step > LEAST_RELATIVE_STEP * greatest)) {
            return 0;
        }
        for (int i = 1; i < levels.length; i++) {
            double multiple = (levels[i] - levels[i - 1]) / step;
            if (Math.abs(multiple - Math.rint(multiple)) > 0.01) {
                return 0;
            }
        }
        return step;
    }
}
