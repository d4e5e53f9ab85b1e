package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.UChart;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A strategy looks back far enough for what it says, however short the history that it asks for. */
class HistoryReachTest {
    private static final String HARD =
            "- { id: hard, when: { outside: { fixed: { usl: 110 } }, of: x }, severity: alarm }";

    private static final String SHORT =
            "history: 20\nlearning: { minRuns: 5, onLearning: ignore }\nlimits: { stat: { baselineRuns: 10 } }\n";

    private static Replay with(String chart, String more) {
        return new Replay("apiVersion: fdc/v1\nstrategy: one\nversion: 1\nchart:\n" + chart.indent(2)
                + "indicators: [ { id: x, svid: X, step: 5, stat: mean } ]\nrules:\n" + HARD.indent(2) + more);
    }

    @Test
    void suppressionAfterMaintenanceEndsAfterTheRunsThatItNames() {
        Replay replay = with(SHORT + "afterEpoch: { suppressRuns: 30 }", "");
        replay.run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        for (int i = 0; i < 40; i++) {
            DefenseEvent event = replay.run(120).events().get(0);
            assertEquals(
                    i < 30 ? DefenseEvent.Mode.SUPPRESSED : DefenseEvent.Mode.ACTIVE,
                    event.mode(),
                    "run " + i + " after it");
        }
    }

    @Test
    void wideningEndsAfterTheRunsThatItNames() {
        String chart = """
                history: 20
                learning: { minRuns: 5 }
                limits: { stat: { method: sd, k: 3, baselineRuns: 10 } }
                afterEpoch: { limits: keep, widen: 10, forRuns: 30 }
                """;
        Replay replay = with(chart, "  - { id: out, when: { outside: stat, of: x }, severity: alarm }\n")
                .learned();
        replay.run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        for (int i = 0; i < 40; i++) {
            assertEquals(i < 30 ? 0 : 1, replay.run(105).events().size(), "run " + i + " after it");
        }
    }

    @Test
    void limitsFreezeAlthoughSomeRunsAreExcluded() {
        String chart = "history: 20\nlearning: { minRuns: 5 }\nlimits: { stat: { method: sd, baselineRuns: 20 } }\n";
        Replay replay = with(chart, "suppress: [ { when: { waferType: dummy }, effect: exclude } ]\n");
        for (int i = 0; i < 40; i++) {
            replay.attributes.put("waferType", i % 5 == 0 ? "dummy" : "product");
            assertEquals(
                    i % 5 == 0, replay.run(Map.of("X", 100.0 + i % 3)).uChart().has(UChart.EXCLUDED));
        }
        assertEquals(1, replay.limits.size());
        assertEquals(20, replay.limits.get(0).baseline().size());
    }

    @Test
    void aCentreShiftsAfterMoreRunsThanTheHistoryHas() {
        String chart = """
                history: 20
                learning: { minRuns: 5 }
                limits: { stat: { method: sd, baselineRuns: 10 } }
                afterEpoch: { limits: shift-center, centerRuns: 30 }
                """;
        Replay replay = with(chart, "").learned();
        replay.run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        for (int i = 0; i <= 30; i++) {
            replay.run(105 + i % 2);
        }
        assertEquals(2, replay.limits.size());
        assertEquals(105.5, replay.limits.get(1).limits().get(0).center());
    }

    @Test
    void combinationsAreJudgedAlthoughSomeRunsLackAValue() {
        Replay replay =
                with(SHORT, "  - { id: t2, when: { t2: { of: x, minRuns: 30, alpha: 0.001 } }, severity: alarm }\n");
        for (int i = 0; i < 45; i++) {
            replay.run(i % 10 == 0 ? Double.NaN : 100 + i % 3);
        }
        assertEquals(1, replay.run(109).events().size());
    }
}
