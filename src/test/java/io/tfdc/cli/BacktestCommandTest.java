package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tfdc.cli.backtest.TraceFeed;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.UChart;
import io.tfdc.replay.RunFeed;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestCommandTest {
    private static final String STRATEGY = """
            apiVersion: fdc/v1
            strategy: mean
            version: 1
            chart:
              learning: { minRuns: 10, onLearning: alarm }
              limits: { stat: { method: sd, k: 6, baselineRuns: 20 } }
            indicators:
              - { id: x, svid: X, step: 5, stat: mean }
              - { id: std, svid: X, step: 5, stat: std }
            rules:
              - { id: level, when: { outside: stat, of: x }, severity: alarm }
              - { id: noise, when: { outside: stat, of: std }, severity: log }
            """;

    private static final String PLAIN = """
            apiVersion: fdc/v1
            strategy: plain
            version: 1
            chart: { limits: { stat: { method: sd, k: 5 } } }
            indicators:
              - { id: all, svid: "*", except: step, step: [4, 5], stat: [mean, std] }
            rules:
              - { id: outside, when: { outside: stat, of: "*" }, severity: alarm }
            """;

    private static final Instant START = Instant.parse("2026-02-01T00:00:00Z");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void leavingOneOutNeedsNoLearning() throws IOException {
        assertEquals(
                0,
                run(
                        "backtest",
                        "--traces",
                        traces(),
                        "--strategy",
                        file("s.yaml", STRATEGY),
                        "--leave-one-out",
                        "--json"),
                err.toString());
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertTrue(report.path("note").asText().contains("see one run only"), out.toString());
        JsonNode result = report.path("results").path(0);
        assertEquals(0, result.path("learningRuns").asInt());
        assertEquals(0, result.path("missed").size());
        assertEquals(2, result.path("rules").path(0).path("faulty").asInt());
        assertEquals(2, result.path("faultRunsFound").asInt());
        assertEquals(0, result.path("goodRunsAlarmed").asInt());
        assertEquals(38, result.path("goodRuns").asInt());
        assertEquals(1, result.path("faults").path("X low").path("found").asInt());
        assertTrue(result.path("alarms").path(0).path("reason").asText().contains("from 38 runs"), result.toString());
    }

    @Test
    void attributesMakeRunsMatch() throws IOException {
        String strategy = file("s.yaml", STRATEGY.replace("version: 1\n", "version: 1\nmatch: { product: P1 }\n"));
        assertEquals(1, run("backtest", "--traces", traces(), "--strategy", strategy));
        assertTrue(err.toString().contains("none of the 40 runs matches mean@1"), err.toString());
        assertTrue(err.toString().contains("toolType=TRACES"), err.toString());
        assertEquals("", out.toString());
        assertEquals(0, run("backtest", "--traces", traces(), "--strategy", strategy, "--attribute", "product=P1"));
        assertTrue(out.toString().contains("40 judged"), out.toString());
    }

    @Test
    void storedRunsAreReplayedFromTheirUCharts() throws Exception {
        Path database = folder.resolve("d.db");
        store(database);
        assertEquals(
                0,
                run("backtest", "--store", "sqlite:" + database, "--strategy", file("s.yaml", STRATEGY), "--json"),
                err.toString());
        JsonNode result =
                new ObjectMapper().readTree(out.toString()).path("results").path(0);
        assertEquals(1300, result.path("runs").asInt(), "more than one page");
        assertEquals(1, result.path("alarmedRuns").asInt());
        assertEquals("T:C:run1250", result.path("alarms").path(0).path("run").asText());
        assertEquals(1300, result.path("unlabelledRuns").asInt());
    }

    @Test
    void eventsBeforeTheFirstRunCount() throws Exception {
        Path database = folder.resolve("d.db");
        store(database);
        List<String> args = new ArrayList<>(List.of("backtest", "--store", "sqlite:" + database, "--json"));
        args.addAll(List.of("--from", START.plusSeconds(600).toString(), "--strategy"));
        String quiet = "chart: { learning: { minRuns: 10, onLearning: alarm } }\n";
        args.add(file(
                "s.yaml",
                "apiVersion: fdc/v1\nstrategy: a\nversion: 1\n" + quiet
                        + "indicators: [ { id: x, svid: X, step: 5, stat: mean } ]\n"
                        + "rules: [ { id: pm, when: { event: pm-complete, within: 120s }, severity: alarm } ]\n"));
        int code = run(args.toArray(new String[0]));
        assertEquals(0, code, err.toString());
        JsonNode result =
                new ObjectMapper().readTree(out.toString()).path("results").path(0);
        assertTrue(result.path("alarmedRuns").asInt() > 0, out.toString());
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        assertEquals(2, run("backtest"));
        assertTrue(err.toString().contains("expected --traces FILE... or --store KIND"), err.toString());
        assertEquals(2, run("backtest", "--store", "sqlite:" + folder.resolve("none.db")));
        assertEquals(2, run("backtest", "--store", "oracle"));
        assertEquals(2, run("backtest", "--traces", folder.resolve("none.csv").toString()));
        assertTrue(err.toString().contains("none.csv"), err.toString());
        String bad = file("bad.csv", "wafer,set,fault,time_s,step,X\nw1,normal,,0,5,1\nw1,normal,,zero,5,1\n");
        err.getBuffer().setLength(0);
        assertEquals(2, run("backtest", "--traces", bad));
        assertTrue(err.toString().contains("bad.csv line 3: time_s 'zero'"), err.toString());
        String empty = file("empty.csv", "wafer,set,fault,time_s,step,X\n");
        assertEquals(1, run("backtest", "--traces", empty));
        assertTrue(err.toString().contains("no runs to judge"), err.toString());
    }

    @Test
    void damagedArchivesAreNamedWithTheLine() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(Files.readAllBytes(Path.of(traces())));
        }
        Path cut = folder.resolve("cut.csv.gz");
        Files.write(cut, Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2));
        assertEquals(2, run("backtest", "--traces", cut.toString()));
        assertTrue(err.toString().matches("(?s).*cut\\.csv\\.gz line \\d+: can't be read on.*"), err.toString());
    }

    @Test
    void problemsOfStrategiesHaveLineAndColumn() throws IOException {
        String bad = file("bad.yaml", STRATEGY.replace("severity: alarm }", "severity: panic }"));
        assertEquals(1, run("strategy", "check", bad));
        assertTrue(out.toString().matches("(?s).*bad\\.yaml:11:\\d+: .*panic.*"), out.toString());
        assertEquals(2, run("backtest", "--traces", traces(), "--strategy", bad));
        assertTrue(err.toString().contains("bad.yaml:11:"), err.toString());
        assertEquals(2, run("strategy", "check", folder.resolve("none.yaml").toString()));
        assertTrue(err.toString().contains("none.yaml: no such file"), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etch-lam9600.yaml", "default.yaml", "plain"})
    void etchFaultsAreFoundWithFewFalseAlarms(String strategy) throws IOException {
        String given = System.getProperty("defender.lam9600", "");
        Path traces = given.isEmpty() ? Path.of(System.getProperty("shared.data", "."), "lam9600") : Path.of(given);
        Assumptions.assumeTrue(Files.isDirectory(traces), () -> "missing " + traces);
        String file =
                strategy.equals("plain") ? file("plain.yaml", PLAIN) : "src/main/resources/strategies/" + strategy;
        List<String> args = new ArrayList<>(List.of("backtest", "--leave-one-out", "--json"));
        args.addAll(List.of("--strategy", file, "--traces"));
        int options = args.size();
        try (Stream<Path> files = Files.list(traces)) {
            files.filter(f -> f.toString().endsWith(".csv.gz")).sorted().forEach(f -> args.add(f.toString()));
        }
        Assumptions.assumeTrue(args.size() > options, () -> "no traces in " + traces);
        assertEquals(0, run(args.toArray(new String[0])), err.toString());
        JsonNode result =
                new ObjectMapper().readTree(out.toString()).path("results").path(0);
        int faults = result.path("faultRuns").asInt();
        assertTrue(
                faults > 0 && result.path("faultRunsFound").asInt() >= faults - 1,
                result.path("faults").toString());
        assertTrue(
                result.path("falseAlarmRate").asDouble(1) <= 0.05,
                result.path("falseAlarmRate").toString());
    }

    @Test
    void aTraceFeedKeepsTheFilesLabels() throws IOException {
        try (TraceFeed feed = new TraceFeed(List.of(Path.of(traces())), Map.of("layer", "M1", "recipe", "R"))) {
            RunFeed.FedRun fed = feed.next();
            RunContext run = fed.run().context();
            assertEquals("M1", run.attribute("layer"));
            assertEquals("R", run.attribute("recipe"));
            assertEquals("normal", run.attribute("set"));
        }
    }

    /** Forty wafers of noise around 100; the sixth is too low, the thirty-first too high. */
    private String traces() throws IOException {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("wafer,set,fault,time_s,step,X\n");
        for (int wafer = 0; wafer < 40; wafer++) {
            double shift = wafer == 5 ? -50 : wafer == 30 ? 50 : random.nextGaussian();
            String label = wafer == 5 ? "fault,X low" : wafer == 30 ? "fault,X high" : "normal,";
            for (int i = 0; i < 20; i++) {
                csv.append("w" + wafer + ',' + label + ',' + i + ',' + (i < 5 ? 4 : 5) + ','
                        + (100 + shift + random.nextGaussian()) + '\n');
            }
        }
        return file("lot.csv", csv.toString());
    }

    private static void store(Path database) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Retention retention = new Retention(Duration.ofDays(7_000), Duration.ofDays(7_000));
            SqliteChartStore store = SqliteChartStore.open(vertx, database, retention, Clock.systemUTC())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            ChamberId chamber = new ChamberId("T", "C");
            store.putChamberMetadata(new ChamberMetadata(chamber, 1, 1, Duration.ofSeconds(60), 60, START));
            IndicatorLayout layout = new IndicatorLayout(List.of(new IndicatorKey("X", "step5", "mean")));
            store.putChamberEvent(
                    new ChamberEvent(chamber, START.plusSeconds(590), ChamberEvent.PM_COMPLETE, "", Map.of()));
            Random random = new Random(2);
            for (int i = 0; i < 1300; i++) {
                Instant end = START.plusSeconds(60L * (i / 3)).plusNanos(200_000L * (i % 3));
                RunContext run = new RunContext(new RunId(chamber, "run" + i), end.minusSeconds(30), end, Map.of());
                double value = 100 + random.nextDouble() + (i == 1250 ? 50 : 0);
                store.putUChart(new UChart(run, "g", layout, new double[] {value}, 0, Map.of()));
            }
            store.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private int run(String... args) {
        return DefenderCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
