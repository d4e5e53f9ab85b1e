package io.tfdc.mebo;

/**
 * The index of a numeric blob: per metric its id, its number of points, and where its columns start in the decompressed
 * payloads. Column {@code i} ends where column {@code i + 1} starts.
 */
final class NumericIndex {
    final long[] ids;
    final int[] counts;
    final int[] timestampStarts;
    final int[] valueStarts;
    final int[] tagStarts;
    private final int start;
    private final NumericHeader header;

    private NumericIndex(NumericHeader header, int start) {
        int n = (int) header.metricCount();
        this.header = header;
        this.start = start;
        this.ids = new long[n];
        this.counts = new int[n];
        this.timestampStarts = new int[n + 1];
        this.valueStarts = new int[n + 1];
        this.tagStarts = new int[n + 1];
    }

    /** Reads the index that starts at a blob offset; the payload lengths bound the column starts. */
    static NumericIndex parse(
            Span blob,
            NumericHeader header,
            int start,
            int timestampLength,
            int valueLength,
            int tagLength,
            MeboLimits limits) {
        NumericIndex index = new NumericIndex(header, start);
        index.read(blob, limits);
        index.place(blob, index.timestampStarts, 0, timestampLength, "timestamp");
        index.place(blob, index.valueStarts, 1, valueLength, "value");
        index.place(blob, index.tagStarts, 2, tagLength, "tag");
        return index;
    }

    /** Blob offset behind the index, checked before anything is sized by the claimed number of metrics. */
    static int end(Span blob, NumericHeader header, int start) {
        long end = start + header.metricCount() * header.indexEntrySize();
        if (end > header.timestampOffset()) {
            throw new MeboFormatException(
                    MeboSection.INDEX,
                    start,
                    header.metricCount() + " entries before timestamp offset " + header.timestampOffset(),
                    "room for " + Math.max(0, header.timestampOffset() - start) / header.indexEntrySize());
        }
        return (int) end;
    }

    MeboFormatException fault(int metric, String expected, String found) {
        return new MeboFormatException(
                MeboSection.INDEX, start + (long) metric * header.indexEntrySize(), metric, expected, found);
    }

    private void read(Span blob, MeboLimits limits) {
        boolean wide = header.layout() == Layout.V2_EXTENDED;
        long total = 0;
        for (int i = 0; i < ids.length; i++) {
            int at = blob.from() + start + i * header.indexEntrySize();
            ids[i] = ByteAccess.i64(blob.bytes(), at, header.big());
            long count = wide
                    ? ByteAccess.u32(blob.bytes(), at + 8, header.big())
                    : ByteAccess.u16(blob.bytes(), at + 8, header.big());
            if (wide && ByteAccess.i64le(blob.bytes(), at + 24) != 0) {
                throw fault(i, "8 reserved zero bytes at +24", "other bytes");
            }
            if (count > limits.maxPointsPerMetric()) {
                throw fault(i, "at most " + limits.maxPointsPerMetric() + " points per metric", count + " points");
            }
            total += count;
            if (total > limits.maxTotalPoints()) {
                throw fault(i, "at most " + limits.maxTotalPoints() + " points in all", total + " points so far");
            }
            counts[i] = (int) count;
        }
        int descent = header.layout() == Layout.V1 ? -1 : MetricLookup.firstDescent(ids);
        if (descent >= 0) {
            throw fault(
                    descent,
                    "ids in ascending order",
                    MetricId.format(ids[descent]) + " after " + MetricId.format(ids[descent - 1]));
        }
    }

    private void place(Span blob, int[] starts, int field, int payloadLength, String what) {
        boolean wide = header.layout() == Layout.V2_EXTENDED;
        long offset = 0;
        for (int i = 0; i < ids.length; i++) {
            int at = blob.from() + start + i * header.indexEntrySize();
            offset += wide
                    ? ByteAccess.u32(blob.bytes(), at + 12 + 4 * field, header.big())
                    : ByteAccess.u16(blob.bytes(), at + 10 + 2 * field, header.big());
            if (i == 0 && offset != 0) {
                throw fault(i, "a first " + what + " delta of 0", String.valueOf(offset));
            }
            if (offset > payloadLength) {
                throw fault(
                        i,
                        "a " + what + " column inside " + payloadLength + " payload bytes",
                        "its start at " + offset);
            }
            starts[i] = (int) offset;
        }
        starts[ids.length] = payloadLength;
    }
}
