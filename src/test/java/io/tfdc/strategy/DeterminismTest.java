package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same run, history and strategy give the same result: at once, when a message comes again, and in a later replay. */
class DeterminismTest {
    private static final int RUNS = 150;

    private static final String EVERYTHING = """
            apiVersion: fdc/v1
            strategy: all
            version: 1
            chart:
              partitionBy: [recipe]
              history: 40
              learning: { minRuns: 5, onLearning: warn }
              limits: { stat: { method: mean-mr, k: 3, baselineRuns: 12, excludeOutside: true }, spec: { lsl: 80, usl: 120 } }
              afterEpoch: { suppressRuns: 2, widen: 1.5, forRuns: 6 }
            indicators:
              - { id: a, svid: A, step: 5, stat: mean }
              - { id: b, svid: B, step: 5, stat: mean }
              - { id: more, svid: "S*", step: 5, stat: mean }
            rules:
              - { id: stat, when: { outside: stat, of: "*" }, severity: warning, escalate: { to: alarm, after: { occurrences: 3, withinRuns: 8 } } }
              - { id: spec, when: { outside: spec, of: "*" }, severity: critical, actions: [ { hold: lot } ], latch: true, clear: { on: normal, runs: 2 } }
              - { id: latched, when: { outside: { stat: 2 }, of: a }, severity: alarm, latch: true }
              - { id: nelson, when: { nelson: { rules: [1, 2, 3, 4, 5, 6, 7, 8], of: "*" } }, severity: log }
              - { id: weco, when: { weco: { convention: minitab, of: a } }, severity: log, cooldown: { runs: 3 } }
              - { id: ewma, when: { ewma: { lambda: 0.1, L: 2.5, of: "*" } }, severity: warning, trigger: each }
              - { id: cusum, when: { cusum: { h: 4, fir: true, reset: zero, of: [a, b] } }, severity: warning, cooldown: { for: 35m } }
              - { id: again, when: { kOfN: { k: 2, n: 4, cond: { outside: { stat: 2 }, of: "*" } } }, severity: log }
              - { id: lot, when: { consecutive: { runs: 2, same: lot, cond: { outside: { stat: 1 }, of: a } } }, severity: log }
              - { id: jump, when: { rateOfChange: { of: "*", sigma: 3 } }, severity: log }
              - { id: both, when: { all: [ { gt: [ { u: a }, { limit: [a, center] } ] }, { lt: [ { u: b }, { u: b, lag: 1 } ] } ] }, severity: log }
              - { id: lost, when: { dataQuality: { missing: [a, b], runs: 2 } }, severity: warning, onUnknown: warn }
              - { id: count, when: { count: { of: [ { outside: { stat: 1.5 }, of: "*" } ], atLeast: 3 } }, severity: log, onUnknown: log }
              - { id: t2, when: { t2: { of: [a, b], alpha: 0.01, minRuns: 15 } }, severity: log }
              - { id: calm, when: { all: [ { outside: { stat: 1 }, of: a }, { not: { event: pm-within, runs: 5 } } ] }, severity: log }
            suppress:
              - { when: { waferType: dummy }, effect: exclude }
              - { when: { waferType: qual }, rules: "n*", effect: ignore }
            """;

    /** A chamber with drift, shifts, lost values, dummies, maintenance and acknowledgements. */
    private static final class Chamber {
        final Replay replay = new Replay(EVERYTHING);
        final List<Map<String, Double>> values = new ArrayList<>();
        final List<Map<String, String>> attributes = new ArrayList<>();
        final List<Evaluation> evaluations = new ArrayList<>();

        Chamber(long seed) {
            Random random = new Random(seed);
            for (int i = 0; i < RUNS; i++) {
                Map<String, Double> run = new HashMap<>();
                double level = 100 + (i > 90 ? 2 : 0) + 0.02 * i;
                run.put("A", level + random.nextGaussian() + (random.nextInt(20) == 0 ? 8 : 0));
                run.put("B", level + random.nextGaussian() + (random.nextInt(40) == 0 ? -30 : 0));
                run.put("S1", 10 + random.nextGaussian());
                run.put("S2", i < 60 ? Double.NaN : 5 + random.nextGaussian());
                run.replaceAll((svid, value) -> random.nextInt(25) == 0 ? Double.NaN : value);
                values.add(run);
                String wafer = random.nextInt(15) == 0 ? "dummy" : random.nextInt(15) == 0 ? "qual" : "product";
                attributes.add(Map.of("recipe", "R", "waferType", wafer, "lot", "L" + i / 5));
                happen(random, i);
                evaluations.add(replay.keep(judge(i)));
            }
        }

        private void happen(Random random, int i) {
            replay.count = i;
            if (i == 75) {
                replay.happens(ChamberEvent.PM_COMPLETE, "");
            } else if (i % 20 == 19) {
                replay.happens(ChamberEvent.ACK, "");
            } else if (i > 5 && random.nextInt(30) == 0) {
                replay.happens(ChamberEvent.EXCLUDE_RUN, "run" + i);
            }
        }

        Evaluation judge(int run) {
            return judge(replay, run);
        }

        Evaluation judge(Replay by, int run) {
            by.attributes.clear();
            by.attributes.putAll(attributes.get(run));
            return by.judge(by.context(run), values.get(run), false);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSimulatedChamberIsWorthReplaying(long seed) {
        Chamber chamber = new Chamber(seed);
        Set<String> rules = new HashSet<>();
        Set<DefenseEvent.Mode> modes = new HashSet<>();
        chamber.evaluations.forEach(e -> e.events().forEach(event -> {
            rules.add(event.rule());
            modes.add(event.mode());
        }));
        assertTrue(rules.size() >= 12, "seed " + seed + ": " + rules);
        assertEquals(Set.of(DefenseEvent.Mode.ACTIVE, DefenseEvent.Mode.SUPPRESSED), modes, "seed " + seed);
        assertTrue(chamber.replay.limits.size() >= 2, "seed " + seed + ": " + chamber.replay.limits);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPlanEvaluatesTheSameTwice(long seed) {
        Chamber chamber = new Chamber(seed);
        for (int i = 0; i < RUNS; i++) {
            assertEquals(chamber.judge(i), chamber.judge(i), "seed " + seed + ", run " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRunThatComesAgainGivesTheSameEvents(long seed) {
        Chamber chamber = new Chamber(seed);
        for (int i = 0; i < RUNS; i++) {
            Evaluation again = chamber.judge(i);
            Evaluation first = chamber.evaluations.get(i);
            assertEquals(first.events(), again.events(), "seed " + seed + ", run " + i);
            assertEquals(first.uChart(), again.uChart(), "seed " + seed + ", run " + i);
            assertEquals(List.of(), again.newLimits(), "seed " + seed + ", run " + i + ": limits exist already");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aReplayWithACompiledAnewStrategyAgreesPrefixByPrefix(long seed) {
        Chamber chamber = new Chamber(seed);
        Replay replay = new Replay(EVERYTHING);
        replay.events.addAll(chamber.replay.events);
        for (int i = 0; i < RUNS; i++) {
            Evaluation replayed = replay.keep(chamber.judge(replay, i));
            assertEquals(chamber.evaluations.get(i), replayed, "seed " + seed + ", run " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichChamberEventsAreGivenDoesntMatter(long seed) {
        Chamber chamber = new Chamber(seed);
        List<Evaluation> before = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            before.add(chamber.judge(i));
        }
        Collections.shuffle(chamber.replay.events, new Random(seed));
        for (int i = 0; i < RUNS; i++) {
            assertEquals(before.get(i), chamber.judge(i), "seed " + seed + ", run " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatHappensLaterChangesNothing(long seed) {
        Chamber chamber = new Chamber(seed);
        Replay replay = chamber.replay;
        List<Evaluation> before = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            before.add(chamber.judge(i));
        }
        replay.events.add(new ChamberEvent(
                replay.chamber, replay.at(99).plus(Duration.ofMinutes(1)), ChamberEvent.RELEARN, "", Map.of()));
        replay.charts.removeIf(chart -> chart.context().end().isAfter(replay.at(99)));
        for (int i = 0; i < 100; i++) {
            assertEquals(before.get(i), chamber.judge(i), "seed " + seed + ", run " + i);
        }
    }
}
