package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.DefenseEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Of overrides that match, the most specific has the last word, whatever their order; a draw doesn't compile. */
class OverridePrecedenceTest {
    /** Each matches the run of {@link Replay} and is closer than the one before. */
    private static final List<String> WIDEST_FIRST = List.of(
            "{ waferType: product }",
            "{ lot: L1, waferType: product }",
            "{ recipeVersion: 3 }",
            "{ recipe: \"ALSTACK_*\" }",
            "{ recipe: \"ALSTACK_*\", recipeVersion: 3 }",
            "{ recipe: ALSTACK_1 }",
            "{ recipe: ALSTACK_1, recipeVersion: 3 }",
            "{ toolType: \"LAM*\" }",
            "{ toolType: LAM9600 }",
            "{ toolType: LAM9600, recipe: ALSTACK_1 }",
            "{ tool: \"ETCH*\" }",
            "{ tool: ETCH07 }",
            "{ tool: ETCH07, recipe: ALSTACK_1, recipeVersion: 3 }",
            "{ chamber: \"?\" }",
            "{ chamber: C }",
            "{ tool: ETCH07, chamber: C }",
            "{ tool: ETCH07, chamber: C, recipe: ALSTACK_1 }");

    private static final List<String> CHARTS_WIDEST_FIRST = List.of(
            "{ stat: mean }",
            "{ svid: \"X*\" }",
            "{ svid: X }",
            "{ svid: X, step: 5 }",
            "{ indicator: x }",
            "{ indicator: x, svid: X }",
            "{ recipe: \"*\", tool: ETCH07 }",
            "{ tool: ETCH07, svid: X }");

    private static String strategy(List<String> overrides) {
        return Replay.oneChart("- { id: spec, when: { outside: spec, of: x }, severity: log }")
                + "\noverrides:\n"
                + String.join("\n", overrides);
    }

    /** An override of the upper limit. */
    private static String usl(String match, double usl) {
        return "  - { match: " + match + ", set: { chart.limits.spec.usl: " + usl + " } }";
    }

    /** The upper limit that judges. */
    private static double judgedBy(Replay replay) {
        replay.attributes.putAll(Map.of("waferType", "product", "lot", "L1", "recipeVersion", "3"));
        DefenseEvent event = replay.run(1e9).events().get(0);
        return event.evidence().get(0).limits().ucl();
    }

    @Test
    void theMostSpecificWinsInEveryOrder() {
        assertOrder(WIDEST_FIRST);
        assertOrder(CHARTS_WIDEST_FIRST);
    }

    private static void assertOrder(List<String> widestFirst) {
        for (int wide = 0; wide < widestFirst.size(); wide++) {
            for (int close = wide + 1; close < widestFirst.size(); close++) {
                String a = usl(widestFirst.get(wide), 1);
                String b = usl(widestFirst.get(close), 2);
                assertEquals(2, judgedBy(new Replay(strategy(List.of(a, b)))), a + "\n" + b);
                assertEquals(2, judgedBy(new Replay(strategy(List.of(b, a)))), b + "\n" + a);
            }
        }
    }

    @Test
    void allThatMatchAreAppliedFromWidestToClosest() {
        long seed = 5;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<String> overrides = new ArrayList<>();
            for (int i = 0; i < WIDEST_FIRST.size(); i++) {
                overrides.add(usl(WIDEST_FIRST.get(i), i + 1));
            }
            overrides.add(
                    "  - { match: { tool: OTHER, chamber: C, recipe: ALSTACK_1, lot: L1 }, set: { chart.limits.spec.usl: 99 } }");
            Collections.shuffle(overrides, random);
            assertEquals(WIDEST_FIRST.size(), judgedBy(new Replay(strategy(overrides))), "seed " + seed);
        }
    }

    @Test
    void whatThePathNamesIsReplacedAsAWhole() {
        String overrides = "  - { match: { toolType: LAM9600 }, set: { chart.limits.spec: { lsl: 1, usl: 7 } } }\n"
                + "  - { match: { tool: ETCH07 }, set: { chart.limits.spec.usl: 8 } }\n";
        DefenseEvent below =
                new Replay(strategy(List.of(overrides))).run(0).events().get(0);
        assertEquals(1, below.evidence().get(0).limits().lcl());
        assertEquals(8, below.evidence().get(0).limits().ucl());
        String whole = overrides + "  - { match: { chamber: C }, set: { chart.limits.spec: { usl: 9 } } }\n";
        assertEquals(List.of(), new Replay(strategy(List.of(whole))).run(0).events());
    }

    @Test
    void priorityDecidesAmongEquals() {
        String high = "  - { match: { recipe: \"*K_1\" }, priority: 2, set: { chart.limits.spec.usl: 2 } }";
        assertEquals(2, judgedBy(new Replay(strategy(List.of(high, usl("{ recipe: \"A*\" }", 1))))));
        assertEquals(2, judgedBy(new Replay(strategy(List.of(usl("{ recipe: \"A*\" }", 1), high)))));
    }

    @Test
    void aDrawIsRefusedAndNamesBoth() {
        assertRefused(usl("{ recipe: \"A*\" }", 1), usl("{ recipe: \"*K_1\" }", 2));
        assertRefused(usl("{ tool: ETCH07, waferType: product }", 1), usl("{ tool: ETCH07, lot: L1 }", 1));
        assertRefused(usl("{ svid: X }", 1), "  - { match: { svid: X }, set: { chart.limits.spec: { usl: 2 } } }");
        assertRefused(
                "  - { match: { lot: A }, set: { rules.spec.severity: alarm } }",
                "  - { match: { wafer: B }, set: { rules.spec.severity: critical } }");
        assertRefused(
                "  - { match: { lot: A }, set: { mode: off } }", "  - { match: { wafer: B }, set: { mode: dry-run } }");
    }

    private static void assertRefused(String a, String b) {
        StrategyException e = assertThrows(StrategyException.class, () -> new Replay(strategy(List.of(a, b))), a + b);
        assertEquals(1, e.problems().size(), e.getMessage());
        assertTrue(e.getMessage().contains("give one of them a higher priority"), e.getMessage());
        int first = (int) strategy(List.of(a)).lines().count();
        assertEquals(first + 1, e.problems().get(0).at().line());
        assertTrue(e.getMessage().contains("the override in line " + first), e.getMessage());
    }

    @Test
    void noDrawWhereTheyCantMeetOrSetOtherThings() {
        new Replay(strategy(List.of(usl("{ recipe: \"A*\" }", 1), usl("{ recipe: \"B*\" }", 2))));
        new Replay(strategy(List.of(
                usl("{ recipe: \"A*\" }", 1), "  - { match: { recipe: \"*1\" }, set: { chart.limits.spec.lsl: 0 } }")));
    }
}
