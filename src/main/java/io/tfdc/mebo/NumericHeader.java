package io.tfdc.mebo;

/**
 * The 32 bytes every numeric blob starts with, checked.
 *
 * @param startTime sort key of the blob, µs since 1970-01-01 UTC
 * @param metricCount as claimed, up to 2^32-1
 */
record NumericHeader(
        Layout layout,
        boolean tags,
        boolean big,
        boolean names,
        boolean sharedTimestamps,
        TimestampEncoding timestampEncoding,
        ValueEncoding valueEncoding,
        Codec timestampCodec,
        Codec valueCodec,
        long startTime,
        long metricCount,
        long indexOffset,
        int timestampOffset,
        int valueOffset,
        int tagOffset) {

    static final int SIZE = 32;
    static final int FLAG_TAGS = 1;
    static final int FLAG_BIG = 2;
    static final int FLAG_NAMES = 4;
    static final int FLAG_SHARED = 8;

    static NumericHeader parse(Span blob, Layout layout) {
        requireLength(blob);
        byte[] bytes = blob.bytes();
        int from = blob.from();
        int options = ByteAccess.u16(bytes, from, false);
        boolean big = (options & FLAG_BIG) != 0;
        int encodings = bytes[from + 2] & 0xFF;
        int codecs = bytes[from + 3] & 0xFF;
        TimestampEncoding timestamps = TimestampEncoding.ofCode(encodings & 15);
        ValueEncoding values = ValueEncoding.ofCode(encodings >> 4);
        Codec timestampCodec = Codec.ofCode(codecs & 15);
        Codec valueCodec = Codec.ofCode(codecs >> 4);
        if (timestamps == null) {
            throw fault(2, "timestamp encoding 1, 2 or 5", String.valueOf(encodings & 15));
        }
        if (values == null) {
            throw fault(2, "value encoding 1, 3, 4 or 6", String.valueOf(encodings >> 4));
        }
        if (timestampCodec == null) {
            throw fault(3, "timestamp codec 1..4", String.valueOf(codecs & 15));
        }
        if (valueCodec == null) {
            throw fault(3, "value codec 1..4", String.valueOf(codecs >> 4));
        }
        int timestampOffset = offset(blob, 20, SIZE, "timestamp offset", big);
        int valueOffset = offset(blob, 24, timestampOffset, "value offset", big);
        int tagOffset = offset(blob, 28, valueOffset, "tag offset", big);
        return new NumericHeader(
                layout,
                (options & FLAG_TAGS) != 0,
                big,
                (options & FLAG_NAMES) != 0,
                (options & FLAG_SHARED) != 0,
                timestamps,
                values,
                timestampCodec,
                valueCodec,
                ByteAccess.i64(bytes, from + 4, big),
                ByteAccess.u32(bytes, from + 12, big),
                ByteAccess.u32(bytes, from + 16, big),
                timestampOffset,
                valueOffset,
                tagOffset);
    }

    int indexEntrySize() {
        return layout == Layout.V2_EXTENDED ? 32 : 16;
    }

    static void requireLength(Span blob) {
        if (blob.length() < SIZE) {
            throw fault(0, "a 32-byte header", "a blob of " + blob.length() + " bytes");
        }
    }

    static MeboFormatException fault(int offset, String expected, String found) {
        return new MeboFormatException(MeboSection.HEADER, offset, expected, found);
    }

    /** A section start that must lie between {@code least} and the end of the blob. */
    static int offset(Span blob, int field, int least, String what, boolean big) {
        long value = ByteAccess.u32(blob.bytes(), blob.from() + field, big);
        if (value < least || value > blob.length()) {
            throw fault(field, what + " of " + least + ".." + blob.length(), String.valueOf(value));
        }
        return (int) value;
    }
}
