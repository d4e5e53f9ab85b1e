package io.tfdc.mebo;

/** Writes timestamp columns. */
final class TimestampEncoder {
    private TimestampEncoder() {}

    static byte[] encode(TimestampEncoding encoding, long[] times, int from, int count, boolean big) {
        ByteSink out = new ByteSink();
        switch (encoding) {
            case RAW -> {
                for (int i = 0; i < count; i++) {
                    out.i64(times[from + i], big);
                }
            }
            case DELTA -> delta(times, from, count, out);
            case DELTA_PACKED -> deltaPacked(times, from, count, out);
        }
        return out.toArray();
    }

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static void delta(long[] times, int from, int count, ByteSink out) {
        long step = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                out.varint(times[from]);
            } else {
                long next = times[from + i] - times[from + i - 1];
                out.varint(zigzag(next - step));
                step = next;
            }
        }
    }

    private static void deltaPacked(long[] times, int from, int count, ByteSink out) {
        delta(times, from, Math.min(count, 2), out);
        long[] group = new long[4];
        for (int i = 2; i < count; i += 4) {
            int n = Math.min(4, count - i);
            int control = 0;
            for (int k = 0; k < n; k++) {
                int at = from + i + k;
                group[k] = zigzag(times[at] - times[at - 1] - (times[at - 1] - times[at - 2]));
                control |= widthCode(group[k]) << (2 * k);
            }
            out.u8(control);
            for (int k = 0; k < n; k++) {
                out.little(group[k], 1 << ((control >>> (2 * k)) & 3));
            }
        }
    }

    private static int widthCode(long value) {
        int bits = 64 - Long.numberOfLeadingZeros(value);
        return bits <= 8 ? 0 : bits <= 16 ? 1 : bits <= 32 ? 2 : 3;
    }
}
