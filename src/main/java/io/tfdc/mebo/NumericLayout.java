package io.tfdc.mebo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places the encoded metrics of a numeric blob: header, names, index, shared timestamp table, payloads. */
final class NumericLayout {
    private static final int U16 = 65535;

    private final NumericOptions options;
    private final long startTime;
    private final List<EncodedMetric> metrics;
    private final boolean names;
    private final boolean tags;
    private final boolean big;

    /** Per metric the metric whose timestamp column it reads. */
    private final int[] owners;

    private final byte[] sharedTable;

    NumericLayout(NumericOptions options, long startTime, List<EncodedMetric> metrics, boolean names, boolean tags) {
        this.options = options;
        this.startTime = startTime;
        this.metrics = metrics;
        this.names = names;
        this.tags = tags;
        this.big = options.big();
        this.owners = SharedTimestampTable.none(metrics.size());
        this.sharedTable = options.sharedTimestamps() ? share() : new byte[0];
    }

    byte[] write() {
        long[][] deltas = {lengths(0), lengths(1), lengths(2)};
        boolean wide = options.version2() && needsWideEntries(deltas);
        if (!options.version2()) {
            requireNarrow(deltas);
        }
        byte[] nameSection = names ? MetricKeys.section(nameList(), big) : new byte[0];
        byte[] timestamps = PayloadWriter.compress(options.timestampCodec(), payload(0), "timestamp");
        byte[] values = PayloadWriter.compress(options.valueCodec(), payload(1), "value");
        byte[] tagPayload = PayloadWriter.compress(Codec.ZSTD, payload(2), "tag");
        int indexOffset = NumericHeader.SIZE + nameSection.length;
        int timestampOffset = indexOffset + metrics.size() * (wide ? 32 : 16) + sharedTable.length;
        ByteSink out = new ByteSink();
        header(out, wide, indexOffset, timestampOffset, timestamps.length, values.length);
        out.all(nameSection);
        for (int i = 0; i < metrics.size(); i++) {
            entry(out, wide, metrics.get(i), deltas[0][i], deltas[1][i], deltas[2][i]);
        }
        out.all(sharedTable);
        out.all(timestamps);
        out.all(values);
        out.all(tagPayload);
        return out.toArray();
    }

    private void header(
            ByteSink out, boolean wide, int indexOffset, int timestampOffset, int timestampBytes, int valueBytes) {
        Layout layout = wide ? Layout.V2_EXTENDED : options.version2() ? Layout.V2 : Layout.V1;
        int flags = (tags ? NumericHeader.FLAG_TAGS : 0)
                | (big ? NumericHeader.FLAG_BIG : 0)
                | (names ? NumericHeader.FLAG_NAMES : 0)
                | (sharedTable.length > 0 ? NumericHeader.FLAG_SHARED : 0);
        out.u16(layout.magic() | flags, false);
        out.u8(options.valueEncoding().code() << 4 | options.timestampEncoding().code());
        out.u8(options.valueCodec().code() << 4 | options.timestampCodec().code());
        out.i64(startTime, big);
        out.i32(metrics.size(), big);
        out.i32(indexOffset, big);
        out.i32(timestampOffset, big);
        out.i32(Math.addExact(timestampOffset, timestampBytes), big);
        out.i32(Math.addExact(timestampOffset + timestampBytes, valueBytes), big);
    }

    private void entry(ByteSink out, boolean wide, EncodedMetric metric, long timestamps, long values, long tagBytes) {
        out.i64(metric.id(), big);
        if (wide) {
            out.i32(metric.count(), big);
            out.i32((int) timestamps, big);
            out.i32((int) values, big);
            out.i32((int) tagBytes, big);
            out.i64(0, big);
        } else {
            out.u16(metric.count(), big);
            out.u16((int) timestamps, big);
            out.u16((int) values, big);
            out.u16((int) tagBytes, big);
        }
    }

    /** Deltas of the index entries: the length of the column before. */
    private long[] lengths(int kind) {
        long[] deltas = new long[metrics.size()];
        for (int i = 1; i < deltas.length; i++) {
            deltas[i] = column(i - 1, kind).length;
        }
        return deltas;
    }

    private byte[] column(int metric, int kind) {
        EncodedMetric m = metrics.get(metric);
        return switch (kind) {
            case 0 -> owners[metric] == metric ? m.timestamps() : new byte[0];
            case 1 -> m.values();
            default -> tags ? m.tags() : new byte[0];
        };
    }

    private ByteSink payload(int kind) {
        ByteSink payload = new ByteSink();
        for (int i = 0; i < metrics.size(); i++) {
            payload.all(column(i, kind));
        }
        return payload;
    }

    private boolean needsWideEntries(long[][] deltas) {
        for (int i = 0; i < metrics.size(); i++) {
            if (metrics.get(i).count() > U16 || deltas[0][i] > U16 || deltas[1][i] > U16 || deltas[2][i] > U16) {
                return true;
            }
        }
        return false;
    }

    private void requireNarrow(long[][] deltas) {
        String[] kinds = {"timestamps", "values", "tags"};
        for (int kind = 0; kind < kinds.length; kind++) {
            for (int i = 1; i < metrics.size(); i++) {
                if (deltas[kind][i] > U16) {
                    throw new MeboWriteException(
                            "metric " + MetricId.format(metrics.get(i - 1).id()) + ": "
                                    + kinds[kind] + " take " + deltas[kind][i]
                                    + " bytes, expected at most 65535 in version 1; write version 2");
                }
            }
        }
    }

    private List<@Nullable String> nameList() {
        List<@Nullable String> list = new ArrayList<>();
        metrics.forEach(m -> list.add(m.name()));
        return list;
    }

    /** Finds equal timestamp columns, sets {@link #owners} and returns the table, empty if all columns differ. */
    private byte[] share() {
        Map<ByteBuffer, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < metrics.size(); i++) {
            groups.computeIfAbsent(ByteBuffer.wrap(metrics.get(i).timestamps()), key -> new ArrayList<>())
                    .add(i);
        }
        groups.values().removeIf(group -> group.size() == 1);
        if (groups.isEmpty()) {
            return new byte[0];
        }
        ByteSink table = new ByteSink();
        table.u16(groups.size(), big);
        for (List<Integer> group : groups.values()) {
            int canonical = group.get(0);
            table.u16(canonical, big);
            table.u16(group.size() - 1, big);
            for (int member : group.subList(1, group.size())) {
                owners[member] = canonical;
                table.u16(member, big);
            }
        }
        return table.toArray();
    }
}
