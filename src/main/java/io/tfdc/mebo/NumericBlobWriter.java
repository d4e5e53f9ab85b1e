package io.tfdc.mebo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds one numeric blob: add every metric once, then {@link #finish()}. Bytes equal those of the Go library for the
 * same input and options, compressed payloads excepted. Not for use by several threads.
 */
public final class NumericBlobWriter {
    private final NumericOptions options;
    private final long startTime;
    private final MetricKeys keys = new MetricKeys();
    private final List<EncodedMetric> metrics = new ArrayList<>();
    private boolean anyTag;

    /**
     * A writer without metrics.
     *
     * @param startTime sort key of the blob, µs since 1970-01-01 UTC
     */
    public NumericBlobWriter(NumericOptions options, long startTime) {
        this.options = options;
        this.startTime = startTime;
    }

    /**
     * Adds a metric known by id; the points are those at positions {@code from} to {@code from + count}.
     *
     * @throws MeboWriteException if the id is 0 or was added before, or a limit of the layout is exceeded
     */
    public NumericBlobWriter add(long id, long[] timestamps, double[] values, int from, int count) {
        return add(id, timestamps, values, from, count, null);
    }

    /**
     * Adds a metric known by id with a tag per point.
     *
     * @param tags per point of the metric (from position 0 on) its tag, UTF-8; null, also in places, stands for
     *     empty tags
     */
    public NumericBlobWriter add(
            long id, long[] timestamps, double[] values, int from, int count, byte @Nullable [] @Nullable [] tags) {
        check(MetricId.format(id), timestamps, values, from, count, tags);
        keys.addId(id);
        return encode(id, null, timestamps, values, from, count, tags);
    }

    /** Adds a metric known by name; its id is the hash of the name. */
    public NumericBlobWriter add(String name, long[] timestamps, double[] values, int from, int count) {
        return add(name, timestamps, values, from, count, null);
    }

    /** Adds a metric known by name with a tag per point. */
    public NumericBlobWriter add(
            String name, long[] timestamps, double[] values, int from, int count, byte @Nullable [] @Nullable [] tags) {
        check("'" + name + "'", timestamps, values, from, count, tags);
        return encode(keys.addName(name), name, timestamps, values, from, count, tags);
    }

    /**
     * The blob.
     *
     * @throws MeboWriteException if there is no metric, or a column or payload is too long for the layout
     */
    public byte[] finish() {
        if (metrics.isEmpty()) {
            throw new MeboWriteException("a blob needs at least one metric");
        }
        List<EncodedMetric> ordered = options.version2() ? byId() : metrics;
        return new NumericLayout(options, startTime, ordered, keys.hasCollision(), anyTag).write();
    }

    private List<EncodedMetric> byId() {
        return Arrays.stream(MetricLookup.sortedOrder(keys.ids()))
                .mapToObj(metrics::get)
                .toList();
    }

    private void check(
            String metric,
            long[] timestamps,
            double[] values,
            int from,
            int count,
            byte @Nullable [] @Nullable [] tags) {
        java.util.Objects.checkFromIndexSize(from, count, timestamps.length);
        java.util.Objects.checkFromIndexSize(from, count, values.length);
        if (count == 0) {
            throw new MeboWriteException("metric " + metric + ": expected at least one point");
        }
        if (!options.version2() && count > options.mostPointsVersion1()) {
            throw new MeboWriteException("metric " + metric + ": expected at most " + options.mostPointsVersion1()
                    + " points in version 1, found " + count);
        }
        if (tags != null && (!options.tags() || tags.length != count)) {
            throw new MeboWriteException("metric " + metric + ": expected "
                    + (options.tags() ? count + " tags" : "no tags (they are switched off)") + ", found "
                    + tags.length);
        }
    }

    private NumericBlobWriter encode(
            long id,
            @Nullable String name,
            long[] timestamps,
            double[] values,
            int from,
            int count,
            byte @Nullable [] @Nullable [] tags) {
        metrics.add(new EncodedMetric(
                id,
                name,
                count,
                TimestampEncoder.encode(options.timestampEncoding(), timestamps, from, count, options.big()),
                ValueEncoder.encode(options.valueEncoding(), values, from, count, options.big()),
                options.tags() ? tagColumn(tags, count) : new byte[0]));
        return this;
    }

    private byte[] tagColumn(byte @Nullable [] @Nullable [] tags, int count) {
        ByteSink out = new ByteSink();
        for (int i = 0; i < count; i++) {
            byte[] tag = tags == null ? null : tags[i];
            if (tag == null) {
                out.u8(0);
            } else {
                out.varint(tag.length);
                out.all(tag);
                anyTag |= tag.length > 0;
            }
        }
        return out.toArray();
    }
}
