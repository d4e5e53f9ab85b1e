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
     * Takes three varints from each 8-byte word, or one if the word holds fewer or one of them is longer than 4 bytes;
     * stops where a word would reach beyond the column. Varints of 9 and 10 bytes go the slow way.
     */
    private int readWords(long[] out, int from, int stop) {
        int i = from;
        int position = at;
        int lastWord = end - 8;
        long t = time;
        long d = step;
        while (i < stop && position <= lastWord) {
            long word = ByteAccess.i64le(in, position);
            long first = ~word & STOPS;
            long second = first & (first - 1);
            long third = second & (second - 1);
            long upTo1 = first ^ (first - 1);
            long upTo2 = second ^ (second - 1);
            long upTo3 = third ^ (third - 1);
            long v1 = word & upTo1;
            long v2 = ((word & (upTo2 ^ upTo1)) >>> Long.numberOfTrailingZeros(first)) >>> 1;
            long v3 = ((word & (upTo3 ^ upTo2)) >>> Long.numberOfTrailingZeros(second)) >>> 1;
            if (third != 0 && ((v1 | v2 | v3) >>> 32) == 0 && i + 3 <= stop) {
                long a = d + unzigzag(compact4(v1));
                long b = a + unzigzag(compact4(v2));
                d = b + unzigzag(compact4(v3));
                out[i] = t + a;
                out[i + 1] = t + a + b;
                t += a + b + d;
                out[i + 2] = t;
                i += 3;
                position += (Long.numberOfTrailingZeros(third) + 1) >>> 3;
            } else if (first != 0) {
                d += unzigzag(compact(v1));
                t += d;
                out[i++] = t;
                position += (Long.numberOfTrailingZeros(first) + 1) >>> 3;
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

    /** Squeezes the seven low bits of each of four bytes together. */
    private static long compact4(long word) {
        long v = (word & 0x007F_007FL) | ((word & 0x7F00_7F00L) >>> 1);
        return (v & 0x3FFFL) | ((v & 0x3FFF_0000L) >>> 2);
    }

    /** The same for eight bytes. */
    private static long compact(long word) {
        long v = word & ~STOPS;
        v = (v & 0x007F_007F_007F_007FL) | ((v & 0x7F00_7F00_7F00_7F00L) >>> 1);
        v = (v & 0x0000_3FFF_0000_3FFFL) | ((v & 0x3FFF_0000_3FFF_0000L) >>> 2);
        return (v & 0x0FFF_FFFFL) | ((v & 0x0FFF_FFFF_0000_0000L) >>> 4);
    }
}
