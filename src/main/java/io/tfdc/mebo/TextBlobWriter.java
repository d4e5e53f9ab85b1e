package io.tfdc.mebo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds one text blob: add every metric once, then {@link #finish()}. Not for use by several threads. */
public final class TextBlobWriter {
    private static final int MOST_ROWS = 65535;
    private static final int LONGEST = 255;

    private final TextOptions options;
    private final long startTime;
    private final MetricKeys keys = new MetricKeys();
    private final List<@Nullable String> names = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<Integer> offsets = new ArrayList<>();
    private final ByteSink data = new ByteSink();

    /**
     * A writer without metrics.
     *
     * @param startTime sort key of the blob and base of delta timestamps, µs since 1970-01-01 UTC
     */
    public TextBlobWriter(TextOptions options, long startTime) {
        this.options = options;
        this.startTime = startTime;
    }

    /**
     * Adds a metric known by id.
     *
     * @param values UTF-8 by convention, at most 255 bytes each
     * @param tags one per value, at most 255 bytes each; null for empty tags
     * @throws MeboWriteException if the id is 0 or was added before, or a limit is exceeded
     */
    public TextBlobWriter add(long id, long[] timestamps, List<byte[]> values, @Nullable List<byte[]> tags) {
        check(MetricId.format(id), timestamps, values, tags);
        keys.addId(id);
        return encode(null, timestamps, values, tags);
    }

    /** Adds a metric known by name, which is stored; its id is the hash of the name. */
    public TextBlobWriter add(String name, long[] timestamps, List<byte[]> values, @Nullable List<byte[]> tags) {
        check("'" + name + "'", timestamps, values, tags);
        keys.addName(name);
        return encode(name, timestamps, values, tags);
    }

    /** Adds a metric known by name. */
    public TextBlobWriter add(String name, List<TextPoint> points) {
        return add(
                name,
                points.stream().mapToLong(TextPoint::timestamp).toArray(),
                points.stream()
                        .map(p -> p.value().getBytes(StandardCharsets.UTF_8))
                        .toList(),
                options.tags()
                        ? points.stream()
                                .map(p -> p.tag().getBytes(StandardCharsets.UTF_8))
                                .toList()
                        : null);
    }

    /**
     * The blob.
     *
     * @throws MeboWriteException if there is no metric
     */
    public byte[] finish() {
        int n = keys.size();
        if (n == 0) {
            throw new MeboWriteException("a blob needs at least one metric");
        }
        boolean big = options.big();
        byte[] nameSection = keys.byName() ? MetricKeys.section(names, big) : new byte[0];
        int indexOffset = NumericHeader.SIZE + nameSection.length;
        ByteSink out = new ByteSink();
        int flags = (options.tags() ? NumericHeader.FLAG_TAGS : 0)
                | (big ? NumericHeader.FLAG_BIG : 0)
                | (keys.byName() ? NumericHeader.FLAG_NAMES : 0);
        out.u16(Layout.TEXT.magic() | flags, false);
        out.u8(options.timestampEncoding().code());
        out.u8(options.codec().code());
        out.i64(startTime, big);
        out.i32(n, big);
        out.i32(indexOffset, big);
        out.i32(indexOffset + n * TextHeader.ENTRY_SIZE, big);
        out.i32(data.size(), big);
        out.i32(0, big);
        out.all(nameSection);
        long[] ids = keys.ids();
        for (int i = 0; i < n; i++) {
            out.i64(ids[i], big);
            out.u16(counts.get(i), big);
            out.u16(0, big);
            out.i32(offsets.get(i), big);
        }
        out.all(PayloadWriter.compress(options.codec(), data, "text"));
        return out.toArray();
    }

    private void check(String metric, long[] timestamps, List<byte[]> values, @Nullable List<byte[]> tags) {
        if (timestamps.length == 0 || timestamps.length > MOST_ROWS) {
            throw new MeboWriteException(
                    "metric " + metric + ": expected 1.." + MOST_ROWS + " rows, found " + timestamps.length);
        }
        if (values.size() != timestamps.length || (tags != null && tags.size() != timestamps.length)) {
            throw new MeboWriteException("metric " + metric + ": expected " + timestamps.length
                    + " values and tags, found " + values.size() + " and " + (tags == null ? "none" : tags.size()));
        }
        if (tags != null && !options.tags()) {
            throw new MeboWriteException("metric " + metric + ": expected no tags (they are switched off)");
        }
        for (int i = 0; i < timestamps.length; i++) {
            int longest = Math.max(values.get(i).length, tags == null ? 0 : tags.get(i).length);
            if (longest > LONGEST) {
                throw new MeboWriteException("metric " + metric + ", row " + i
                        + ": expected at most 255 bytes of value and of tag, found " + longest);
            }
        }
    }

    private TextBlobWriter encode(
            @Nullable String name, long[] timestamps, List<byte[]> values, @Nullable List<byte[]> tags) {
        names.add(name);
        counts.add(timestamps.length);
        offsets.add(data.size());
        long previous = startTime;
        for (int i = 0; i < timestamps.length; i++) {
            if (options.timestampEncoding() == TimestampEncoding.RAW) {
                data.u8(8);
                data.i64(timestamps[i], options.big());
            } else {
                data.varint(TimestampEncoder.zigzag(timestamps[i] - previous));
                previous = timestamps[i];
            }
            byte[] tag = tags == null ? new byte[0] : tags.get(i);
            data.u8(values.get(i).length);
            if (options.tags()) {
                data.u8(tag.length);
            }
            data.all(values.get(i));
            data.all(tag);
        }
        return this;
    }
}
