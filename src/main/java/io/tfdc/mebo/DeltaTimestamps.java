package io.tfdc.mebo;

/** Delta-of-delta timestamps as varints. */
final class DeltaTimestamps extends TimestampDecoder {
    private static final long STOPS = 0x8080_8080_8080_8080L;

    private long time;
    private long step;

    DeltaTimestamps(Column column) {
        super(column);
    }

    @Override
    void read(long[] out, int to, int n) {
        int stop = to + n;
        int i = to;
        if (done == 0 && i < stop) {
            time = varint();
            out[i++] = time;
            done++;
        }
        i = readWords(out, i, stop);
        while (i < stop) {
            step += unzigzag(varint());
            time += step;
            out[i++] = time;
            done++;
        }
    }

    /**
     * Takes three varints from each 8-byte word, or one if the word holds fewer; stops where a word would reach beyond the column. Varints of 9 and 10
     * bytes go the slow way.
     */
    private int readWords(long[] out, int from, int stop) {
        int i = from;
        int position = at;
        int lastWord = end - 8;
        long t = time;
        long d = step;
        while (i < stop && position <= lastWord) {
            long word = ByteAccess.i64le(in, position);
            long stops = ~word & STOPS;
            long second = stops & (stops - 1);
            long third = second & (second - 1);
            if (third != 0 && i + 3 <= stop) {
                int end1 = Long.numberOfTrailingZeros(stops) + 1;
                int end2 = Long.numberOfTrailingZeros(second) + 1;
                int end3 = Long.numberOfTrailingZeros(third) + 1;
                long a = d + unzigzag(compact(word & (-1L >>> (64 - end1))));
                long b = a + unzigzag(compact((word >>> end1) & (-1L >>> (64 - end2 + end1))));
                long c = b + unzigzag(compact((word >>> end2) & (-1L >>> (64 - end3 + end2))));
                out[i] = t + a;
                out[i + 1] = t + a + b;
                t += a + b + c;
                out[i + 2] = t;
                d = c;
                i += 3;
                position += end3 >>> 3;
            } else if (stops != 0) {
                int end1 = Long.numberOfTrailingZeros(stops) + 1;
                d += unzigzag(compact(word & (-1L >>> (64 - end1))));
                t += d;
                out[i++] = t;
                position += end1 >>> 3;
            } else {
                at = position;
                done += i - from;
                d += unzigzag(varint());
                done -= i - from;
                position = at;
                t += d;
                out[i++] = t;
            }
        }
        at = position;
        time = t;
        step = d;
        done += i - from;
        return i;
    }

    /** Squeezes the seven low bits of each byte together. */
    private static long compact(long word) {
        long v = word & ~STOPS;
        v = (v & 0x007F_007F_007F_007FL) | ((v & 0x7F00_7F00_7F00_7F00L) >>> 1);
        v = (v & 0x0000_3FFF_0000_3FFFL) | ((v & 0x3FFF_0000_3FFF_0000L) >>> 2);
        return (v & 0x0FFF_FFFFL) | ((v & 0x0FFF_FFFF_0000_0000L) >>> 4);
    }
}
