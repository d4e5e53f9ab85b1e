package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MeboLimits;
import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.mebo.TextBlobWriter;
import io.tfdc.mebo.TextOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeboCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CSV = """
            metric,timestamp,value,tag
            temp,1750000000000000,20.25,
            "p,1",1750000000000000,-0.0,ok
            temp,2025-06-15T15:06:41Z,20.5,warn
            "p,1",1750000001000000,NaN,"a ""b\"\"\"
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void csvBecomesABlobAndJsonInGoldenLayout() throws IOException {
        Path blob = folder.resolve("b.mebo");
        assertEquals(0, run("mebo", "encode", "-o", blob.toString(), csv(CSV)));
        assertEquals(0, run("mebo", "cat", "--json", blob.toString()));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        JsonNode temp = JSON.readTree(lines.get(0));
        assertEquals(MetricId.format(MetricId.ofName("temp")), temp.path("id").asText());
        assertFalse(temp.has("name"));
        assertEquals(2, temp.path("count").asInt());
        assertEquals("[1750000000000000,1750000001000000]", temp.path("ts").toString());
        assertEquals("40344000000000004034800000000000", temp.path("valuesHex").asText());
        assertEquals("[\"\",\"warn\"]", temp.path("tags").toString());
        JsonNode other = JSON.readTree(lines.get(1));
        assertEquals("80000000000000007ff8000000000000", other.path("valuesHex").asText());
        assertEquals("[\"ok\",\"a \\\"b\\\"\"]", other.path("tags").toString());
    }

    @Test
    void catAsCsvReadsBackToTheSameBlob() throws IOException {
        Path first = folder.resolve("first.mebo");
        Path second = folder.resolve("second.mebo");
        String[] options = {"--ts", "deltapacked", "--values", "alp", "--shared", "--codec", "s2", "--big-endian"};
        assertEquals(0, run(join(options, "mebo", "encode", "-o", first.toString(), csv(CSV))));
        assertEquals(0, run("mebo", "cat", first.toString()));
        String printed = out.toString();
        assertEquals(0, run(join(options, "mebo", "encode", "--ids", "-o", second.toString(), csv(printed))));
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        NumericBlob blob = (NumericBlob) MeboBlob.open(Files.readAllBytes(second), MeboLimits.DEFAULT);
        assertTrue(blob.hasSharedTimestamps());
    }

    @Test
    void oneMetricIsChosenByNameOrId() throws IOException {
        Path blob = folder.resolve("b.mebo");
        run("mebo", "encode", "-o", blob.toString(), csv(CSV));
        assertEquals(0, run("mebo", "cat", "--metric", "temp", blob.toString()));
        assertEquals(3, out.toString().lines().count());
        out.getBuffer().setLength(0);
        String id = MetricId.format(MetricId.ofName("p,1"));
        assertEquals(0, run("mebo", "cat", "--metric", id, blob.toString()));
        assertTrue(out.toString().contains(id + ",1750000000000000,-0.0,ok"), out.toString());
        assertEquals(2, run("mebo", "cat", "--metric", "none", blob.toString()));
        assertTrue(err.toString().contains("no metric 'none'"), err.toString());
    }

    @Test
    void textKeepsNamesAndBinaryGoesOutAsBase64() throws IOException {
        byte[] bytes = new TextBlobWriter(TextOptions.DEFAULT, 5)
                .add("state", new long[] {5, 9}, List.of("RUN".getBytes(StandardCharsets.UTF_8), new byte[] {-1}), null)
                .finish();
        Path blob = Files.write(folder.resolve("t.mebo"), bytes);
        assertEquals(0, run("mebo", "cat", "--json", blob.toString()));
        JsonNode state = JSON.readTree(out.toString());
        assertEquals("state", state.path("name").asText());
        assertEquals("[\"UlVO\",\"/w==\"]", state.path("textB64").toString());
        assertFalse(state.has("text") || state.has("tags") || state.has("valuesHex"));
        Path written = folder.resolve("w.mebo");
        String csv = csv("metric,timestamp,value\nstate,5,\"RUN, fast\"\nstate,9,\n");
        assertEquals(0, run("mebo", "encode", "--text", "--codec", "zstd", "-o", written.toString(), csv));
        out.getBuffer().setLength(0);
        assertEquals(0, run("mebo", "cat", written.toString()));
        assertEquals("metric,timestamp,value,tag\nstate,5,\"RUN, fast\",\nstate,9,,\n", out.toString());
    }

    @Test
    void inspectTellsEncodingsAndSizes() throws IOException {
        Path blob = folder.resolve("b.mebo");
        run("mebo", "encode", "--values", "chimp", "--v2", "-o", blob.toString(), csv(CSV));
        assertEquals(0, run("mebo", "inspect", "--json", blob.toString()));
        JsonNode facts = JSON.readTree(out.toString());
        assertEquals("V2", facts.path("layout").asText());
        assertEquals("CHIMP", facts.path("valueEncoding").asText());
        assertEquals(4, facts.path("points").asInt());
        assertEquals(Files.size(blob), facts.path("size").asLong());
        assertEquals(2, facts.path("metrics").size());
        out.getBuffer().setLength(0);
        assertEquals(0, run("mebo", "inspect", blob.toString()));
        assertTrue(out.toString().contains("2025-06-15T15:06:40Z"), out.toString());
    }

    @Test
    void badCsvIsRefusedWithFileAndLine() throws IOException {
        String header = "metric,timestamp,value\n";
        assertRefused(":1: expected the header", "time,value\n");
        assertRefused(":3: value: expected a number, found 'x'", header + "a,1,2\na,2,x\n");
        assertRefused(":2: timestamp: expected microseconds", header + "a,noon,2\n");
        assertRefused(":4: expected 3 fields, found 2", header + "\n\na,1\n");
        assertRefused(":2: a quoted field is not closed", header + "\"a,1,2\n");
        assertRefused("expected at least one row", header);
        assertRefused("no such file", null);
    }

    @Test
    void damagedBlobIsReportedWithSectionAndOffset() throws IOException {
        Path blob = folder.resolve("b.mebo");
        run("mebo", "encode", "-o", blob.toString(), csv(CSV));
        byte[] bytes = Files.readAllBytes(blob);
        bytes[2] = 0x30;
        Files.write(blob, bytes);
        assertEquals(1, run("mebo", "cat", blob.toString()));
        assertTrue(
                err.toString().contains(blob + ": header at offset 2: expected timestamp encoding 1, 2 or 5, found 0"),
                err.toString());
    }

    @Test
    void unknownEncodingIsBadUsage() throws IOException {
        assertEquals(2, run("mebo", "encode", "--values", "zip", csv(CSV)));
        assertTrue(err.toString().contains("--values: expected one of raw, gorilla, chimp, alp"), err.toString());
        assertEquals(2, run("mebo"));
    }

    @Test
    void goldenBlobsPrintAsTheirDescription() throws IOException {
        Path golden = Path.of(System.getProperty("project.basedir", "."), "src/test/resources/golden/mebo");
        for (String name : List.of("short_delta_chimp_v2be", "names_collision_v1", "text_raw_none_be_tags")) {
            JsonNode want = JSON.readTree(golden.resolve(name + ".json").toFile());
            out.getBuffer().setLength(0);
            assertEquals(
                    0,
                    run("mebo", "cat", "--json", golden.resolve(name + ".mebo").toString()));
            Iterator<String> lines = out.toString().lines().iterator();
            for (JsonNode metric : want.path("metrics")) {
                JsonNode got = JSON.readTree(lines.next());
                got.properties().forEach(field -> {
                    if (!field.getKey().equals("ts") || metric.has("ts")) {
                        assertEquals(metric.path(field.getKey()), field.getValue(), name + " " + field.getKey());
                    }
                });
            }
            assertFalse(lines.hasNext());
        }
    }

    private void assertRefused(String message, String csv) throws IOException {
        err.getBuffer().setLength(0);
        String file = csv == null ? folder.resolve("missing.csv").toString() : csv(csv);
        assertEquals(2, run("mebo", "encode", "-o", folder.resolve("x").toString(), file));
        assertTrue(err.toString().contains(file) && err.toString().contains(message), err.toString());
    }

    private String csv(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "in", ".csv"), content)
                .toString();
    }

    private int run(String... args) {
        return DefenderCommand.run(args, new PrintWriter(out), new PrintWriter(err));
    }

    private static String[] join(String[] tail, String... head) {
        String[] all = java.util.Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
