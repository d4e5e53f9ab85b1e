package io.tfdc.mebo;

import java.lang.management.ManagementFactory;

/**
 * Opens and decodes whatever it is given, as a caller on the hot path would, and reports what must never happen:
 * another failure than a {@link MeboFormatException}, or more allocation than the limits and the size of the blob
 * justify.
 */
final class HostileReader {
    static final MeboLimits LIMITS = new MeboLimits(1 << 20, 1 << 16, 1 << 20);
    private static final long FIXED_ALLOWANCE = 6 << 20;
    private static final long ALLOWANCE_PER_BYTE = 64;

    private final com.sun.management.ThreadMXBean memory =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] times = new long[LIMITS.maxPointsPerMetric()];
    private final double[] values = new double[LIMITS.maxPointsPerMetric()];
    private final boolean measured;
    private long points;
    private long most;

    /**
     * @param measured whether to fail on too much allocation; to be left out where instrumentation allocates on the
     *     same thread
     */
    HostileReader(boolean measured) {
        this.measured = measured;
    }

    /** Whether the blob was read to its end. */
    boolean read(byte[] bytes) {
        long before = memory.getCurrentThreadAllocatedBytes();
        boolean whole = true;
        try {
            decode(MeboBlob.open(bytes, LIMITS));
        } catch (MeboFormatException refused) {
            whole = false;
        }
        long allocated = memory.getCurrentThreadAllocatedBytes() - before;
        most = Math.max(most, allocated);
        if (measured && allocated > FIXED_ALLOWANCE + ALLOWANCE_PER_BYTE * bytes.length) {
            throw new AssertionError(allocated + " bytes allocated for a blob of " + bytes.length);
        }
        return whole;
    }

    long points() {
        return points;
    }

    long mostAllocated() {
        return most;
    }

    private void decode(MeboBlob blob) {
        for (int i = 0; i < blob.metricCount(); i++) {
            if (blob.count(i) > LIMITS.maxPointsPerMetric()) {
                throw new AssertionError("more points than allowed");
            }
            if (blob instanceof NumericBlob numeric) {
                numeric.decodeTimestamps(i, times, 0);
                numeric.decodeValues(i, values, 0);
                numeric.forEachTag(i, (point, bytes, at, length) -> points += bytes.length >= at + length ? 0 : 1);
                numeric.forEach(i, (time, value) -> points++);
            } else {
                ((TextBlob) blob).forEach(i, (time, bytes, at, length, tagAt, tagLength) -> points++);
            }
            blob.find(blob.id(i));
        }
    }
}
