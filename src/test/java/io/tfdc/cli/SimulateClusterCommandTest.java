package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulateClusterCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "simulate-cluster";
        System.arraycopy(args, 0, all, 1, args.length);
        return DefenderCommand.run(all, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void manySeedsAreOneObjectEachAndASummary() throws Exception {
        assertEquals(0, run("--seeds", "3..5", "--minutes", "0.5", "--members", "3", "--json"), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), out::toString);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode first = mapper.readTree(lines.get(0));
        assertEquals(3, first.path("seed").asInt());
        assertEquals(3, first.path("members").asInt());
        assertTrue(first.path("passed").asBoolean());
        JsonNode summary = mapper.readTree(lines.get(3));
        assertEquals(3, summary.path("seeds").asInt());
        assertEquals(0, summary.path("failed").asInt());
        assertTrue(summary.path("uncovered").has("cold-start"), out::toString);
    }

    @Test
    void aBrokenPromiseIsATimelineAndCodeOne() {
        int code = run("--seed", "1", "--faults", "pod-loss", "--bug", "no-fencing", "--lines", "15");
        assertEquals(1, code, out::toString);
        assertTrue(out.toString().contains("COVERAGE: "), out::toString);
        assertTrue(out.toString().contains("seed 1: FAILED"), out::toString);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (List<String> wrong : List.of(
                List.of("--faults", "earthquake"),
                List.of("--faults", "cold-start"),
                List.of("--seeds", "5..3"),
                List.of("--seeds", "1..2", "--seed", "1"),
                List.of("--members", "0"),
                List.of("--minutes", "-1"),
                List.of("--bug", "typo"),
                List.of("--broker", "kafka"))) {
            assertEquals(2, run(wrong.toArray(String[]::new)), () -> wrong + ": " + out);
        }
    }
}
