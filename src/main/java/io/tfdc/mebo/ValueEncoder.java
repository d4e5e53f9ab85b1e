package io.tfdc.mebo;

/** Writes value columns. */
final class ValueEncoder {
    private ValueEncoder() {}

    static byte[] encode(ValueEncoding encoding, double[] values, int from, int count, boolean big) {
        ByteSink out = new ByteSink();
        switch (encoding) {
            case RAW -> {
                for (int i = 0; i < count; i++) {
                    out.i64(bits(values, from + i), big);
                }
            }
            case GORILLA -> gorilla(values, from, count, new BitSink(out));
            case CHIMP -> chimp(values, from, count, new BitSink(out));
            case ALP -> AlpEncoder.encode(values, from, count, out, big);
        }
        return out.toArray();
    }

    private static void gorilla(double[] values, int from, int count, BitSink out) {
        long previous = bits(values, from);
        out.bits(previous, 64);
        int windowLead = 65;
        int windowTrail = 65;
        for (int i = 1; i < count; i++) {
            long next = bits(values, from + i);
            long x = next ^ previous;
            previous = next;
            if (x == 0) {
                out.bits(0, 1);
                continue;
            }
            int lead = Long.numberOfLeadingZeros(x);
            int trail = Long.numberOfTrailingZeros(x);
            if (lead > 31) {
                trail = Math.max(0, trail - (lead - 31));
                lead = 31;
            }
            if (lead >= windowLead && trail >= windowTrail) {
                out.bits(0b10, 2);
                out.bits(x >>> windowTrail, 64 - windowLead - windowTrail);
            } else {
                int size = 64 - lead - trail;
                out.bits(0b11L << 11 | (long) lead << 6 | (size - 1), 13);
                out.bits(x >>> trail, size);
                windowLead = lead;
                windowTrail = trail;
            }
        }
        out.finish();
    }

    private static void chimp(double[] values, int from, int count, BitSink out) {
        long previous = bits(values, from);
        out.bits(previous, 64);
        int stored = -1;
        for (int i = 1; i < count; i++) {
            long next = bits(values, from + i);
            long x = next ^ previous;
            previous = next;
            if (x == 0) {
                out.bits(0b00, 2);
                stored = -1;
                continue;
            }
            int leadClass = leadClass(Long.numberOfLeadingZeros(x));
            int lead = ChimpValues.LEADING[leadClass];
            int trail = Long.numberOfTrailingZeros(x);
            if (trail > 6) {
                int size = 64 - lead - trail;
                out.bits(0b01L << 9 | (long) leadClass << 6 | (size & 63), 11);
                out.bits(x >>> trail, size);
                stored = -1;
            } else if (stored == lead) {
                out.bits(0b10, 2);
                out.bits(x, 64 - lead);
            } else {
                out.bits(0b11L << 3 | leadClass, 5);
                out.bits(x, 64 - lead);
                stored = lead;
            }
        }
        out.finish();
    }

    private static int leadClass(int leadingZeros) {
        int leadClass = ChimpValues.LEADING.length - 1;
        while (ChimpValues.LEADING[leadClass] > leadingZeros) {
            leadClass--;
        }
        return leadClass;
    }

    private static long bits(double[] values, int at) {
        return Double.doubleToRawLongBits(values[at]);
    }
}
