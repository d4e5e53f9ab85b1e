package io.tfdc.mebo;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An opened blob of text metrics: states, events, recipe names. */
public final class TextBlob implements MeboBlob {
    private final TextHeader header;
    private final String @Nullable [] names;
    private final long[] ids;
    private final int[] counts;

    /** Start of each metric's rows in the data section, and behind the last the length of the section. */
    private final int[] starts;

    private final Span data;
    private final MetricLookup lookup;

    private TextBlob(TextHeader header, String @Nullable [] names, long[] ids, int[] counts, int[] starts, Span data) {
        this.header = header;
        this.names = names;
        this.ids = ids;
        this.counts = counts;
        this.starts = starts;
        this.data = data;
        this.lookup = new MetricLookup(ids, names, true);
    }

    static TextBlob open(Span blob, MeboLimits limits) {
        TextHeader header = TextHeader.parse(blob);
        MetricNames names =
                header.names() ? MetricNames.parse(blob, NumericHeader.SIZE, header.metricCount(), header.big()) : null;
        int indexStart = names == null ? NumericHeader.SIZE : names.end();
        if (header.indexOffset() != indexStart) {
            throw NumericHeader.fault(16, "index offset " + indexStart, String.valueOf(header.indexOffset()));
        }
        long indexEnd = indexStart + header.metricCount() * TextHeader.ENTRY_SIZE;
        if (header.dataOffset() != indexEnd) {
            throw NumericHeader.fault(
                    20, "data offset " + indexEnd + " (end of the index)", String.valueOf(header.dataOffset()));
        }
        Span data = StoredPayload.decompress(
                blob,
                header.dataOffset(),
                blob.length(),
                header.codec(),
                limits.maxPayloadBytes(),
                MeboSection.STORED_TEXT);
        if (data.length() != header.dataSize()) {
            throw NumericHeader.fault(24, "data size " + data.length(), String.valueOf(header.dataSize()));
        }
        int n = (int) header.metricCount();
        TextBlob opened = new TextBlob(
                header,
                names == null ? null : names.names(),
                ids(blob, indexStart, n, header.big()),
                new int[n],
                new int[n + 1],
                data);
        opened.readIndex(blob, indexStart, limits);
        if (names != null) {
            names.checkHashes(opened.ids, TextHeader.ENTRY_SIZE);
        }
        return opened;
    }

    @Override
    public Layout layout() {
        return Layout.TEXT;
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

    public TimestampEncoding timestampEncoding() {
        return header.timestampEncoding();
    }

    public Codec codec() {
        return header.codec();
    }

    @Override
    public int metricCount() {
        return ids.length;
    }

    @Override
    public long id(int metric) {
        return ids[metric];
    }

    @Override
    public @Nullable String name(int metric) {
        return names == null ? null : names[metric];
    }

    @Override
    public int count(int metric) {
        return counts[metric];
    }

    @Override
    public int find(long id) {
        return lookup.find(id);
    }

    @Override
    public int find(String name) {
        return lookup.find(name);
    }

    /** Encoded bytes of the metric in the decompressed data section. */
    public int rowBytes(int metric) {
        return starts[metric + 1] - starts[metric];
    }

    /**
     * Hands all rows of a metric to a visitor.
     *
     * @throws MeboFormatException if a row is damaged, possibly after rows were handed out
     */
    public void forEach(int metric, TextVisitor visitor) {
        Column column = new Column(
                MeboSection.TEXT_COLUMN,
                metric,
                data.bytes(),
                data.from() + starts[metric],
                data.from() + starts[metric + 1],
                data.from(),
                counts[metric],
                true);
        new TextRows(column, header).read(visitor);
    }

    /** All rows of a metric as strings, decoded as UTF-8. */
    public List<TextPoint> points(int metric) {
        List<TextPoint> points = new ArrayList<>(count(metric));
        forEach(metric, (timestamp, bytes, valueOffset, valueLength, tagOffset, tagLength) -> {
            points.add(new TextPoint(
                    timestamp,
                    new String(bytes, valueOffset, valueLength, StandardCharsets.UTF_8),
                    new String(bytes, tagOffset, tagLength, StandardCharsets.UTF_8)));
        });
        return points;
    }

    private static long[] ids(Span blob, int indexStart, int n, boolean big) {
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            ids[i] = ByteAccess.i64(blob.bytes(), blob.from() + indexStart + TextHeader.ENTRY_SIZE * i, big);
        }
        return ids;
    }

    private void readIndex(Span blob, int indexStart, MeboLimits limits) {
        int n = ids.length;
        long total = 0;
        for (int i = 0; i < n; i++) {
            int entry = indexStart + TextHeader.ENTRY_SIZE * i;
            int at = blob.from() + entry;
            counts[i] = ByteAccess.u16(blob.bytes(), at + 8, header.big());
            long start = ByteAccess.u32(blob.bytes(), at + 12, header.big());
            if (ByteAccess.u16(blob.bytes(), at + 10, false) != 0) {
                throw fault(entry + 10, i, "2 reserved zero bytes", "other bytes");
            }
            int least = i == 0 ? 0 : starts[i - 1];
            if (start < least || start > data.length() || (i == 0 && start != 0)) {
                throw fault(
                        entry + 12, i, "a row offset of " + least + ".." + (i == 0 ? 0 : data.length()), "" + start);
            }
            starts[i] = (int) start;
            total += counts[i];
            if (counts[i] > limits.maxPointsPerMetric() || total > limits.maxTotalPoints()) {
                throw fault(entry + 8, i, "a number of points within " + limits, counts[i] + " points");
            }
        }
        starts[n] = data.length();
        for (int i = 0; i < n; i++) {
            if (rowBytes(i) < (long) counts[i] * header.leastRow() || (counts[i] == 0 && rowBytes(i) > 0)) {
                int entry = indexStart + TextHeader.ENTRY_SIZE * i;
                throw fault(entry + 8, i, "bytes for " + counts[i] + " rows", rowBytes(i) + " bytes");
            }
        }
    }

    private static MeboFormatException fault(int offset, int metric, String expected, String found) {
        return new MeboFormatException(MeboSection.INDEX, offset, metric, expected, found);
    }
}
