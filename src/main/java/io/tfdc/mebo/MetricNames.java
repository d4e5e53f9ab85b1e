package io.tfdc.mebo;

import java.nio.charset.StandardCharsets;

/**
 * The metric names section: one name per index entry.
 *
 * @param hashes XXH64 of the stored bytes of each name
 * @param end blob offset behind the section
 */
record MetricNames(String[] names, long[] hashes, int end) {

    /** Reads the section that starts at blob offset {@code start}. */
    static MetricNames parse(Span blob, int start, long metricCount, boolean big) {
        byte[] bytes = blob.bytes();
        int at = start;
        int count = length(blob, at, big);
        if (count != metricCount) {
            throw new MeboFormatException(
                    MeboSection.METRIC_NAMES, at, metricCount + " names (one per metric)", count + " names");
        }
        at += 2;
        if (2L * count > blob.length() - at) {
            throw new MeboFormatException(
                    MeboSection.METRIC_NAMES, at, count + " names", (blob.length() - at) + " bytes");
        }
        String[] names = new String[count];
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            int length = length(blob, at, big);
            at += 2;
            if (length > blob.length() - at) {
                throw new MeboFormatException(
                        MeboSection.METRIC_NAMES,
                        at,
                        "a name of " + length + " bytes",
                        (blob.length() - at) + " bytes");
            }
            names[i] = new String(bytes, blob.from() + at, length, StandardCharsets.UTF_8);
            hashes[i] = MetricId.ofName(bytes, blob.from() + at, length);
            at += length;
        }
        return new MetricNames(names, hashes, at);
    }

    /** Refuses names that do not hash to the ids of the index, which starts where the names end. */
    void checkHashes(long[] ids, int entrySize) {
        for (int i = 0; i < ids.length; i++) {
            if (hashes[i] != ids[i]) {
                throw new MeboFormatException(
                        MeboSection.INDEX,
                        end + (long) i * entrySize,
                        i,
                        "id " + MetricId.format(hashes[i]) + " (hash of the stored name)",
                        MetricId.format(ids[i]));
            }
        }
    }

    private static int length(Span blob, int at, boolean big) {
        if (at + 2 > blob.length()) {
            throw new MeboFormatException(
                    MeboSection.METRIC_NAMES, at, "a 2-byte length", (blob.length() - at) + " bytes");
        }
        return ByteAccess.u16(blob.bytes(), blob.from() + at, big);
    }
}
