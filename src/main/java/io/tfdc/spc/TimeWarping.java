package io.tfdc.spc;

import io.tfdc.spc.PairedSignals.Signal;
import java.util.Arrays;

/**
 * Dynamic time warping: the distance of a trace from a golden one when phases may be shorter or longer than there (Sakoe and Chiba, IEEE
 * Transactions on Acoustics, Speech, and Signal Processing 26 (1978) 43-49).
 */
public final class TimeWarping {
    private TimeWarping() {}

    /**
     * The least sum of |a - b| over all ways to walk through both signals from the first to the last sample, one or both a sample at a
     * time. Samples that are not finite are left out.
     *
     * @param band how many samples the two may be apart; widened to the difference in length where that is greater. Bounds the work to
     *     {@code n x (2 band + 1)} steps
     * @return at least 0, in the signal's unit; NaN if either signal has no finite sample
     */
    public static double distance(Signal a, Signal b, int band) {
        if (band < 0) {
            throw new IllegalArgumentException("time warping: expected a band of at least 0, found " + band);
        }
        double[] x = finite(a);
        double[] y = finite(b);
        if (x.length == 0 || y.length == 0) {
            return Double.NaN;
        }
        int reach = Math.max(band, Math.abs(x.length - y.length));
        double[] before = new double[y.length + 1];
        double[] costs = new double[y.length + 1];
        Arrays.fill(before, Double.POSITIVE_INFINITY);
        before[0] = 0;
        for (int i = 1; i <= x.length; i++) {
            Arrays.fill(costs, Double.POSITIVE_INFINITY);
            int last = (int) Math.min(y.length, (long) i + reach);
            for (int j = Math.max(1, i - reach); j <= last; j++) {
                double cheapest = Math.min(before[j - 1], Math.min(before[j], costs[j - 1]));
                costs[j] = Math.abs(x[i - 1] - y[j - 1]) + cheapest;
            }
            double[] spent = before;
            before = costs;
            costs = spent;
        }
        return before[y.length];
    }

    private static double[] finite(Signal signal) {
        return Arrays.stream(signal.values(), signal.from(), signal.to())
                .filter(Double::isFinite)
                .toArray();
    }
}
