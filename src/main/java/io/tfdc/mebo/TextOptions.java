package io.tfdc.mebo;

import java.nio.ByteOrder;

/**
 * How a text blob is written.
 *
 * @param timestampEncoding raw or delta
 * @param tags every row has a tag
 */
public record TextOptions(TimestampEncoding timestampEncoding, Codec codec, ByteOrder byteOrder, boolean tags) {
    /** The default of the Go library: delta, zstd, little endian, no tags. */
    public static final TextOptions DEFAULT =
            new TextOptions(TimestampEncoding.DELTA, Codec.ZSTD, ByteOrder.LITTLE_ENDIAN, false);

    public TextOptions {
        if (timestampEncoding == TimestampEncoding.DELTA_PACKED) {
            throw new IllegalArgumentException("timestampEncoding: expected RAW or DELTA in text, found DELTA_PACKED");
        }
    }

    boolean big() {
        return byteOrder == ByteOrder.BIG_ENDIAN;
    }
}
