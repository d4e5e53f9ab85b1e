package io.tfdc.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tfdc.cli.DefenderCommand;
import io.tfdc.simulator.FaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {
    @TempDir
    Path folder;

    @Test
    void aRunOfTheCommandEndsWithAJsonSummary() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = DefenderCommand.run(
                new String[] {"demo", "--runs", "400", "--json"}, new PrintWriter(out), new PrintWriter(err));
        assertEquals(0, code, err::toString);
        JsonNode summary = new ObjectMapper().readTree(out.toString());
        assertEquals(400, summary.path("runs").asInt(), out::toString);
        assertEquals(0, summary.path("failedAttempts").asInt(), out::toString);
        assertEquals(0, summary.path("deadLettered").asInt(), out::toString);
        assertEquals(0, summary.path("unmatchedRuns").asInt(), out::toString);
        assertTrue(summary.path("uChartPoints").asLong() > 400 * 50, out::toString);
        assertTrue(summary.path("alarms").path("total").asInt() > 0, out::toString);
        assertTrue(summary.path("faults").path("found").asInt() > 0, out::toString);
        assertTrue(summary.path("latencyMillis").path("p50").asDouble() > 0, out::toString);
        assertTrue(summary.path("cacheHitRate").asDouble() > 0.8, out::toString);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mostFaultsAreFoundAndFewGoodRunsAlarmed(long seed) throws IOException {
        DemoSummary summary = run(options(1_000, seed, 4, List.of(), null));
        String result = "seed " + seed + ": " + summary.json();
        assertTrue(summary.faults().injected() >= 20, result);
        assertTrue(summary.faults().found() >= 0.85 * summary.faults().injected(), result);
        assertTrue(summary.falseAlarmRuns() <= 0.02 * summary.goodRuns(), result);
        assertTrue(summary.falseWarningRuns() <= 0.05 * summary.goodRuns(), result);
        assertEquals(0, summary.failed() + summary.deadLettered() + summary.unmatched(), result);
        assertTrue(summary.chartsJudged() > 0 && summary.chartsLearning() == 0, result);
        for (FaultKind certain : List.of(FaultKind.MISSING_SVID, FaultKind.EARLY_END, FaultKind.REFLECTED_BURST)) {
            if (summary.faultsByKind().containsKey(certain)) {
                assertEquals(0, summary.faultsByKind().get(certain).missed(), result);
            }
        }
    }

    @Test
    void theSameSeedYieldsTheSameAlarms() throws IOException {
        DemoSummary one = run(options(400, 6, 2, List.of(), null));
        DemoSummary other = run(options(400, 6, 2, List.of(), null));
        assertTrue(one.alarms() > 0, one::json);
        assertEquals(one.byRule(), other.byRule());
        assertEquals(one.bySeverity(), other.bySeverity());
        assertEquals(one.missed(), other.missed());
        assertEquals(one.chartBytes(), other.chartBytes());
    }

    @Test
    void withoutFaultsTheFabIsQuiet() throws IOException {
        DemoSummary summary = run(new DemoOptions(600, 5, 3, 0, fast(), List.of(), List.of(), null, -1));
        assertEquals(0, summary.faults().injected());
        assertEquals(600, summary.goodRuns());
        assertTrue(summary.falseAlarmRuns() <= 12, summary::json);
    }

    @Test
    void theStoreIsKeptWhereItIsAskedFor() throws IOException {
        Path keep = folder.resolve("kept");
        run(options(50, 1, 1, List.of(), keep));
        assertTrue(Files.size(keep.resolve("charts.db")) > 10_000);
    }

    @Test
    void anEndlessDemoEndsWhenItIsStopped() throws IOException {
        WatchedOutput output = new WatchedOutput();
        Demo demo = new Demo(
                new DemoOptions(Long.MAX_VALUE, 1, 1, 0.05, fast(), List.of(), List.of(), null, -1),
                Demo.Display.LINES,
                new PrintWriter(output),
                false);
        output.onLine(".* [1-9][0-9,]* runs .*", demo::stop);
        DemoSummary summary = demo.run();
        assertTrue(summary.runs() > 0, summary::json);
        assertEquals(0, summary.failed() + summary.deadLettered(), summary::json);
    }

    @Test
    void plainLinesTellProgressAndAlarms() throws IOException {
        StringWriter out = new StringWriter();
        DemoOptions options = options(300, 1, 2, List.of(), null);
        new Demo(options, Demo.Display.LINES, new PrintWriter(out), false).run();
        assertTrue(out.toString().contains("runs/s"), out::toString);
        assertFalse(out.toString().contains("\u001b"), out::toString);
    }

    @Test
    void aStrategyThatIsRefusedEndsTheCommandWithItsProblems() throws IOException {
        Path strategy = Files.writeString(folder.resolve("bad.yaml"), "apiVersion: fdc/v1\nstrategy: x\nrulez: []\n");
        StringWriter err = new StringWriter();
        int code = DefenderCommand.run(
                new String[] {"demo", "--runs", "1", "--strategy", strategy.toString()},
                new PrintWriter(new StringWriter()),
                new PrintWriter(err));
        assertTrue(code != 0);
        assertTrue(err.toString().contains("bad.yaml:3"), err::toString);
    }

    @Test
    void aMissingTraceFileEndsTheCommand() {
        StringWriter err = new StringWriter();
        int code = DefenderCommand.run(
                new String[] {"demo", "--csv", folder.resolve("none.csv").toString()},
                new PrintWriter(new StringWriter()),
                new PrintWriter(err));
        assertEquals(1, code);
        assertTrue(err.toString().contains("none.csv"), err::toString);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        for (String[] wrong : new String[][] {{"--runs", "0"}, {"--tools", "0"}, {"--faults", "2"}, {"--rate", "-1"}}) {
            StringWriter err = new StringWriter();
            int code = DefenderCommand.run(
                    Stream.concat(Stream.of("demo"), Stream.of(wrong)).toArray(String[]::new),
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err));
            assertEquals(2, code, err::toString);
        }
        assertThrows(IllegalArgumentException.class, () -> options(-1, 1, 1, List.of(), null));
    }

    @Test
    void recordedEtchTracesBecomeAlarms() throws IOException {
        Path traces = Path.of(System.getProperty("shared.data", "none")).resolve("lam9600");
        Path one = traces.resolve("experiment29.csv.gz");
        Path other = traces.resolve("experiment31.csv.gz");
        assumeTrue(Files.isReadable(one) && Files.isReadable(other), "no recorded traces in " + traces);
        DemoSummary summary = run(options(Long.MAX_VALUE, 1, 1, List.of(one, other), null));
        assertEquals(86, summary.runs(), summary::json);
        assertEquals(0, summary.failed() + summary.deadLettered() + summary.unmatched(), summary::json);
        assertEquals(15, summary.faults().injected(), summary::json);
        assertTrue(summary.faults().found() >= 8, summary::json);
        assertTrue(summary.falseAlarmRuns() <= 8, summary::json);
    }

    private static DemoSummary run(DemoOptions options) throws IOException {
        return new Demo(options, Demo.Display.NOTHING, new PrintWriter(new StringWriter()), false).run();
    }

    private static DemoOptions options(long runs, long seed, int tools, List<Path> traces, Path keep) {
        return new DemoOptions(runs, seed, tools, 0.05, fast(), traces, List.of(), keep, -1);
    }

    private static double fast() {
        return Double.POSITIVE_INFINITY;
    }

    /** Does something when a line of a certain form is printed. */
    private static final class WatchedOutput extends StringWriter {
        private String pattern = "";
        private Runnable action = () -> {};

        void onLine(String form, Runnable then) {
            pattern = form;
            action = then;
        }

        @Override
        public void flush() {
            if (toString().lines().anyMatch(line -> line.matches(pattern))) {
                action.run();
            }
        }
    }
}
