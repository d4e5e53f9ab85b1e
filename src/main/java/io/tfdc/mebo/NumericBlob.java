package io.tfdc.mebo;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An opened blob of numeric metrics.
 *
 * <p>The hot path decodes into arrays of the caller: several metrics may read one stored timestamp column, so compare
 * {@link #timestampOwner} with that of the metric before and decode the timestamps only when it changes.
 */
public final class NumericBlob implements MeboBlob {
    private static final int PORTION = 256;

    private final NumericHeader header;
    private final NumericIndex index;
    private final int[] owners;

    /** Per timestamp column the most points any metric reads from it: that metric must use it up. */
    private final int[] mostRead;

    private final String @Nullable [] names;
    private final MetricLookup lookup;
    private final Span timestamps;
    private final Span values;
    private final Span tags;

    private NumericBlob(
            NumericHeader header,
            NumericIndex index,
            int[] owners,
            String @Nullable [] names,
            Span timestamps,
            Span values,
            Span tags) {
        this.header = header;
        this.index = index;
        this.owners = owners;
        this.names = names;
        this.timestamps = timestamps;
        this.values = values;
        this.tags = tags;
        this.lookup = new MetricLookup(index.ids, names, header.layout() == Layout.V1);
        this.mostRead = new int[owners.length];
        for (int i = 0; i < owners.length; i++) {
            mostRead[owners[i]] = Math.max(mostRead[owners[i]], index.counts[i]);
        }
    }

    static NumericBlob open(Span blob, Layout layout, MeboLimits limits) {
        NumericHeader header = NumericHeader.parse(blob, layout);
        MetricNames names =
                header.names() ? MetricNames.parse(blob, NumericHeader.SIZE, header.metricCount(), header.big()) : null;
        int indexStart = names == null ? NumericHeader.SIZE : names.end();
        if (header.indexOffset() != indexStart) {
            throw NumericHeader.fault(16, "index offset " + indexStart, String.valueOf(header.indexOffset()));
        }
        int indexEnd = NumericIndex.end(blob, header, indexStart);
        if (!header.sharedTimestamps() && header.timestampOffset() != indexEnd) {
            throw NumericHeader.fault(
                    20, "timestamp offset " + indexEnd + " (end of the index)", "" + header.timestampOffset());
        }
        int metricCount = (int) header.metricCount();
        int[] owners = header.sharedTimestamps()
                ? SharedTimestampTable.parse(blob, indexEnd, header.timestampOffset(), metricCount, header.big())
                : SharedTimestampTable.none(metricCount);
        int most = limits.maxPayloadBytes();
        Span timestamps = StoredPayload.decompress(
                blob,
                header.timestampOffset(),
                header.valueOffset(),
                header.timestampCodec(),
                most,
                MeboSection.STORED_TIMESTAMPS);
        Span values = StoredPayload.decompress(
                blob, header.valueOffset(), header.tagOffset(), header.valueCodec(), most, MeboSection.STORED_VALUES);
        Span tags = header.tags()
                ? StoredPayload.decompress(
                        blob, header.tagOffset(), blob.length(), Codec.ZSTD, most, MeboSection.STORED_TAGS)
                : Span.EMPTY;
        NumericIndex index = NumericIndex.parse(
                blob, header, indexStart, timestamps.length(), values.length(), tags.length(), limits);
        if (names != null) {
            names.checkHashes(index.ids, header.indexEntrySize());
        }
        NumericBlob opened =
                new NumericBlob(header, index, owners, names == null ? null : names.names(), timestamps, values, tags);
        opened.checkShapes();
        return opened;
    }

    @Override
    public Layout layout() {
        return header.layout();
    }

    @Override
    public ByteOrder byteOrder() {
        return header.big() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public long startTime() {
        return header.startTime();
    }

    @Override
    public boolean hasTags() {
        return header.tags();
    }

    @Override
    public boolean hasNames() {
        return names != null;
    }

    /** Whether some metrics read the timestamp column of another one. */
    public boolean hasSharedTimestamps() {
        return header.sharedTimestamps();
    }

    public TimestampEncoding timestampEncoding() {
        return header.timestampEncoding();
    }

    public ValueEncoding valueEncoding() {
        return header.valueEncoding();
    }

    public Codec timestampCodec() {
        return header.timestampCodec();
    }

    public Codec valueCodec() {
        return header.valueCodec();
    }

    @Override
    public int metricCount() {
        return index.ids.length;
    }

    @Override
    public long id(int metric) {
        return index.ids[metric];
    }

    @Override
    public @Nullable String name(int metric) {
        return names == null ? null : names[metric];
    }

    @Override
    public int count(int metric) {
        return index.counts[metric];
    }

    @Override
    public int find(long id) {
        return lookup.find(id);
    }

    @Override
    public int find(String name) {
        return lookup.find(name);
    }

    /**
     * Index position of the metric whose stored timestamp column this metric reads: itself unless timestamps are
     * shared.
     */
    public int timestampOwner(int metric) {
        return owners[metric];
    }

    /**
     * Encoded bytes of the metric in the decompressed timestamp payload; 0 for a metric that reads the column of
     * another one.
     */
    public int timestampBytes(int metric) {
        return index.timestampStarts[metric + 1] - index.timestampStarts[metric];
    }

    /** Encoded bytes of the metric in the decompressed value payload. */
    public int valueBytes(int metric) {
        return index.valueStarts[metric + 1] - index.valueStarts[metric];
    }

    /** Encoded bytes of the metric in the decompressed tag payload. */
    public int tagBytes(int metric) {
        return index.tagStarts[metric + 1] - index.tagStarts[metric];
    }

    /**
     * Decodes all timestamps of a metric into {@code out} from {@code to} on.
     *
     * @return how many: {@code count(metric)}
     * @throws MeboFormatException if the column does not hold exactly that many
     */
    public int decodeTimestamps(int metric, long[] out, int to) {
        int count = count(metric);
        java.util.Objects.checkFromIndexSize(to, count, out.length);
        if (count > 0) {
            TimestampDecoder decoder = timestampDecoder(metric);
            decoder.read(out, to, count);
            decoder.checkEnd();
        }
        return count;
    }

    /**
     * Decodes all values of a metric into {@code out} from {@code to} on, exact to the bit.
     *
     * @return how many: {@code count(metric)}
     * @throws MeboFormatException if the column does not hold exactly that many
     */
    public int decodeValues(int metric, double[] out, int to) {
        int count = count(metric);
        java.util.Objects.checkFromIndexSize(to, count, out.length);
        if (count > 0) {
            ValueDecoder decoder = ValueDecoder.of(header.valueEncoding(), valueColumn(metric), header.big());
            decoder.read(out, to, count);
            decoder.checkEnd();
        }
        return count;
    }

    /**
     * Hands all points of a metric to a visitor without holding them; the memory used does not depend on their number.
     *
     * @throws MeboFormatException if a column is damaged, possibly after points were handed out
     */
    public void forEach(int metric, PointVisitor visitor) {
        int count = count(metric);
        if (count == 0) {
            return;
        }
        TimestampDecoder timestampDecoder = timestampDecoder(metric);
        ValueDecoder valueDecoder = ValueDecoder.of(header.valueEncoding(), valueColumn(metric), header.big());
        long[] times = new long[Math.min(count, PORTION)];
        double[] portion = new double[times.length];
        for (int done = 0; done < count; done += times.length) {
            int n = Math.min(times.length, count - done);
            timestampDecoder.read(times, 0, n);
            valueDecoder.read(portion, 0, n);
            for (int i = 0; i < n; i++) {
                visitor.point(times[i], portion[i]);
            }
        }
        timestampDecoder.checkEnd();
        valueDecoder.checkEnd();
    }

    /**
     * Hands the tag of every point of a metric to a visitor; in a blob without tags each is empty.
     *
     * @throws MeboFormatException if the column is damaged, possibly after tags were handed out
     */
    public void forEachTag(int metric, TagVisitor visitor) {
        int count = count(metric);
        if (!header.tags()) {
            for (int i = 0; i < count; i++) {
                visitor.tag(i, Span.EMPTY.bytes(), 0, 0);
            }
        } else if (count > 0) {
            TagColumn.read(tagColumn(metric), visitor);
        }
    }

    /** Decodes the tags of a metric as UTF-8 strings into {@code out} from {@code to} on; returns how many. */
    public int decodeTags(int metric, String[] out, int to) {
        java.util.Objects.checkFromIndexSize(to, count(metric), out.length);
        forEachTag(metric, (point, bytes, offset, length) -> {
            out[to + point] = new String(bytes, offset, length, StandardCharsets.UTF_8);
        });
        return count(metric);
    }

    private TimestampDecoder timestampDecoder(int metric) {
        return TimestampDecoder.of(header.timestampEncoding(), timestampColumn(metric), header.big());
    }

    private Column timestampColumn(int metric) {
        int owner = owners[metric];
        boolean exact = index.counts[metric] == mostRead[owner];
        return column(MeboSection.TIMESTAMP_COLUMN, metric, timestamps, index.timestampStarts, owner, exact);
    }

    private Column valueColumn(int metric) {
        return column(MeboSection.VALUE_COLUMN, metric, values, index.valueStarts, metric, true);
    }

    private Column tagColumn(int metric) {
        return column(MeboSection.TAG_COLUMN, metric, tags, index.tagStarts, metric, true);
    }

    private Column column(MeboSection section, int metric, Span payload, int[] starts, int entry, boolean exact) {
        return new Column(
                section,
                metric,
                payload.bytes(),
                payload.from() + starts[entry],
                payload.from() + starts[entry + 1],
                payload.from(),
                index.counts[metric],
                exact);
    }

    private void checkShapes() {
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] != i && timestampBytes(i) != 0) {
                throw index.fault(i, "no timestamp bytes of a metric that shares them", timestampBytes(i) + " bytes");
            }
            ColumnShape.checkTimestamps(timestampColumn(i), header.timestampEncoding());
            ColumnShape.checkValues(valueColumn(i), header.valueEncoding(), header.big());
            if (header.tags()) {
                ColumnShape.checkTags(tagColumn(i));
            }
        }
    }
}
