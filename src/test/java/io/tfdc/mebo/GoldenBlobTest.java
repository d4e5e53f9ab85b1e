package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class GoldenBlobTest {
    @TestFactory
    Stream<DynamicTest> everyGoldenBlobDecodesToTheBit() {
        return GoldenCase.ofKind("numeric", "text").map(c -> DynamicTest.dynamicTest(c.name(), () -> decodes(c)));
    }

    @TestFactory
    Stream<DynamicTest> everyCorruptBlobIsRefusedOrReadAsTheReferenceDoes() {
        return GoldenCase.ofKind("corrupt").map(c -> DynamicTest.dynamicTest(c.name(), () -> refuses(c)));
    }

    @TestFactory
    Stream<DynamicTest> everyBlobSetConcatenatesItsBlobsByStartTime() {
        return GoldenCase.ofKind("blobset").map(c -> DynamicTest.dynamicTest(c.name(), () -> concatenates(c)));
    }

    @Test
    void bundledCasesArePresent() {
        assertTrue(GoldenCase.bundled().size() >= 30);
    }

    @Test
    void sharedGoldenFolderIsReadWhereItIsPresent() {
        Path shared = Path.of(System.getProperty("shared.data", ""), "mebo");
        assumeTrue(Files.isDirectory(shared), () -> "no golden folder " + shared);
        assertTrue(GoldenCase.all().size() > GoldenCase.bundled().size());
    }

    private static void decodes(GoldenCase golden) {
        JsonNode json = golden.json();
        byte[] bytes = golden.blob();
        MeboBlob blob = MeboBlob.open(bytes, MeboLimits.DEFAULT);
        assertEquals(json.path("kind").asText(), blob instanceof NumericBlob ? "numeric" : "text");
        assertEquals(json.path("header").path("startTime").longValue(), blob.startTime());
        assertEquals(json.path("hasTags").asBoolean(), blob.hasTags());
        List<Decoded> decoded = Decoded.all(blob);
        GoldenExpectation.assertMetrics(json.path("metrics"), decoded, blob.hasTags(), blob.hasNames());
        for (int i = 0; i < decoded.size(); i++) {
            JsonNode metric = json.path("metrics").get(i);
            assertEquals(blob.hasNames() ? metric.path("name").asText() : null, blob.name(i));
            if (blob.hasNames()) {
                assertEquals(i, blob.find(metric.path("name").asText()));
            } else if (json.path("encoder").path("identifiers").asText().equals("name")) {
                assertEquals(i, blob.find(metric.path("name").asText()));
                assertEquals(i, blob.find(blob.id(i)));
            } else {
                assertEquals(i, blob.find(blob.id(i)));
            }
        }
        if (blob instanceof NumericBlob numeric) {
            assertStreamed(numeric, decoded);
        }
        byte[] framed = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, framed, 3, bytes.length);
        MeboBlob slice = MeboBlob.open(framed, 3, bytes.length, MeboLimits.DEFAULT);
        GoldenExpectation.assertMetrics(json.path("metrics"), Decoded.all(slice), blob.hasTags(), blob.hasNames());
    }

    private static void assertStreamed(NumericBlob blob, List<Decoded> decoded) {
        for (int i = 0; i < decoded.size(); i++) {
            Decoded want = decoded.get(i);
            long[] times = new long[want.times().length];
            long[] bits = new long[times.length];
            int[] done = {0};
            blob.forEach(i, (time, value) -> {
                times[done[0]] = time;
                bits[done[0]++] = Double.doubleToRawLongBits(value);
            });
            assertArrayEquals(want.times(), times);
            assertArrayEquals(want.valueBits(), bits);
        }
    }

    private static void refuses(GoldenCase golden) {
        JsonNode json = golden.json();
        List<Decoded> decoded;
        try {
            decoded = Decoded.all(MeboBlob.open(golden.blob(), MeboLimits.DEFAULT));
        } catch (MeboFormatException refused) {
            assertTrue(refused.offset() >= 0, refused::toString);
            assertTrue(
                    String.valueOf(refused.getMessage())
                            .startsWith(refused.section().label()),
                    refused::toString);
            return;
        }
        String expect = json.path("expect").asText();
        assertTrue(
                !expect.equals("error"), "must be refused: " + json.path("note").asText());
        JsonNode metrics = json.path("go").path("metrics");
        for (int i = 0; i < metrics.size(); i++) {
            JsonNode want = metrics.get(i);
            Decoded got = decoded.get(i);
            assertEquals(want.path("id").asText(), MetricId.format(got.id()));
            if (expect.equals("match-go-or-error")) {
                GoldenExpectation.assertDigest(want, "tsSha256", got.times(), "metric " + i);
                if (got.numeric()) {
                    GoldenExpectation.assertDigest(want, "valuesSha256", got.valueBits(), "metric " + i);
                }
            } else {
                assertCommonPrefix(GoldenExpectation.longs(want.path("ts")), got.times());
                if (got.numeric()) {
                    assertCommonPrefix(
                            GoldenExpectation.hexWords(want.path("valuesHex").asText()), got.valueBits());
                }
            }
        }
    }

    private static void assertCommonPrefix(long[] want, long[] got) {
        int n = Math.min(want.length, got.length);
        assertArrayEquals(Arrays.copyOf(want, n), Arrays.copyOf(got, n));
    }

    private static void concatenates(GoldenCase golden) {
        JsonNode json = golden.json();
        List<byte[]> inputs = new ArrayList<>();
        json.path("files").forEach(file -> inputs.add(golden.blob(file.asText())));
        inputs.add("no blob at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        BlobSet set = BlobSet.open(inputs, MeboLimits.DEFAULT);
        assertEquals(
                json.path("files").size(),
                set.numericBlobs().size() + set.textBlobs().size());
        json.path("numeric").forEach(want -> assertNumeric(set, want));
        json.path("text").forEach(want -> assertText(set, want));
    }

    private static void assertNumeric(BlobSet set, JsonNode want) {
        long id = Long.parseUnsignedLong(want.path("id").asText(), 16);
        int count = want.path("count").asInt();
        assertEquals(count, set.count(id));
        long[] times = new long[count];
        double[] values = new double[count];
        assertEquals(count, set.decode(id, times, values));
        assertArrayEquals(GoldenExpectation.longs(want.path("ts")), times);
        assertArrayEquals(GoldenExpectation.hexWords(want.path("valuesHex").asText()), Decoded.bits(values));
        List<byte[]> tags = new ArrayList<>();
        set.forEachTag(id, (i, bytes, at, length) -> {
            assertEquals(tags.size(), i);
            tags.add(Arrays.copyOfRange(bytes, at, at + length));
        });
        if (want.has("tags") || want.has("tagsB64")) {
            GoldenExpectation.assertStrings(GoldenExpectation.strings(want, "tags", count), tags, "tags");
        }
        int[] done = {0};
        set.forEach(id, (time, value) -> assertEquals(times[done[0]++], time));
        assertEquals(count, done[0]);
    }

    private static void assertText(BlobSet set, JsonNode want) {
        long id = Long.parseUnsignedLong(want.path("id").asText(), 16);
        int count = want.path("count").asInt();
        assertEquals(count, set.textCount(id));
        List<Long> times = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        set.forEachRow(id, (time, bytes, at, length, tagAt, tagLength) -> {
            times.add(time);
            values.add(Arrays.copyOfRange(bytes, at, at + length));
        });
        assertArrayEquals(
                GoldenExpectation.longs(want.path("ts")),
                times.stream().mapToLong(Long::longValue).toArray());
        GoldenExpectation.assertStrings(GoldenExpectation.strings(want, "text", count), values, "text");
    }
}
