package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyCommandTest {
    private static final String GOOD = """
            apiVersion: fdc/v1
            strategy: good
            version: 3
            indicators:
              - { id: x, svid: X, step: 5, stat: mean }
            rules:
              - { id: r, when: { outside: stat, of: x }, severity: alarm }
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aGoodDocumentIsSummarised() throws IOException {
        String file = file("good.yaml", GOOD);
        assertEquals(0, run("strategy", "check", file));
        assertEquals(
                file + ": OK, strategy good@3, active, for everything: 1 indicators, 1 rules, 0 overrides\n",
                out.toString());
    }

    @Test
    void allProblemsOfAllFilesArePrintedAndTheExitCodeIsOne() throws IOException {
        String first = file("a.yaml", GOOD.replace("of: x", "of: y").replace("severity: alarm", "severity: loud"));
        String second = file("b.yaml", "strategy: [");
        assertEquals(1, run("strategy", "check", first, second));
        String text = out.toString();
        assertTrue(text.contains(first + ":7:41: rules[0].when.of: no indicator is called \"y\""), text);
        assertTrue(text.contains(first + ":7:56: rules[0].severity: expected one of"), text);
        assertTrue(text.contains(second + ":1:"), text);
        assertEquals(3, text.lines().count(), text);
    }

    @Test
    void documentsAreCheckedTogether() throws IOException {
        String first = file("a.yaml", GOOD);
        String second = file("b.yaml", GOOD.replace("strategy: good", "strategy: other"));
        assertEquals(1, run("strategy", "check", first, second));
        assertTrue(out.toString().contains("matches some of the same runs as closely"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("strategy", "check", first));
        assertEquals(1, run("strategy", "check", folder.toString()));
    }

    @Test
    void jsonForMachines() throws IOException {
        String file = file("bad.yaml", GOOD.replace("version: 3", "version: none"));
        assertEquals(1, run("strategy", "check", "--json", file));
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(false, json.path("ok").asBoolean());
        JsonNode problem = json.path("problems").path(0);
        assertEquals(3, problem.path("line").asInt());
        assertEquals(10, problem.path("column").asInt());
        assertEquals("version", problem.path("path").asText());
    }

    @Test
    void aMissingFileIsAUsageError() {
        assertEquals(2, run("strategy", "check", folder.resolve("none.yaml").toString()));
        assertTrue(err.toString().contains("none.yaml"), err.toString());
        assertEquals(2, run("strategy"));
    }

    @Test
    void theStrategiesOfTheProgramAreGood() {
        assertEquals(0, run("strategy", "check", "src/main/resources/strategies/default.yaml"), out.toString());
        assertEquals(0, run("strategy", "check", "src/main/resources/strategies/demo.yaml"), out.toString());
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... args) {
        return DefenderCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
