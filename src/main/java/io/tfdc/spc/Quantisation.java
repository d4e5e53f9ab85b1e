package io.tfdc.spc;

import java.util.Arrays;

/** Finds out how finely a signal is resolved, so that limits are not drawn closer than that ({@link MinHalfWidth}). */
public final class Quantisation {
    private static final int MAX_LEVELS = 100_000;
    private static final double LEAST_RELATIVE_STEP = 1e-9;

    private static final double FINEST_SCALE = 1000;
    private static final double FLOAT_ERROR = 2e-7;
    private static final double GREATEST_ERROR = 0.02;
    private static final double MOST_DIGITS = 1e12;

    private Quantisation() {}

    /**
     * Size of a signal's last digit: the greatest of 1, 0.1, 0.01 and 0.001 that all samples are multiples of (as closely as single
     * precision can say it); 0 for finer signals and for those that never change, which don't show how finely they are read. One pass
     * that ends early for signals without such a digit.
     *
     * @param values samples; those that are not finite are skipped
     * @param size number of values to look at
     */
    public static double digitOf(double[] values, int size) {
        double scale = 1;
        double first = Double.NaN;
        boolean changes = false;
        for (int i = 0; i < size; i++) {
            double value = values[i];
            if (Double.isFinite(value)) {
                while (scale <= FINEST_SCALE && !isWhole(value * scale)) {
                    scale *= 10;
                }
                if (scale > FINEST_SCALE) {
                    return 0;
                }
                changes |= value != first && !Double.isNaN(first);
                first = value;
            }
        }
        return changes ? 1 / scale : 0;
    }

    private static boolean isWhole(double scaled) {
        double size = Math.abs(scaled);
        return size < MOST_DIGITS
                && Math.abs(scaled - Math.rint(scaled)) <= Math.min(GREATEST_ERROR, FLOAT_ERROR * size);
    }

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
