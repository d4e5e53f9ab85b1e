package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.tfdc.spc.DataFinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every kind of condition on series made by hand. The chart x has mean 100 and sigma about 1.054 once learned. */
class RuleKindsTest {
    private static Replay learned(String when) {
        return new Replay(Replay.oneChart("- { id: r, trigger: each, when: " + when + ", severity: alarm }")).learned();
    }

    /** Runs in which the rule speaks, counted from the first after learning. */
    private static String speaks(String when, double... values) {
        Replay replay = learned(when);
        StringBuilder spoken = new StringBuilder();
        for (double value : values) {
            spoken.append(replay.run(value).events().isEmpty() ? '.' : '!');
        }
        return spoken.toString();
    }

    @Test
    void outsideLimitsIsStrictUnlessInclusive() {
        assertEquals(".!.!", speaks("{ outside: stat, of: x }", 103.1, 103.2, 96.9, 96.8));
        assertEquals(".!", speaks("{ outside: stat, of: x, side: upper }", 96.8, 103.2));
        assertEquals("!.", speaks("{ outside: stat, of: x, side: lower }", 96.8, 103.2));
        assertEquals("..!", speaks("{ outside: { stat: 5 }, of: x }", 103.2, 105.2, 105.3));
        assertEquals(".!", speaks("{ outside: { fixed: { usl: 105 } }, of: x }", 105, 105.1));
        assertEquals("!!", speaks("{ outside: { fixed: { usl: 105 } }, of: x, inclusive: true }", 105, 105.1));
    }

    @Test
    void specificationLimitsJudgeWithoutLearning() {
        Replay replay = new Replay(Replay.oneChart("- { id: hard, when: { outside: spec, of: x }, severity: critical }")
                .replace("baselineRuns: 10 } }", "baselineRuns: 10 }, spec: { lsl: 90, usl: 110, target: 100 } }"));
        assertEquals(0, replay.run(110).events().size());
        DefenseEvent event = replay.run(110.5).events().get(0);
        assertEquals("X mean in step 5 is 110.5, above the upper specification limit 110", event.reason());
        assertEquals(110, event.evidence().get(0).limits().ucl());
        assertEquals(90, event.evidence().get(0).limits().lcl());
        assertEquals(100, event.evidence().get(0).limits().center());
    }

    @Test
    void nelsonAndWecoLookAtTheSequence() {
        assertEquals(
                "........!!.",
                speaks("{ nelson: { rules: [2], of: x } }", 101, 101, 101, 101, 101, 101, 101, 101, 101, 101, 99));
        assertEquals("...!", speaks("{ nelson: { rules: [5], of: x } }", 99, 102.5, 99, 102.5));
        assertEquals(".......!", speaks("{ weco: { rules: [4], of: x } }", 101, 101, 101, 101, 101, 101, 101, 101));
        assertEquals(".....!", speaks("{ nelson: { rules: [3], of: x } }", 99, 99.2, 99.4, 99.6, 99.8, 100.2));
        assertEquals(".!", speaks("{ nelson: { of: x } }", 103, 103.2));
    }

    @Test
    void runRulesNameThePointsThatMakeThePattern() {
        Replay replay = learned("{ nelson: { rules: [2], of: x } }");
        List<DefenseEvent> events = replay.runs(101, 101, 101, 101, 101, 101, 101, 101, 101);
        Evidence evidence = events.get(0).evidence().get(0);
        assertEquals("nelson2", evidence.rule());
        assertEquals(
                List.of("run10", "run18"),
                List.of(evidence.points().get(0), evidence.points().get(8)));
        assertEquals(9, evidence.values().size());
        assertTrue(
                events.get(0).reason().contains("9 points in a row on one side of the centre"),
                events.get(0).reason());
    }

    @Test
    void runRulesDontCrossMaintenanceOrTheBirthOfLimits() {
        Replay replay =
                new Replay(Replay.oneChart("- { id: r, when: { nelson: { rules: [2], of: x } }, severity: alarm }"));
        replay.runs(99, 99, 99, 99, 101, 101, 101, 101, 101, 101);
        assertEquals(0, replay.runs(101, 101, 101, 101, 101, 101, 101, 101).size(), "the baseline doesn't count");
        assertEquals(1, replay.runs(101).size());

        Replay kept =
                new Replay(Replay.oneChart("- { id: r, when: { nelson: { rules: [2], of: x } }, severity: alarm }")
                        .replace("afterEpoch: {}", "afterEpoch: { limits: keep }"));
        kept.learned().runs(101, 101, 101, 101, 101, 101, 101, 101);
        kept.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(0, kept.runs(101, 101, 101, 101, 101, 101, 101, 101).size());
        assertEquals(1, kept.runs(101).size());
    }

    @Test
    void ewmaSeesASmallShiftThatLimitsDontSee() {
        double[] shifted = new double[12];
        java.util.Arrays.fill(shifted, 101.5);
        String spoken = speaks("{ ewma: { lambda: 0.1, L: 2.7, of: x } }", shifted);
        assertTrue(spoken.startsWith(".") && spoken.endsWith("!!!"), spoken);
        assertEquals("............", speaks("{ outside: stat, of: x }", shifted));
        assertEquals(
                spoken.replace('!', '.'), speaks("{ ewma: { lambda: 0.1, L: 2.7, of: x, side: lower } }", shifted));
    }

    @Test
    void cusumSumsDeviations() {
        double sigma = Math.sqrt(10.0 / 9);
        double up = 100 + 1.5 * sigma;
        assertEquals("....!!", speaks("{ cusum: { k: 0.5, h: 4.5, of: x } }", up, up, up, up, up, up));
        assertEquals("..!", speaks("{ cusum: { k: 0.5, h: 4.5, fir: true, of: x } }", up, up, up));
        Replay replay = learned("{ cusum: { k: 0.5, h: 4.5, of: x } }");
        List<DefenseEvent> events = replay.runs(up, up, up, up, up);
        assertTrue(
                events.get(0).reason().contains("shifted up since about 5 runs"),
                events.get(0).reason());
        assertTrue(
                events.get(0).reason().contains("the new mean about 101.581"),
                events.get(0).reason());
    }

    @Test
    void rateOfChangeComparesWithEarlierRuns() {
        assertEquals(".!..", speaks("{ rateOfChange: { of: x, abs: 2 } }", 100, 103, 103, 101.5));
        assertEquals("..!", speaks("{ rateOfChange: { of: x, runs: 2, pct: 3, side: upper } }", 100, 101, 104));
        assertEquals(".!", speaks("{ rateOfChange: { of: x, sigma: 2, side: lower } }", 101, 98));
    }

    @Test
    void consecutiveAndKOfNCountRuns() {
        assertEquals(
                "..!!.",
                speaks("{ consecutive: { runs: 3, cond: { outside: stat, of: x } } }", 110, 110, 110, 110, 100));
        assertEquals(
                "..!.!", speaks("{ kOfN: { k: 2, n: 3, cond: { outside: stat, of: x } } }", 110, 100, 110, 100, 110));
        assertEquals(
                "...!", speaks("{ consecutive: { runs: 2, cond: { outside: stat, of: x } } }", 110, 100, 110, 110));
    }

    @Test
    void runsWithoutAValueAreSkippedByCountsOfRuns() {
        assertEquals(
                "..!", speaks("{ consecutive: { runs: 2, cond: { outside: stat, of: x } } }", 110, Double.NaN, 110));
    }

    @Test
    void countsOfRunsMayBeBoundToALot() {
        Replay replay = learned("{ kOfN: { k: 2, n: 25, same: lot, cond: { outside: stat, of: x } } }");
        replay.attributes.put("lot", "A");
        replay.run(110);
        replay.attributes.put("lot", "B");
        assertEquals(0, replay.run(110).events().size());
        assertEquals(1, replay.run(110).events().size());
    }

    @Test
    void countsOfChartsWithinARun() {
        String yaml = """
                apiVersion: fdc/v1
                strategy: many
                version: 1
                chart:
                  learning: { minRuns: 5 }
                  limits: { stat: { method: sd, k: 3, baselineRuns: 10 } }
                indicators:
                  - { id: all, svid: "S*", step: 5, stat: mean }
                rules:
                  - { id: three, when: { count: { of: [ { outside: stat, of: all } ], atLeast: 3 } }, severity: alarm }
                  - { id: one, when: { count: { of: [ { outside: stat, of: all } ], atMost: 1, atLeast: 1 } }, severity: log }
                  - { id: every, when: { outside: stat, of: all, charts: all }, severity: critical }
                """;
        Replay replay = new Replay(yaml);
        for (int i = 0; i < 11; i++) {
            replay.run(values(i % 2 == 0 ? 99 : 101, 0));
        }
        assertEquals(List.of(), rules(replay.run(values(100, 0))));
        assertEquals(List.of("one"), rules(replay.run(values(100, 1))));
        assertEquals(List.of(), rules(replay.run(values(100, 2))));
        DefenseEvent three = replay.run(values(100, 3)).events().get(0);
        assertEquals("three", three.rule());
        assertEquals(3, three.evidence().size());
        assertTrue(three.reason().endsWith("3 of 5 conditions hold"), three.reason());
        assertEquals(List.of("three", "every"), rules(replay.run(values(100, 5))));
    }

    private static Map<String, Double> values(double normal, int outside) {
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            values.put("S" + i, i < outside ? 200 + i : normal);
        }
        return values;
    }

    private static List<String> rules(Evaluation evaluation) {
        return evaluation.events().stream().map(DefenseEvent::rule).toList();
    }

    private static final String TWO = """
            apiVersion: fdc/v1
            strategy: two
            version: 1
            chart:
              learning: { minRuns: 5 }
              limits: { stat: { method: sd, k: 3, baselineRuns: 10 }, spec: { usl: 500 } }
            indicators:
              - { id: a, svid: A, step: 5, stat: mean }
              - { id: b, svid: B, step: 5, stat: mean }
            rules:
              - { id: r, when: WHEN, severity: alarm }
            """;

    private static boolean twoCharts(String when, double a, double b) {
        Replay replay = new Replay(TWO.replace("WHEN", when));
        for (int i = 0; i < 11; i++) {
            replay.run(Map.of("A", i % 2 == 0 ? 99.0 : 101.0, "B", i % 2 == 0 ? 49.0 : 51.0));
        }
        return !replay.run(Map.of("A", a, "B", b)).events().isEmpty();
    }

    @Test
    void comparisonsCrossSvids() {
        String cross =
                "{ all: [ { gt: [ { u: a }, { limit: [a, ucl] } ] }, { lt: [ { u: b }, { limit: [b, center] } ] } ] }";
        assertEquals(true, twoCharts(cross, 110, 49));
        assertEquals(false, twoCharts(cross, 110, 51));
        assertEquals(true, twoCharts("{ gt: [ { ratio: [ { u: a }, { u: b } ] }, 2.1 ] }", 110, 50));
        assertEquals(false, twoCharts("{ gt: [ { ratio: [ { u: a }, { u: b } ] }, 2.3 ] }", 110, 50));
        assertEquals(false, twoCharts("{ gt: [ { ratio: [ { u: a }, { u: b } ] }, 2.1 ] }", 110, 0));
        assertEquals(true, twoCharts("{ ge: [ { delta: [ { u: a }, { u: b } ] }, 50 ] }", 100, 50));
        assertEquals(true, twoCharts("{ lt: [ { u: a }, { const: 90 } ] }", 89, 50));
        assertEquals(true, twoCharts("{ gt: [ { abs: { delta: [ { u: a }, { u: a, lag: 1 } ] } }, 5 ] }", 93, 50));
        assertEquals(true, twoCharts("{ le: [ { limit: [a, usl] }, 500 ] }", 100, 50));
    }

    @Test
    void aComparisonSaysItInWords() {
        Replay replay = new Replay(TWO.replace("WHEN", "{ gt: [ { u: a }, { limit: [b, center] } ] }"));
        for (int i = 0; i < 11; i++) {
            replay.run(Map.of("A", 10.0, "B", i % 2 == 0 ? 49.0 : 51.0));
        }
        DefenseEvent event = replay.run(Map.of("A", 60.0, "B", 50.0)).events().get(0);
        assertEquals("A mean in step 5 (60) is above the centre of B mean in step 5 (50)", event.reason());
        assertEquals(2, event.evidence().size());
    }

    @Test
    void dataQualityIsACondition() {
        assertEquals("..!", speaks("{ dataQuality: { missing: x, runs: 2 } }", 100, Double.NaN, Double.NaN));
        assertEquals(".!", speaks("{ dataQuality: { incomplete: true } }", 100, Double.NaN));
        assertEquals("..!.", speaks("{ dataQuality: { stale: x, for: 15m } }", 100, Double.NaN, Double.NaN, 100));
        assertEquals("..!.", speaks("{ dataQuality: { stuck: x, runs: 3 } }", 100, 100, 100, 100.5));
    }

    @Test
    void findingsAreACondition() {
        Replay replay = learned("{ dataQuality: { finding: [gap, not-finite], atLeast: 3 } }");
        RunPlan plan = replay.book.match(replay.context(10)).plan(List.of("X"), List.of(5));
        List<DataFinding> two = List.of(new DataFinding(DataFinding.Kind.NOT_FINITE, 0, 2));
        List<DataFinding> three = List.of(
                new DataFinding(DataFinding.Kind.NOT_FINITE, 0, 2),
                new DataFinding(DataFinding.Kind.GAP, 5, 1),
                new DataFinding(DataFinding.Kind.EQUAL_TIMES, 5, 9));
        double[] values = {100};
        assertEquals(
                0,
                plan.evaluate(new RunData(replay.context(10), values, two), History.EMPTY)
                        .events()
                        .size());
        DefenseEvent event = plan.evaluate(new RunData(replay.context(10), values, three), History.EMPTY)
                .events()
                .get(0);
        assertEquals("2 samples: not finite; 1 sample: gap", event.reason());
    }

    @Test
    void chamberEventsAndContextAreConditions() {
        Replay replay = learned(
                "{ all: [ { outside: { fixed: { usl: 105 } }, of: x }, { not: { event: pm-within, runs: 2 } } ] }");
        assertEquals(1, replay.run(110).events().size());
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(0, replay.run(110).events().size());
        assertEquals(0, replay.run(110).events().size());
        assertEquals(1, replay.run(110).events().size());

        Replay within = learned("{ event: [vent], within: 30m }");
        within.happens("vent", "");
        assertEquals(1, within.run(100).events().size());
        within.runs(100, 100);
        assertEquals(0, within.run(100).events().size());

        Replay context = learned("{ context: { waferType: [dummy, qual], attributes: { layer: \"M*\" } } }");
        assertEquals(0, context.run(100).events().size());
        context.attributes.putAll(Map.of("waferType", "qual", "layer", "M1"));
        assertEquals(1, context.run(100).events().size());
    }

    @Test
    void t2SeesAnUnusualCombinationOfUsualValues() {
        String yaml = TWO.replace("WHEN", "{ t2: { of: [a, b], alpha: 0.001, minRuns: 40 } }") + """
              - { id: spe, when: { spe: { of: [a, b], components: 1, alpha: 0.001, minRuns: 40 } }, severity: alarm }
            """;
        Replay replay = new Replay(yaml);
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            double common = random.nextGaussian();
            Map<String, Double> values = Map.of("A", 100 + common, "B", 50 + common + 0.05 * random.nextGaussian());
            assertEquals(List.of(), replay.run(values).events(), "seed 11, run " + i);
        }
        assertEquals(List.of(), rules(replay.run(Map.of("A", 101.0, "B", 51.0))));
        Evaluation unusual = replay.run(Map.of("A", 101.0, "B", 49.0));
        assertEquals(List.of("r", "spe"), rules(unusual));
        assertTrue(
                unusual.events().get(0).reason().contains("T2 of 2 charts is"),
                unusual.events().get(0).reason());
        assertEquals(2, unusual.events().get(0).evidence().size());
    }
}
