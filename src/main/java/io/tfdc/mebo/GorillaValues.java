package io.tfdc.mebo;

/** Gorilla: changed bits in a window that is kept or described anew. */
final class GorillaValues extends BitStreamValues {
    /** Window of changed bits; size 0 while there is none. */
    private int size;

    private int trailing;

    GorillaValues(Column column) {
        super(column);
    }

    @Override
    int run(double[] out, int from, int stop) {
        byte[] in = buffer;
        long p = position;
        long last = lastStart;
        long value = bits;
        int width = size;
        int shift = trailing;
        int i = from;
        while (i < stop && p <= last) {
            long head = ByteAccess.i64be(in, (int) (p >>> 3)) << ((int) p & 7);
            if (head >= 0) {
                p++;
            } else {
                if ((head << 1) < 0) {
                    width = ((int) (head >>> 51) & 63) + 1;
                    shift = 64 - width - ((int) (head >>> 57) & 31);
                    if (shift < 0) {
                        throw fault(p, "leading zeros + size of at most 64", String.valueOf(64 - shift));
                    }
                    p += 13;
                } else {
                    if (width == 0) {
                        throw fault(p, "a window before its reuse", "reuse of none");
                    }
                    p += 2;
                }
                value ^= (word(in, p) >>> (64 - width)) << shift;
                p += width;
            }
            if (p > limit) {
                throw overrun();
            }
            out[i++] = Double.longBitsToDouble(value);
        }
        position = p;
        bits = value;
        size = width;
        trailing = shift;
        return i;
    }
}
