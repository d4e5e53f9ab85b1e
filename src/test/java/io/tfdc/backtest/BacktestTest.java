package io.tfdc.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategySource;
import io.tfdc.uchart.RunTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacktestTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final String YAML = """
            apiVersion: fdc/v1
            strategy: s
            version: 1
            match: { recipe: R }
            chart:
              learning: { minRuns: 5, onLearning: ignore }
              limits: { stat: { method: sd, k: 5, baselineRuns: 10, excludeOutside: false } }
            indicators: [ { id: x, svid: X, stat: mean } ]
            rules: [ { id: out, when: { outside: stat, of: x }, severity: alarm } ]
            suppress: [ { when: { waferType: dummy }, effect: exclude } ]
            """;

    @Test
    void runsLearnUntilLimitsFreeze() {
        Backtest backtest = backtest(false);
        for (int i = 0; i < 15; i++) {
            backtest.add(run(i, i == 12 ? 60 : noise(i), Map.of()), List.of());
        }
        BacktestResult result = backtest.finish();
        assertEquals(10, result.learning());
        assertEquals(List.of("run12"), contexts(result.alarmed(Severity.WARNING)));
    }

    @Test
    void maintenanceStartsLearningAnewEvenIfItWasLongBefore() {
        Backtest backtest = backtest(false);
        List<ChamberEvent> events = List.of(event(ChamberEvent.PM_COMPLETE, "", START.plusSeconds(60 * 12 - 1)));
        for (int i = 0; i < 25; i++) {
            backtest.add(run(i, noise(i) + (i < 12 ? 0 : 50), Map.of()), events);
        }
        BacktestResult result = backtest.finish();
        assertEquals(20, result.learning());
        assertEquals(List.of(), contexts(result.alarmed(Severity.WARNING)));
    }

    @Test
    void runsThatComeLateFreezeNothingAndSeeOnlyTheirPast() {
        Backtest backtest = backtest(false);
        for (int i = 0; i < 20; i++) {
            if (i != 5) {
                backtest.add(run(i, noise(i), Map.of()), List.of());
            }
        }
        backtest.add(run(5, 60, Map.of()), List.of());
        JudgedRun late = backtest.finish().runs().get(19);
        assertEquals("run5", late.context().id().context());
        assertTrue(late.learning(), "limits froze after it");
        assertFalse(late.isAlarmed(Severity.LOG));
    }

    @Test
    void excludedRunsTeachNothing() {
        Backtest backtest = backtest(false);
        for (int i = 0; i < 16; i++) {
            boolean dummy = i == 3;
            double value = dummy ? 200 : i == 15 ? 60 : noise(i);
            backtest.add(run(i, value, dummy ? Map.of("waferType", "dummy") : Map.of()), List.of());
        }
        BacktestResult result = backtest.finish();
        assertEquals(11, result.learning(), "the excluded run doesn't count for the baseline");
        assertEquals(List.of("run15"), contexts(result.alarmed(Severity.WARNING)));
    }

    @Test
    void leaveOneOutLearnsFromAllOtherGoodRuns() {
        Backtest backtest = backtest(true);
        List<ChamberEvent> events = List.of(event(ChamberEvent.EXCLUDE_RUN, "run2", START.plus(Duration.ofDays(2))));
        for (int i = 0; i < 12; i++) {
            Map<String, String> labels = i == 7 ? Map.of("set", "fault", "fault", "leak") : Map.of("set", "normal");
            backtest.add(run(i, i == 7 ? 60 : i == 2 ? 500 : noise(i), labels), events);
        }
        BacktestResult result = backtest.finish();
        assertEquals(0, result.learning());
        assertEquals(
                new BacktestResult.Share(1, 1), result.faults(Severity.ALARM).get("leak"));
        assertTrue(
                result.alarmed(Severity.ALARM).get(0).findings().get(0).reason().contains("from 10 runs"),
                "neither itself nor the excluded run");
        assertEquals(new BacktestResult.Share(0, 11), result.good(Severity.ALARM), "the excluded run raises nothing");
        assertEquals(1, result.suppressedEvents());
    }

    @Test
    void runsOfNoStrategyAreNotJudged() {
        Backtest backtest = backtest(false);
        backtest.add(run(0, 1, Map.of("recipe", "OTHER", "set", "fault")), List.of());
        BacktestResult result = backtest.finish();
        assertEquals(0, result.matched());
        assertEquals(1, result.runs().size());
        assertEquals(0, result.faulty(Severity.LOG).runs());
    }

    private static Backtest backtest(boolean leaveOneOut) {
        return new Backtest("s", StrategyBook.compile(List.of(new StrategySource("s.yaml", YAML))), leaveOneOut);
    }

    private static double noise(int i) {
        return 10 + Math.sin(7.3 * i);
    }

    private static BacktestRun run(int i, double value, Map<String, String> labels) {
        Instant start = START.plusSeconds(60L * i);
        Map<String, String> attributes = new HashMap<>(Map.of("recipe", "R"));
        attributes.putAll(labels);
        RunContext context = new RunContext(new RunId(CHAMBER, "run" + i), start, start.plusSeconds(30), attributes);
        long micros = start.getEpochSecond() * 1_000_000;
        long[] times = {micros, micros + 1_000_000, micros + 2_000_000};
        double[] samples = {value, value, value};
        return new BacktestRun.Traced(RunTrace.of(context, times, Map.of("X", samples), ""));
    }

    private static ChamberEvent event(String type, String subject, Instant at) {
        return new ChamberEvent(CHAMBER, at, type, subject, Map.of());
    }

    private static List<String> contexts(List<JudgedRun> runs) {
        return runs.stream().map(run -> run.context().id().context()).toList();
    }
}
