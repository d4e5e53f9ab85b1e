package io.tfdc.mebo;

/** Delta-of-delta timestamps in groups of four with a control byte. */
final class DeltaPackedTimestamps extends TimestampDecoder {
    private static final long[] MASKS = {0xFFL, 0xFFFFL, 0xFFFF_FFFFL, -1L};
    private static final int LONGEST_GROUP = 33;

    private long time;
    private long step;
    private int control;

    /** Values of the current group handed out; 4 when a new control byte is due. */
    private int inGroup = 4;

    DeltaPackedTimestamps(Column column) {
        super(column);
    }

    @Override
    void read(long[] out, int to, int n) {
        int stop = to + n;
        int i = to;
        while (i < stop && done < 2) {
            if (done == 0) {
                time = varint();
            } else {
                step = unzigzag(varint());
                time += step;
            }
            out[i++] = time;
            done++;
        }
        while (i < stop && inGroup < 4) {
            out[i++] = one();
        }
        i = readGroups(out, i, stop);
        while (i < stop) {
            out[i++] = one();
        }
    }

    @Override
    void checkEnd() {
        if (column.exact() && inGroup < 4 && control >>> (2 * inGroup) != 0) {
            throw column.fault(at, "zero control bits for missing values", "control byte " + control);
        }
        super.checkEnd();
    }

    private int readGroups(long[] out, int from, int stop) {
        int i = from;
        int position = at;
        int lastGroup = end - LONGEST_GROUP;
        long t = time;
        long d = step;
        while (i + 4 <= stop && position <= lastGroup) {
            int c = in[position++];
            int w0 = c & 3;
            int w1 = (c >> 2) & 3;
            int w2 = (c >> 4) & 3;
            int w3 = (c >> 6) & 3;
            int p1 = position + (1 << w0);
            int p2 = p1 + (1 << w1);
            int p3 = p2 + (1 << w2);
            long d0 = d + unzigzag(ByteAccess.i64le(in, position) & MASKS[w0]);
            long d1 = d0 + unzigzag(ByteAccess.i64le(in, p1) & MASKS[w1]);
            long d2 = d1 + unzigzag(ByteAccess.i64le(in, p2) & MASKS[w2]);
            d = d2 + unzigzag(ByteAccess.i64le(in, p3) & MASKS[w3]);
            position = p3 + (1 << w3);
            long t0 = t + d0;
            long t1 = t0 + d1;
            long t2 = t1 + d2;
            t = t2 + d;
            out[i] = t0;
            out[i + 1] = t1;
            out[i + 2] = t2;
            out[i + 3] = t;
            i += 4;
        }
        at = position;
        time = t;
        step = d;
        done += i - from;
        return i;
    }

    private long one() {
        if (inGroup == 4) {
            if (at >= end) {
                throw column.ended(at, done);
            }
            control = in[at++] & 0xFF;
            inGroup = 0;
        }
        int width = 1 << ((control >>> (2 * inGroup)) & 3);
        if (end - at < width) {
            throw column.ended(end, done);
        }
        long value = 0;
        for (int b = 0; b < width; b++) {
            value |= (in[at++] & 0xFFL) << (8 * b);
        }
        inGroup++;
        done++;
        step += unzigzag(value);
        time += step;
        return time;
    }
}
