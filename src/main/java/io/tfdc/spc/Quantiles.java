package io.tfdc.spc;

import java.util.Arrays;

/** Quantiles after Hyndman and Fan; the product uses type 7 (R, NumPy and Excel's inclusive one) unless a name says otherwise. */
public final class Quantiles {
    /** 1 / quantile of the normal distribution at 3/4: makes a median absolute deviation comparable with a sigma. */
    public static final double MAD_TO_SIGMA = 1.4826022185056018;

    /** The types that other tools use by default. */
    public enum Type {
        /** h = (n+1)p: Minitab, SPSS. */
        TYPE_6,
        /** h = (n-1)p + 1. */
        TYPE_7,
        /** h = (n+1/3)p + 1/3: approximately median-unbiased. */
        TYPE_8
    }

    private Quantiles() {}

    /** Type-7 quantile of the finite values; NaN when there is none. */
    public static double of(double[] values, double p) {
        return of(values, p, Type.TYPE_7);
    }

    /**
     * Quantile of the finite values; NaN when there is none. The array stays as it is.
     *
     * @param p from 0 to 1
     */
    public static double of(double[] values, double p, Type type) {
        return ofSorted(finiteSorted(values), p, type);
    }

    public static double median(double[] values) {
        return of(values, 0.5);
    }

    /** Median absolute deviation from the median, not scaled; NaN without finite values. */
    public static double mad(double[] values) {
        double[] sorted = finiteSorted(values);
        double median = ofSorted(sorted, 0.5, Type.TYPE_7);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(sorted);
        return ofSorted(sorted, 0.5, Type.TYPE_7);
    }

    static double ofSorted(double[] sorted, double p, Type type) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("quantile at " + p + ": expected 0 to 1");
        }
        int n = sorted.length;
        if (n == 0) {
            return Double.NaN;
        }
        double h = switch (type) {
            case TYPE_6 -> (n + 1) * p;
            case TYPE_7 -> (n - 1) * p + 1;
            case TYPE_8 -> (n + 1.0 / 3) * p + 1.0 / 3;
        };
        int below = (int) Math.floor(h);
        if (below < 1) {
            return sorted[0];
        }
        if (below >= n) {
            return sorted[n - 1];
        }
        return sorted[below - 1] + (h - below) * (sorted[below] - sorted[below - 1]);
    }

    private static double[] finiteSorted(double[] values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
