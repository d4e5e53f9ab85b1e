package io.tfdc.clustersim;

import java.util.Arrays;

/** Durations, of which the usual figures are asked. */
public final class Figures {
    private long[] nanos = new long[16];
    private int size;

    void add(long duration) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = duration;
    }

    void addAll(Figures other) {
        for (int i = 0; i < other.size; i++) {
            add(other.nanos[i]);
        }
    }

    public int count() {
        return size;
    }

    /** Milliseconds that the share of the durations, 0 to 1, does not exceed; 0 without durations. */
    public long millisAt(double share) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * size) - 1;
        return sorted[Math.max(0, rank)] / VirtualTime.MILLI;
    }
}
