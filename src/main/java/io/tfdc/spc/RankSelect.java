package io.tfdc.spc;

import java.util.Arrays;

/**
 * Order statistics of one window. The values are counted into equal intervals between their extremes; only the interval that holds a
 * rank is collected and searched, so a quantile costs two passes without hard-to-predict branches, and further ones share the first.
 */
final class RankSelect {
    private static final int MOST_INTERVALS = 256;

    private final int[] counts = new int[MOST_INTERVALS + 1];
    private double[] collected = new double[0];
    private int collectedInterval = -1;
    private int collectedSize;

    private double[] values = collected;
    private int from;
    private int to;
    private double min;
    private double max;
    private double scale;
    private int intervals;

    /** Takes finite values with known extremes. */
    void load(double[] x, int first, int end, double least, double greatest) {
        values = x;
        from = first;
        to = end;
        min = least;
        max = greatest;
        collectedInterval = -1;
        intervals = Math.max(1, Math.min(MOST_INTERVALS, (end - first) / 4));
        scale = intervals / (greatest - least);
        if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
            scale = 0;
            intervals = 1;
        }
        if (min < max) {
            count();
        }
    }

    /** Quantile of type 7. */
    double quantile(double p) {
        double h = (to - from - 1) * p;
        int k = (int) Math.floor(h);
        double low = select(k);
        return h == k ? low : low + (h - k) * (select(k + 1) - low);
    }

    /** The k-th smallest value, from 0. */
    double select(int k) {
        if (min == max) {
            return min;
        }
        int before = 0;
        int interval = 0;
        while (before + counts[interval] <= k) {
            before += counts[interval++];
        }
        if (interval != collectedInterval) {
            collect(interval);
        }
        return OrderSelect.select(collected, collectedSize, k - before);
    }

    private void count() {
        Arrays.fill(counts, 0, intervals + 1, 0);
        for (int i = from; i < to; i++) {
            counts[interval(values[i])]++;
        }
    }

    private void collect(int interval) {
        if (collected.length < counts[interval]) {
            collected = new double[Math.max(counts[interval], 2 * collected.length)];
        }
        int size = 0;
        for (int i = from; i < to; i++) {
            if (interval(values[i]) == interval) {
                collected[size++] = values[i];
            }
        }
        collectedInterval = interval;
        collectedSize = size;
    }

    /** Does not decrease with the value; the greatest value has an interval of its own. */
    private int interval(double value) {
        return scale == 0 ? 0 : (int) ((value - min) * scale);
    }
}
