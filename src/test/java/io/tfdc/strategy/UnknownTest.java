package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can't be decided raises nothing, wherever it stands in a rule. */
class UnknownTest {
    @Test
    void anUnknownNeverRaisesAndNeverHidesBehindNot() {
        String both = """
                - { id: plain, when: { outside: stat, of: x }, severity: alarm }
                - { id: inverse, when: { not: { outside: stat, of: x } }, severity: alarm }
                - { id: either, when: { any: [ { outside: stat, of: x }, { not: { outside: stat, of: x } } ] }, severity: alarm }
                """;
        Replay replay = new Replay(Replay.oneChart(both));
        assertEquals(List.of(), rules(replay.run(100)), "learning");
        replay.run(100);
        Replay learned = new Replay(Replay.oneChart(both)).learned();
        assertEquals(List.of(), rules(learned.run(Double.NaN)), "no value");
        assertEquals(List.of(), rules(learned.run(Double.POSITIVE_INFINITY)), "no finite value");
        assertEquals(List.of("inverse", "either"), rules(learned.run(100)));
        assertEquals(List.of("plain", "either"), rules(learned.run(200)));
    }

    @Test
    void oneChartBeyondDecidesWhereOthersAreUnknown() {
        String yaml = """
                apiVersion: fdc/v1
                strategy: s
                version: 1
                chart: { limits: { spec: { usl: 10 } } }
                indicators:
                  - { id: a, svid: A, step: 5, stat: mean }
                  - { id: b, svid: B, step: 5, stat: mean }
                rules:
                  - { id: one, when: { outside: spec, of: [a, b] }, severity: alarm }
                  - { id: each, when: { outside: spec, of: [a, b], charts: all }, severity: alarm }
                  - { id: none, when: { not: { outside: spec, of: [a, b] } }, severity: alarm }
                """;
        Replay replay = new Replay(yaml);
        assertEquals(List.of("one"), rules(replay.run(Map.of("A", 11.0, "B", Double.NaN))));
        assertEquals(List.of("one", "each"), rules(replay.run(Map.of("A", 11.0, "B", 11.0))));
        assertEquals(List.of(), rules(replay.run(Map.of("A", 9.0, "B", Double.NaN))));
        assertEquals(List.of("none"), rules(replay.run(Map.of("A", 9.0, "B", 9.0))));
    }

    private static List<String> rules(Evaluation evaluation) {
        return evaluation.events().stream().map(event -> event.rule()).toList();
    }
}
