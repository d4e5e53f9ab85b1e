package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.DefenseEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverridesTest {
    private static final String RULES = """
            - { id: out, when: { outside: stat, of: "*" }, severity: warning, actions: [ { notify: a } ] }
            """;

    private static Replay with(String overrides) {
        Replay replay =
                new Replay(Replay.oneChart(RULES).replace("svid: X", "svid: \"*\"") + "overrides:\n" + overrides);
        for (int i = 0; i < 11; i++) {
            double value = i % 2 == 0 ? 99 : 101;
            replay.run(Map.of("X", value, "Y", value));
        }
        return replay;
    }

    /** k of the limits that judge a chart. */
    private static double k(Replay replay, String svid) {
        replay.keep(replay.judge(replay.context(replay.count++), Map.of("X", 1e6, "Y", 1e6), false));
        DefenseEvent event = replay.judge(replay.context(replay.count), Map.of("X", 1e6, "Y", 1e6), false)
                .events()
                .get(0);
        return event.evidence().stream()
                .filter(e -> e.indicator().svid().equals(svid))
                .mapToDouble(e -> (e.limits().ucl() - 100) / e.limits().sigma())
                .map(k -> Math.round(k * 1e6) / 1e6)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void chartsOfOneSvidMayHaveTheirOwnLimits() {
        Replay replay =
                with("  - { match: { svid: Y }, set: { chart.limits.stat: { method: fixed, lsl: null, usl: 5000 } } }\n"
                        + "  - { match: { tool: ETCH07 }, set: { chart.limits.stat.k: 4 } }\n");
        assertEquals(4, k(replay, "X"));
        Evaluation evaluation = replay.run(Map.of("X", 100.0, "Y", 5001.0));
        assertEquals(
                "Y mean in step 5 is 5001, above the upper limit 5000 (fixed limits)",
                evaluation.events().get(0).reason());
        assertEquals(List.of(), replay.run(Map.of("X", 100.0, "Y", -5000.0)).events());
    }

    @Test
    void chartsMayBeMatchedByIndicatorStepAndStatistic() {
        assertEquals(9, k(with("  - { match: { indicator: x, svid: X }, set: { chart.limits.stat.k: 9 } }\n"), "X"));
        assertEquals(3, k(with("  - { match: { indicator: x, svid: X }, set: { chart.limits.stat.k: 9 } }\n"), "Y"));
        assertEquals(9, k(with("  - { match: { step: 5, stat: mean }, set: { chart.limits.stat.k: 9 } }\n"), "X"));
        assertEquals(3, k(with("  - { match: { step: 4 }, set: { chart.limits.stat.k: 9 } }\n"), "X"));
    }

    @Test
    void rulesAndModeMayDifferByContext() {
        DefenseEvent event =
                with("  - { match: { chamber: C }, set: { rules.out.severity: critical, rules.out.actions: [ { hold: lot } ] } }\n")
                        .run(Map.of("X", 1e6, "Y", 100.0))
                        .events()
                        .get(0);
        assertEquals(io.tfdc.model.Severity.CRITICAL, event.severity());
        assertEquals("hold", event.actions().get(0).type());
        assertEquals(
                List.of(),
                with("  - { match: { chamber: C }, set: { rules.out.mode: \"off\" } }\n")
                        .run(Map.of("X", 1e6, "Y", 100.0))
                        .events());
        Replay off = new Replay(
                Replay.oneChart(RULES) + "overrides:\n  - { match: { chamber: C }, set: { mode: \"off\" } }\n");
        assertTrue(off.book.match(off.context(0)).isEmpty());
    }

    @Test
    void plansAreSharedOnlyWhereTheSameOverridesApply() {
        Replay replay = new Replay(
                Replay.oneChart(RULES) + "overrides:\n  - { match: { lot: A }, set: { chart.limits.stat.k: 4 } }\n");
        RunStrategies any = replay.book.match(replay.context(0));
        replay.attributes.put("lot", "A");
        RunStrategies lot = replay.book.match(replay.context(0));
        assertTrue(!any.equals(lot));
        assertEquals(any.group(), lot.group());
    }
}
