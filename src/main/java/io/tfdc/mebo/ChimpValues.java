package io.tfdc.mebo;

/** Classic Chimp: leading zeros in eight classes, changed bits with or without their trailing zeros. */
final class ChimpValues extends BitStreamValues {
    static final int[] LEADING = {0, 8, 12, 16, 18, 20, 22, 24};

    /** {@link #LEADING}, one byte each. */
    private static final long PACKED_LEADING = 0x1816_1412_100C_0800L;

    private static final int NONE = -1;

    private int stored = NONE;

    ChimpValues(Column column) {
        super(column);
    }

    @Override
    int run(double[] out, int from, int stop) {
        byte[] in = buffer;
        long p = position;
        long last = lastStart;
        long value = bits;
        int lead = stored;
        int i = from;
        while (i < stop && p <= last) {
            long head = ByteAccess.i64be(in, (int) (p >>> 3)) << ((int) p & 7);
            int flag = (int) (head >>> 62);
            if (flag == 0) {
                p += 2;
                lead = NONE;
            } else if (flag == 1) {
                int width = (((int) (head >>> 53) - 1) & 63) + 1;
                int shift = 64 - leading(head) - width;
                if (shift < 0) {
                    throw fault(p, "leading zeros + size of at most 64", String.valueOf(64 - shift));
                }
                p += 11;
                value ^= (word(in, p) >>> (64 - width)) << shift;
                p += width;
                lead = NONE;
            } else {
                int fresh = flag & 1;
                lead += (leading(head) - lead) & -fresh;
                if (lead < 0) {
                    throw fault(p, "leading zeros before their reuse", "reuse of none");
                }
                p += 2 + 3 * fresh;
                value ^= word(in, p) >>> lead;
                p += 64 - lead;
            }
            if (p > limit) {
                throw overrun();
            }
            out[i++] = Double.longBitsToDouble(value);
        }
        position = p;
        bits = value;
        stored = lead;
        return i;
    }

    /** Leading zeros of the class in bits 2 to 4. */
    private static int leading(long head) {
        return (int) (PACKED_LEADING >>> ((head >>> 56) & 0x38)) & 0xFF;
    }
}
