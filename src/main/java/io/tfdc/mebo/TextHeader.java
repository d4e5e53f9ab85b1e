package io.tfdc.mebo;

/**
 * The 32 bytes every text blob starts with, checked.
 *
 * @param dataSize decompressed length of the data section
 */
record TextHeader(
        boolean tags,
        boolean big,
        boolean names,
        TimestampEncoding timestampEncoding,
        Codec codec,
        long startTime,
        long metricCount,
        long indexOffset,
        int dataOffset,
        long dataSize) {

    static final int ENTRY_SIZE = 16;

    static TextHeader parse(Span blob) {
        NumericHeader.requireLength(blob);
        byte[] bytes = blob.bytes();
        int from = blob.from();
        int options = ByteAccess.u16(bytes, from, false);
        boolean big = (options & NumericHeader.FLAG_BIG) != 0;
        if ((options & NumericHeader.FLAG_SHARED) != 0) {
            throw NumericHeader.fault(0, "reserved option bit 3 clear", "set");
        }
        TimestampEncoding encoding = TimestampEncoding.ofCode(bytes[from + 2] & 0xFF);
        if (encoding != TimestampEncoding.RAW && encoding != TimestampEncoding.DELTA) {
            throw NumericHeader.fault(2, "timestamp encoding 1 or 2", String.valueOf(bytes[from + 2] & 0xFF));
        }
        Codec codec = Codec.ofCode(bytes[from + 3] & 0xFF);
        if (codec == null) {
            throw NumericHeader.fault(3, "codec 1..4", String.valueOf(bytes[from + 3] & 0xFF));
        }
        if (ByteAccess.i32(bytes, from + 28, big) != 0) {
            throw NumericHeader.fault(28, "4 reserved zero bytes", "other bytes");
        }
        return new TextHeader(
                (options & NumericHeader.FLAG_TAGS) != 0,
                big,
                (options & NumericHeader.FLAG_NAMES) != 0,
                encoding,
                codec,
                ByteAccess.i64(bytes, from + 4, big),
                ByteAccess.u32(bytes, from + 12, big),
                ByteAccess.u32(bytes, from + 16, big),
                NumericHeader.offset(blob, 20, NumericHeader.SIZE, "data offset", big),
                ByteAccess.u32(bytes, from + 24, big));
    }

    /** Fewest bytes a row takes. */
    int leastRow() {
        return (timestampEncoding == TimestampEncoding.RAW ? 9 : 1) + (tags ? 2 : 1);
    }
}
