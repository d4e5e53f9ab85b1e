package io.tfdc.uchart;

import java.util.Arrays;

/** Arrays for the samples of one run after the other; they grow as needed and are let go after an unusually large run. */
final class SampleBuffers {
    private final long keptPoints;
    private double[][] values = new double[0][];
    private long[][] times = new long[0][];
    private long size;

    /** @param keptPoints elements kept from one run to the next at most */
    SampleBuffers(long keptPoints) {
        this.keptPoints = keptPoints;
    }

    void startRun() {
        if (size > keptPoints) {
            values = new double[0][];
            times = new long[0][];
            size = 0;
        }
    }

    /** The value array of a series with room for {@code count}. */
    double[] values(int series, int count) {
        if (series >= values.length) {
            values = Arrays.copyOf(values, Math.max(16, 2 * series));
        }
        double[] present = values[series];
        if (present == null || present.length < count) {
            size += count - (present == null ? 0 : present.length);
            present = new double[count];
            values[series] = present;
        }
        return present;
    }

    /** The time array of an axis with room for {@code count}; keeps what is in it where it is large enough. */
    long[] times(int axis, int count) {
        if (axis >= times.length) {
            times = Arrays.copyOf(times, Math.max(16, 2 * axis));
        }
        long[] present = times[axis];
        if (present == null || present.length < count) {
            size += count - (present == null ? 0 : present.length);
            present = new long[count];
            times[axis] = present;
        }
        return present;
    }

    double[][] values() {
        return values;
    }

    long[][] times() {
        return times;
    }
}
