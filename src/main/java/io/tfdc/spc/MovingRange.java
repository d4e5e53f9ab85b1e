package io.tfdc.spc;

import java.util.Arrays;

/**
 * Moving ranges of two: distances of successive points.
 *
 * @param ranges one per pair, in order
 */
@SuppressWarnings("ArrayRecordComponent")
public record MovingRange(double[] ranges) {
    /** Pairs every finite value with the finite one before it, also over gaps. */
    public static MovingRange of(double[] values) {
        return of(values, true);
    }

    /** Pairs only values without a gap between them, as Minitab and JMP do. */
    public static MovingRange ofAdjacent(double[] values) {
        return of(values, false);
    }

    /** NaN without a pair. */
    public double mean() {
        return Moments.of(ranges).mean();
    }

    /** NaN without a pair. */
    public double median() {
        return Quantiles.median(ranges);
    }

    private static MovingRange of(double[] values, boolean overGaps) {
        double[] ranges = new double[Math.max(0, values.length - 1)];
        int n = 0;
        double before = Double.NaN;
        for (double value : values) {
            if (Double.isFinite(value)) {
                if (Double.isFinite(before)) {
                    ranges[n++] = Math.abs(value - before);
                }
                before = value;
            } else if (!overGaps) {
                before = Double.NaN;
            }
        }
        return new MovingRange(Arrays.copyOf(ranges, n));
    }
}
