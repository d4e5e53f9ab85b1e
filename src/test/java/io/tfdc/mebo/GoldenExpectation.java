package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Compares decoded metrics with the metrics of a golden description. */
final class GoldenExpectation {
    private GoldenExpectation() {}

    static void assertMetrics(JsonNode metrics, List<Decoded> decoded, boolean hasTags, boolean hasNames) {
        assertEquals(metrics.size(), decoded.size(), "number of metrics");
        for (int i = 0; i < decoded.size(); i++) {
            assertMetric(metrics, i, decoded.get(i), hasTags, hasNames);
        }
    }

    private static void assertMetric(JsonNode metrics, int i, Decoded got, boolean hasTags, boolean hasNames) {
        JsonNode want = metrics.get(i);
        String where = "metric " + i + " (" + want.path("id").asText() + ")";
        assertEquals(want.path("id").asText(), MetricId.format(got.id()), where);
        assertEquals(want.path("count").asInt(), got.times().length, where + " count");
        if (hasNames) {
            assertEquals(want.path("name").asText(), got.name(), where + " name");
        }
        JsonNode times = want.has("tsSameAs")
                ? metrics.get(want.path("tsSameAs").asInt()).path("ts")
                : want.path("ts");
        if (times.isArray()) {
            assertArrayEquals(longs(times), got.times(), where + " timestamps");
        }
        assertDigest(want, "tsSha256", got.times(), where);
        if (got.numeric()) {
            if (want.has("valuesHex")) {
                assertArrayEquals(hexWords(want.path("valuesHex").asText()), got.valueBits(), where + " values");
            }
            assertDigest(want, "valuesSha256", got.valueBits(), where);
            assertEnds(want, got, where);
        } else {
            assertStrings(strings(want, "text", got.times().length), got.text(), where + " text");
        }
        if (hasTags) {
            assertStrings(strings(want, "tags", got.times().length), got.tags(), where + " tags");
        } else {
            got.tags().forEach(tag -> assertEquals(0, tag.length, where + " tags"));
        }
    }

    static void assertDigest(JsonNode want, String field, long[] got, String where) {
        if (want.has(field)) {
            assertEquals(want.path(field).asText(), Decoded.sha256(got), where + " " + field);
        }
    }

    private static void assertEnds(JsonNode want, Decoded got, String where) {
        for (String end : List.of("first", "last")) {
            if (want.has(end)) {
                int at = end.equals("first") ? 0 : got.times().length - 1;
                assertEquals(want.path(end).path("ts").asLong(), got.times()[at], where + " " + end);
                assertEquals(
                        want.path(end).path("valueHex").asText(),
                        MetricId.format(got.valueBits()[at]),
                        where + " " + end);
            }
        }
    }

    static void assertStrings(List<byte[]> want, List<byte[]> got, String where) {
        assertEquals(want.size(), got.size(), where);
        for (int i = 0; i < want.size(); i++) {
            assertArrayEquals(want.get(i), got.get(i), where + "[" + i + "]");
        }
    }

    /** The array {@code field} or its base64 form; a metric without points has neither. */
    static List<byte[]> strings(JsonNode metric, String field, int count) {
        List<byte[]> strings = new ArrayList<>();
        JsonNode plain = metric.path(field);
        plain.forEach(s -> strings.add(s.asText().getBytes(StandardCharsets.UTF_8)));
        metric.path(field + "B64").forEach(s -> strings.add(Base64.getDecoder().decode(s.asText())));
        assertEquals(count, strings.size(), field);
        return strings;
    }

    static long[] longs(JsonNode array) {
        long[] longs = new long[array.size()];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = array.get(i).longValue();
        }
        return longs;
    }

    static long[] hexWords(String hex) {
        long[] words = new long[hex.length() / 16];
        for (int i = 0; i < words.length; i++) {
            words[i] = Long.parseUnsignedLong(hex, 16 * i, 16 * i + 16, 16);
        }
        return words;
    }
}
