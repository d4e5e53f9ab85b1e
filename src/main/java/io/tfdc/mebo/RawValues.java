package io.tfdc.mebo;

/** Values as 8-byte bit patterns. */
final class RawValues extends ValueDecoder {
    private final Column column;
    private final boolean big;
    private int at;

    RawValues(Column column, int start, boolean big) {
        this.column = column;
        this.at = start;
        this.big = big;
    }

    @Override
    void read(double[] out, int to, int n) {
        if (column.to() - at < 8L * n) {
            throw column.ended(column.to(), column.length() / 8);
        }
        byte[] in = column.bytes();
        int position = at;
        if (big) {
            for (int i = 0; i < n; i++, position += 8) {
                out[to + i] = Double.longBitsToDouble(ByteAccess.i64be(in, position));
            }
        } else {
            for (int i = 0; i < n; i++, position += 8) {
                out[to + i] = Double.longBitsToDouble(ByteAccess.i64le(in, position));
            }
        }
        at = position;
    }

    @Override
    void checkEnd() {
        column.checkEnd(at);
    }
}
