package io.tfdc.mebo;

/** Timestamps as 8-byte integers. */
final class RawTimestamps extends TimestampDecoder {
    private final boolean big;

    RawTimestamps(Column column, boolean big) {
        super(column);
        this.big = big;
    }

    @Override
    void read(long[] out, int to, int n) {
        if (end - at < 8L * n) {
            throw column.ended(end, done + (end - at) / 8);
        }
        int position = at;
        if (big) {
            for (int i = 0; i < n; i++, position += 8) {
                out[to + i] = ByteAccess.i64be(in, position);
            }
        } else {
            for (int i = 0; i < n; i++, position += 8) {
                out[to + i] = ByteAccess.i64le(in, position);
            }
        }
        at = position;
        done += n;
    }
}
