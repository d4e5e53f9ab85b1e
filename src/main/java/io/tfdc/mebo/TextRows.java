package io.tfdc.mebo;

/** Rows of one text metric. */
final class TextRows {
    private final Column column;
    private final TextHeader header;
    private final byte[] in;
    private int at;
    private int row;

    TextRows(Column column, TextHeader header) {
        this.column = column;
        this.header = header;
        this.in = column.bytes();
        this.at = column.from();
    }

    void read(TextVisitor visitor) {
        boolean raw = header.timestampEncoding() == TimestampEncoding.RAW;
        long time = header.startTime();
        for (row = 0; row < column.count(); row++) {
            time = raw ? rawTime() : time + TimestampDecoder.unzigzag(varint());
            int valueLength = next();
            int tagLength = header.tags() ? next() : 0;
            if (column.to() - at < valueLength + tagLength) {
                throw column.fault(
                        at, valueLength + tagLength + " bytes of value and tag", (column.to() - at) + " bytes");
            }
            visitor.row(time, in, at, valueLength, at + valueLength, tagLength);
            at += valueLength + tagLength;
        }
        column.checkEnd(at);
    }

    private long rawTime() {
        int length = next();
        if (length != 8) {
            throw column.fault(at - 1L, "timestamp length 8", String.valueOf(length));
        }
        if (column.to() - at < 8) {
            throw column.ended(at, row);
        }
        at += 8;
        return ByteAccess.i64(in, at - 8, header.big());
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = next();
            value |= (b & 0x7FL) << shift;
            if (b < 0x80) {
                if (shift == 63 && b > 1) {
                    break;
                }
                return value;
            }
        }
        throw column.fault(at, "a time difference below 2^64", "a larger one");
    }

    private int next() {
        if (at >= column.to()) {
            throw column.ended(at, row);
        }
        return in[at++] & 0xFF;
    }
}
