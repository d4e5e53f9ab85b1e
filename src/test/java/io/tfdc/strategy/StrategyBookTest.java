package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrategyBookTest {
    static final String EXAMPLE = """
            apiVersion: fdc/v1
            strategy: etch-main
            version: 7                 # immutable once active
            mode: active               # active | dry-run | off
            match: { toolType: LAM9600, recipe: "ALSTACK_*", waferType: [product] }
            chart:                     # defaults for every U-chart matched
              partitionBy: [tool, chamber, recipe, recipeVersion, step, svid, indicator]
              history: 100
              learning: { minRuns: 30, onLearning: log }
              limits:
                stat: { method: mean-mr, k: 5, source: frozen-baseline, baselineRuns: 50, minHalfWidth: { abs: 0.0, pctOfCenter: 0.5 } }
                spec: { from: recipeSpec }
              epochOn: [pm-complete, recipe-version-change]
              afterEpoch: { suppressRuns: 3, widen: 1.5, forRuns: 20 }
            indicators:
              - { id: rfz,  svid: RF_Impedance, step: 5, window: { trimStart: 2s, trimEnd: 1s }, stat: mean }
              - { id: rfzs, svid: RF_Impedance, step: 5, stat: std }
              - { id: prs,  svid: Pressure, step: 4, stat: max }
            rules:
              - id: any-hard
                when: { any: [ { outside: spec, of: "*" } ] }
                severity: critical
                actions: [ { hold: lot }, { inhibit: chamber }, { notify: [etch-oncall] } ]
              - id: two-soft
                when: { count: { of: [ { outside: stat, of: rfz }, { outside: stat, of: rfzs }, { outside: stat, of: prs } ], atLeast: 2 } }
                severity: alarm
                actions: [ { notify: [etch-eng] } ]
                latch: true
                clear: { on: ack }
              - id: slow-drift
                when: { all: [ { ewma: { lambda: 0.1, L: 2.7, of: rfz } }, { not: { event: pm-within, runs: 10 } } ] }
                severity: warning
                escalate: { to: alarm, after: { occurrences: 3, withinRuns: 10 } }
                cooldown: { runs: 5 }
              - id: nelson
                when: { nelson: { rules: [1, 2], convention: qcc, of: "rfz" } }
                severity: warning
              - id: cross
                when: { all: [ { gt: [ { u: prs }, { limit: [prs, ucl] } ] }, { lt: [ { u: rfz }, { limit: [rfz, center] } ] } ] }
                severity: alarm
              - id: persistent
                when: { consecutive: { runs: 3, cond: { outside: { stat: 3 }, of: rfz } } }
                severity: alarm
              - id: stale
                when: { dataQuality: { missing: rfz, runs: 2 } }
                severity: warning
            overrides:
              - match: { tool: ETCH07, chamber: C }
                set: { chart.limits.stat.k: 6 }
              - match: { svid: TCP_Rfl_Pwr }
                set: { chart.limits.stat: { method: fixed, lsl: null, usl: 5 } }
            suppress:
              - { when: { e10State: [engineering, scheduled-down] }, effect: log-only }
            """;

    @Test
    void theExampleOfTheLanguageCompiles() {
        StrategyBook book = StrategyBook.compile(List.of(new StrategySource("etch.yaml", EXAMPLE)));
        CompiledStrategy strategy = book.strategies().get(0);
        assertEquals("etch-main@7", strategy.toString());
        assertEquals(7, strategy.rules().size());
        assertEquals(2, strategy.overrideCount());
    }

    @Test
    void aRunMeetsTheStrategyThatMatchesIt() {
        Replay replay = new Replay(EXAMPLE);
        assertTrue(replay.book.match(replay.context(0)).isEmpty(), "waferType is missing");
        replay.attributes.put("waferType", "product");
        replay.attributes.put("recipeVersion", "3");
        RunStrategies matched = replay.book.match(replay.context(0));
        assertEquals(List.of("etch-main"), matched.strategyIds());
        assertEquals("recipe=ALSTACK_1;recipeVersion=3", matched.group());
        assertEquals(100, matched.historyLength());
        assertEquals(matched, replay.book.match(replay.context(1)));
        assertEquals(matched.hashCode(), replay.book.match(replay.context(1)).hashCode());
        replay.attributes.put("recipeVersion", "4");
        assertNotEquals(matched, replay.book.match(replay.context(1)));
        assertEquals(
                List.of("RF_Impedance/step5[2s,-1s]/mean", "RF_Impedance/step5/std", "Pressure/step4/max"),
                matched.plan(List.of("Other"), List.of(4, 5)).layout().keys().stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void patternsOfIndicatorsFollowTheRun() {
        String yaml = """
                apiVersion: fdc/v1
                strategy: wide
                version: 1
                indicators:
                  - { svid: "RF_*", except: RF_X, step: "*", stat: [mean, std] }
                  - { id: p, svid: Pressure, stat: max }
                """;
        RunStrategies matched = new Replay(yaml).book.match(new Replay(yaml).context(0));
        assertEquals(
                "[RF_A/step4/mean, RF_A/step4/std, RF_A/step5/mean, RF_A/step5/std, Pressure/run/max]",
                matched.plan(List.of("RF_A", "RF_X", "TCP"), List.of(4, 5))
                        .layout()
                        .toString());
    }

    @Test
    void theMostSpecificActiveStrategyJudgesAndDryRunsJoin() {
        String general = strategy("general", 1, "active", "{}", "");
        String tool = strategy("tool", 1, "active", "{ tool: ETCH07 }", "");
        String chamber = strategy("chamber", 1, "active", "{ tool: ETCH07, chamber: C }", "");
        String other = strategy("other", 1, "active", "{ chamber: D }", "");
        String dry = strategy("trial", 1, "dry-run", "{ recipe: \"ALSTACK_*\" }", "");
        Replay replay = new Replay(general, tool, chamber, other, dry);
        assertEquals(
                List.of("chamber", "trial"),
                replay.book.match(replay.context(0)).strategyIds());
    }

    @Test
    void theNewestEffectiveVersionJudges() {
        String one = strategy("s", 1, "active", "{}", "");
        String two = strategy("s", 2, "active", "{}", "effectiveFrom: 2026-01-01T01:00:00Z\n");
        Replay replay = new Replay(one, two);
        assertEquals(
                "[s@1] for recipe=ALSTACK_1;recipeVersion=",
                replay.book.match(replay.context(5)).toString());
        assertEquals(
                "[s@2] for recipe=ALSTACK_1;recipeVersion=",
                replay.book.match(replay.context(6)).toString());
    }

    @Test
    void activeStrategiesThatRankTheSameAreRefused() {
        StrategyException e = assertThrows(
                StrategyException.class,
                () -> new Replay(
                        strategy("a", 1, "active", "{ recipe: \"A*\" }", ""),
                        strategy("b", 1, "active", "{ recipe: \"*K_1\" }", "")));
        assertTrue(e.getMessage().contains("matches some of the same runs as closely"), e.getMessage());
        new Replay(
                strategy("a", 1, "active", "{ recipe: \"A*\" }", ""),
                strategy("b", 1, "active", "{ recipe: \"B*\" }", ""));
        new Replay(
                strategy("a", 1, "active", "{ recipe: \"A*\" }", ""),
                strategy("b", 1, "active", "{ recipe: \"*K_1\" }", "priority: 1\n"));
    }

    @Test
    void oneVersionGivenTwiceIsRefused() {
        String one = strategy("s", 1, "active", "{}", "");
        assertThrows(StrategyException.class, () -> new Replay(one, one));
    }

    static String strategy(String id, int version, String mode, String match, String more) {
        return "apiVersion: fdc/v1\nstrategy: " + id + "\nversion: " + version + "\nmode: " + mode + "\nmatch: " + match
                + "\n" + more + "indicators:\n  - { id: x, svid: X, step: 5, stat: mean }\n";
    }
}
