package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Decoded golden content, written again with the settings of the golden description. */
class GoldenReencodingTest {
    @TestFactory
    Stream<DynamicTest> everyGoldenBlobIsWrittenAgain() {
        return GoldenCase.ofKind("numeric", "text").map(c -> DynamicTest.dynamicTest(c.name(), () -> rewrites(c)));
    }

    private static void rewrites(GoldenCase golden) {
        JsonNode json = golden.json();
        JsonNode encoder = json.path("encoder");
        if (encoder.path("handmade").asBoolean()) {
            return;
        }
        byte[] want = golden.blob();
        MeboBlob blob = MeboBlob.open(want, MeboLimits.DEFAULT);
        List<Decoded> metrics = Decoded.all(blob);
        byte[] got = blob instanceof NumericBlob
                ? writeNumeric(json, metrics, blob.startTime())
                : writeText(json, metrics, blob.startTime());
        boolean exact = blob instanceof NumericBlob numeric
                ? numeric.timestampCodec() == Codec.NONE && numeric.valueCodec() == Codec.NONE
                : ((TextBlob) blob).codec() == Codec.NONE;
        if (exact) {
            int end = blob.hasTags() && blob instanceof NumericBlob
                    ? ByteAccess.i32(want, 28, blob.byteOrder() == ByteOrder.BIG_ENDIAN)
                    : want.length;
            assertArrayEquals(Arrays.copyOf(want, end), Arrays.copyOf(got, end));
            assertEquals(want.length == end, got.length == end);
        }
        MeboBlob again = MeboBlob.open(got, MeboLimits.DEFAULT);
        assertEquals(blob.layout(), again.layout());
        GoldenExpectation.assertMetrics(json.path("metrics"), Decoded.all(again), again.hasTags(), again.hasNames());
    }

    private static byte[] writeNumeric(JsonNode json, List<Decoded> metrics, long startTime) {
        JsonNode encoder = json.path("encoder");
        NumericOptions options = new NumericOptions(
                timestampEncoding(encoder),
                ValueEncoding.valueOf(encoder.path("values").asText().toUpperCase(java.util.Locale.ROOT)),
                codec(encoder, "tsCodec"),
                codec(encoder, "valueCodec"),
                order(encoder),
                encoder.path("layoutV2").asBoolean(),
                encoder.path("sharedTimestamps").asBoolean(),
                encoder.path("tagsEnabled").asBoolean());
        NumericBlobWriter writer = new NumericBlobWriter(options, startTime);
        for (int i = 0; i < metrics.size(); i++) {
            Decoded m = metrics.get(i);
            double[] values = Arrays.stream(m.valueBits())
                    .mapToDouble(Double::longBitsToDouble)
                    .toArray();
            byte[][] tags = options.tags() ? m.tags().toArray(byte[][]::new) : null;
            if (byName(encoder)) {
                writer.add(name(json, i), m.times(), values, 0, values.length, tags);
            } else {
                writer.add(m.id(), m.times(), values, 0, values.length, tags);
            }
        }
        return writer.finish();
    }

    private static byte[] writeText(JsonNode json, List<Decoded> metrics, long startTime) {
        JsonNode encoder = json.path("encoder");
        TextOptions options = new TextOptions(
                timestampEncoding(encoder),
                codec(encoder, "codec"),
                order(encoder),
                encoder.path("tagsEnabled").asBoolean());
        TextBlobWriter writer = new TextBlobWriter(options, startTime);
        for (int i = 0; i < metrics.size(); i++) {
            Decoded m = metrics.get(i);
            List<byte[]> tags = options.tags() ? m.tags() : null;
            if (byName(encoder)) {
                writer.add(name(json, i), m.times(), m.text(), tags);
            } else {
                writer.add(m.id(), m.times(), m.text(), tags);
            }
        }
        return writer.finish();
    }

    private static String name(JsonNode json, int metric) {
        return json.path("metrics").get(metric).path("name").asText();
    }

    private static boolean byName(JsonNode encoder) {
        return encoder.path("identifiers").asText().equals("name");
    }

    private static ByteOrder order(JsonNode encoder) {
        return encoder.path("endian").asText().equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static Codec codec(JsonNode encoder, String field) {
        return Codec.valueOf(encoder.path(field).asText().toUpperCase(java.util.Locale.ROOT));
    }

    private static TimestampEncoding timestampEncoding(JsonNode encoder) {
        String text = encoder.path("ts").asText();
        return text.equals("dpack")
                ? TimestampEncoding.DELTA_PACKED
                : TimestampEncoding.valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }
}
