package io.tfdc.mebo;

/** Classic Chimp: leading zeros in eight classes, changed bits with or without their trailing zeros. */
final class ChimpValues extends BitStreamValues {
    static final int[] LEADING = {0, 8, 12, 16, 18, 20, 22, 24};
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
            switch ((int) (head >>> 62)) {
                case 0 -> {
                    p += 2;
                    lead = NONE;
                }
                case 1 -> {
                    int leading = LEADING[(int) (head >>> 59) & 7];
                    int width = (((int) (head >>> 53) - 1) & 63) + 1;
                    int shift = 64 - leading - width;
                    if (shift < 0) {
                        throw fault(p, "leading zeros + size of at most 64", String.valueOf(64 - shift));
                    }
                    p += 11;
                    value ^= (word(in, p) >>> (64 - width)) << shift;
                    p += width;
                    lead = NONE;
                }
                case 2 -> {
                    if (lead == NONE) {
                        throw fault(p, "leading zeros before their reuse", "reuse of none");
                    }
                    p += 2;
                    value ^= word(in, p) >>> lead;
                    p += 64 - lead;
                }
                default -> {
                    lead = LEADING[(int) (head >>> 59) & 7];
                    p += 5;
                    value ^= word(in, p) >>> lead;
                    p += 64 - lead;
                }
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
}
