package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Severity;
import io.tfdc.model.UChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Latch, acknowledgement, cool-down, trigger, escalation, suppression: fixed limits 90 to 110, so that nothing is learned. */
class RuleMemoryTest {
    private static final String KEY = "ETCH07:C:recipe=ALSTACK_1;recipeVersion=:one.r";

    private static Replay with(String settings) {
        return new Replay(Replay.oneChart(
                "- { id: r, when: { outside: { fixed: { lsl: 90, usl: 110 } }, of: x }, severity: warning, " + settings
                        + " }"));
    }

    /** Severity by its initial per run, a dot where nothing is said. */
    private static String spoken(Replay replay, double... values) {
        List<String> spoken = new ArrayList<>();
        for (double value : values) {
            List<DefenseEvent> events = replay.run(value).events();
            spoken.add(events.isEmpty() ? "." : events.get(0).severity().name().substring(0, 1));
        }
        return spoken.stream().collect(Collectors.joining());
    }

    @Test
    void aPointRuleSpeaksEveryTimeAnEdgeRuleOnce() {
        assertEquals("W.WW", spoken(with(""), 120, 100, 120, 120));
        assertEquals("W.W.", spoken(with("trigger: edge"), 120, 100, 120, 120));
    }

    @Test
    void anEdgeRuleSpeaksAgainForAFurtherChart() {
        String yaml = Replay.oneChart(
                        "- { id: r, trigger: edge, when: { outside: { fixed: { usl: 110 } }, of: x }, severity: alarm }")
                .replace("svid: X", "svid: \"*\"");
        Replay replay = new Replay(yaml);
        assertEquals(1, replay.run(Map.of("X", 120.0, "Y", 100.0)).events().size());
        assertEquals(0, replay.run(Map.of("X", 120.0, "Y", 100.0)).events().size());
        assertEquals(1, replay.run(Map.of("X", 120.0, "Y", 120.0)).events().size());
        assertEquals(0, replay.run(Map.of("X", 100.0, "Y", 120.0)).events().size());
        assertEquals(1, replay.run(Map.of("X", 120.0, "Y", 120.0)).events().size());
    }

    @Test
    void aLatchedRuleIsSilentUntilAcknowledged() {
        Replay replay = with("latch: true, clear: { on: ack }");
        assertEquals("W...", spoken(replay, 120, 120, 100, 120));
        replay.happens(ChamberEvent.ACK, "another:key");
        assertEquals(".", spoken(replay, 120));
        assertEquals(
                KEY,
                replay.judge(replay.context(0), Map.of("X", 120.0), false)
                        .events()
                        .get(0)
                        .dedupeKey());
        replay.happens(ChamberEvent.ACK, KEY);
        assertEquals(".W.", spoken(replay, 100, 120, 120));
    }

    @Test
    void aLatchMayClearItselfAfterNormalRuns() {
        Replay replay = with("latch: true, clear: { on: normal, runs: 2 }");
        assertEquals("W......W", spoken(replay, 120, 120, 100, 120, 100, 100, 100, 120));
    }

    @Test
    void acknowledgementRestartsSums() {
        Replay replay = new Replay(Replay.oneChart(
                        "- { id: r, latch: true, when: { cusum: { k: 0.5, h: 4.5, of: x } }, severity: alarm }"))
                .learned();
        double up = 100 + 1.5 * Math.sqrt(10.0 / 9);
        assertEquals("....A...", spoken(replay, up, up, up, up, up, up, up, up));
        replay.happens(ChamberEvent.ACK, KEY);
        assertEquals("....A", spoken(replay, up, up, up, up, up));
    }

    @Test
    void coolDownByRunsAndByTime() {
        assertEquals("W..W..W", spoken(with("cooldown: { runs: 2 }"), 120, 120, 120, 120, 120, 120, 120));
        assertEquals("W...W", spoken(with("cooldown: { for: 30m }"), 120, 120, 120, 120, 120));
        assertEquals(
                "W...W.",
                spoken(with("trigger: edge, cooldown: { runs: 3 }"), 120, 100, 120, 120, 120, 120),
                "an onset within the cool-down is told after it");
    }

    @Test
    void escalationCountsRunsWithinAWindowAndBreaksTheCoolDown() {
        String escalate = "escalate: { to: alarm, after: { occurrences: 3, withinRuns: 5 } }, cooldown: { runs: 10 }";
        assertEquals("W.A.", spoken(with(escalate), 120, 120, 120, 120));
        assertEquals("W....W", spoken(with(escalate.replace("runs: 10", "runs: 4")), 120, 100, 100, 100, 120, 120));
        String byTime =
                "escalate: { to: critical, after: { occurrences: 2, within: 25m }, actions: [ { inhibit: tool } ] }";
        assertEquals("W..WC", spoken(with(byTime), 120, 100, 100, 120, 120));
        Replay replay = with(byTime + ", actions: [ { notify: a } ]");
        replay.run(120);
        DefenseEvent escalated = replay.run(120).events().get(0);
        assertEquals(
                List.of("notify", "inhibit"),
                escalated.actions().stream().map(DefenseEvent.Action::type).toList());
        assertTrue(escalated.reason().contains("escalated to critical"), escalated.reason());
    }

    @Test
    void suppressedContextsLogIgnoreOrExclude() {
        String rules = "- { id: r, latch: true, when: { outside: { fixed: { usl: 110 } }, of: x }, severity: alarm }\n";
        String suppress = "\nsuppress:\n  - { when: { e10State: [engineering] }, effect: log-only }\n"
                + "  - { when: { waferType: dummy }, effect: exclude }\n"
                + "  - { when: { waferType: test }, effect: ignore, rules: r }\n";
        Replay replay = new Replay(Replay.oneChart(rules) + suppress);
        replay.attributes.put("e10State", "engineering");
        DefenseEvent logged = replay.run(120).events().get(0);
        assertEquals(DefenseEvent.Mode.SUPPRESSED, logged.mode());
        replay.attributes.put("waferType", "dummy");
        Evaluation excluded = replay.run(120);
        assertTrue(excluded.uChart().has(UChart.EXCLUDED));
        assertEquals(DefenseEvent.Mode.SUPPRESSED, excluded.events().get(0).mode());
        replay.attributes.put("waferType", "test");
        assertEquals(List.of(), replay.run(120).events());
        replay.attributes.remove("waferType");
        replay.attributes.remove("e10State");
        assertEquals(DefenseEvent.Mode.ACTIVE, replay.run(120).events().get(0).mode(), "nothing was latched before");
    }

    @Test
    void dryRunsAndRulesSwitchedOff() {
        assertEquals(
                DefenseEvent.Mode.DRY_RUN,
                with("mode: dry-run").run(120).events().get(0).mode());
        assertEquals(List.of(), with("mode: \"off\"").run(120).events());
        Replay strategy = new Replay(
                Replay.oneChart("- { id: r, when: { outside: { fixed: { usl: 110 } }, of: x }, severity: alarm }")
                        .replace("version: 1\n", "version: 1\nmode: dry-run\n"));
        assertEquals(
                DefenseEvent.Mode.DRY_RUN, strategy.run(120).events().get(0).mode());
    }

    @Test
    void whatCantBeDecidedMayBeToldOnce() {
        Replay replay = with("onUnknown: warn, actions: [ { notify: a }, { hold: lot } ]");
        assertEquals(0, replay.run(100).events().size());
        DefenseEvent event = replay.run(Double.NaN).events().get(0);
        assertEquals(Severity.WARNING, event.severity());
        assertTrue(event.reason().startsWith("can't be decided: X mean in step 5 has no value"), event.reason());
        assertEquals(1, event.actions().size());
        assertEquals("..W", spoken(replay, Double.NaN, 100, Double.NaN));
        Replay learning = new Replay(
                Replay.oneChart("- { id: r, onUnknown: warn, when: { outside: stat, of: x }, severity: alarm }"));
        assertEquals(".....", spoken(learning, 100, 101, 100, 101, 99), "learning is no news");
    }

    @Test
    void memorySurvivesItsBytes() {
        RuleMemory memory = new RuleMemory(
                true,
                5,
                2,
                true,
                false,
                true,
                77,
                -3,
                9,
                List.of(new RuleMemory.Occurrence(3, 4), new RuleMemory.Occurrence(5, 6)),
                List.of(-7, 12));
        StrategyState state = new StrategyState(
                3,
                -99,
                4,
                Long.MAX_VALUE,
                12,
                Map.of(5, Map.of(0, new io.tfdc.spc.EwmaState(1.5, 3))),
                Map.of(-6, Map.of(2, new io.tfdc.spc.CusumState(1, 0, 2, 0, 9))),
                Map.of("r".hashCode(), memory));
        assertEquals(state, StrategyState.of(state.toBytes()));
        assertEquals(StrategyState.NONE, StrategyState.of(StrategyState.NONE.toBytes()));
    }

    @Test
    void unreadableMemoryIsAnEmptyOne() {
        byte[] bytes = new StrategyState(3, 7, 4, 8, 12, Map.of(), Map.of(), Map.of(1, RuleMemory.NONE.acknowledged(4)))
                .toBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertEquals(
                    StrategyState.NONE, StrategyState.of(java.util.Arrays.copyOf(bytes, length)), "length " + length);
        }
        assertEquals(StrategyState.NONE, StrategyState.of(new byte[] {99, 1, 2}));
    }
}
