package io.tfdc.mebo;

import java.nio.ByteOrder;

/**
 * How a numeric blob is written.
 *
 * @param version2 index sorted by id; the extended form is chosen where the blob needs it
 * @param sharedTimestamps equal timestamp columns are stored once; implies version 2
 * @param tags every point has a tag; a blob whose tags are all empty is written without
 */
public record NumericOptions(
        TimestampEncoding timestampEncoding,
        ValueEncoding valueEncoding,
        Codec timestampCodec,
        Codec valueCodec,
        ByteOrder byteOrder,
        boolean version2,
        boolean sharedTimestamps,
        boolean tags) {

    /** The default of the Go library: delta, Gorilla, no codec, little endian, version 1, no tags. */
    public static final NumericOptions DEFAULT = new NumericOptions(
            TimestampEncoding.DELTA,
            ValueEncoding.GORILLA,
            Codec.NONE,
            Codec.NONE,
            ByteOrder.LITTLE_ENDIAN,
            false,
            false,
            false);

    public NumericOptions {
        version2 |= sharedTimestamps;
    }

    public NumericOptions withEncodings(TimestampEncoding timestamps, ValueEncoding values) {
        return new NumericOptions(
                timestamps, values, timestampCodec, valueCodec, byteOrder, version2, sharedTimestamps, tags);
    }

    public NumericOptions withCodecs(Codec timestamps, Codec values) {
        return new NumericOptions(
                timestampEncoding, valueEncoding, timestamps, values, byteOrder, version2, sharedTimestamps, tags);
    }

    public NumericOptions withByteOrder(ByteOrder order) {
        return new NumericOptions(
                timestampEncoding, valueEncoding, timestampCodec, valueCodec, order, version2, sharedTimestamps, tags);
    }

    public NumericOptions withVersion2(boolean on) {
        return new NumericOptions(
                timestampEncoding, valueEncoding, timestampCodec, valueCodec, byteOrder, on, sharedTimestamps, tags);
    }

    public NumericOptions withSharedTimestamps(boolean on) {
        return new NumericOptions(
                timestampEncoding, valueEncoding, timestampCodec, valueCodec, byteOrder, version2, on, tags);
    }

    public NumericOptions withTags(boolean on) {
        return new NumericOptions(
                timestampEncoding,
                valueEncoding,
                timestampCodec,
                valueCodec,
                byteOrder,
                version2,
                sharedTimestamps,
                on);
    }

    boolean big() {
        return byteOrder == ByteOrder.BIG_ENDIAN;
    }

    /** Most points of a metric in version 1. */
    int mostPointsVersion1() {
        boolean eight = valueEncoding == ValueEncoding.RAW && timestampEncoding != TimestampEncoding.DELTA;
        return 65535 / (eight ? 8 : 9);
    }
}
