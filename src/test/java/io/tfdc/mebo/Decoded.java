package io.tfdc.mebo;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything a blob says about one metric, taken out through the public entry points. */
record Decoded(
        boolean numeric,
        long id,
        @Nullable String name,
        long[] times,
        long[] valueBits,
        List<byte[]> text,
        List<byte[]> tags) {

    static List<Decoded> all(MeboBlob blob) {
        List<Decoded> metrics = new ArrayList<>();
        for (int i = 0; i < blob.metricCount(); i++) {
            metrics.add(blob instanceof NumericBlob n ? numeric(n, i) : text((TextBlob) blob, i));
        }
        return metrics;
    }

    static Decoded numeric(NumericBlob blob, int metric) {
        long[] times = new long[blob.count(metric)];
        double[] values = new double[times.length];
        blob.decodeTimestamps(metric, times, 0);
        blob.decodeValues(metric, values, 0);
        List<byte[]> tags = new ArrayList<>();
        blob.forEachTag(metric, (i, bytes, at, length) -> tags.add(Arrays.copyOfRange(bytes, at, at + length)));
        return new Decoded(true, blob.id(metric), blob.name(metric), times, bits(values), List.of(), tags);
    }

    static Decoded text(TextBlob blob, int metric) {
        List<Long> times = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        List<byte[]> tags = new ArrayList<>();
        blob.forEach(metric, (time, bytes, at, length, tagAt, tagLength) -> {
            times.add(time);
            values.add(Arrays.copyOfRange(bytes, at, at + length));
            tags.add(Arrays.copyOfRange(bytes, tagAt, tagAt + tagLength));
        });
        return new Decoded(
                false,
                blob.id(metric),
                blob.name(metric),
                times.stream().mapToLong(Long::longValue).toArray(),
                new long[0],
                values,
                tags);
    }

    static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    static String sha256(long[] items) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * items.length);
        buffer.asLongBuffer().put(items);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(buffer.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
