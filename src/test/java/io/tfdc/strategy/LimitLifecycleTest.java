package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitLifecycleTest {
    private static final String OUTSIDE = """
            - { id: out, when: { outside: stat, of: x }, severity: critical, actions: [ { hold: lot }, { notify: etch } ] }
            """;

    @Test
    void nothingIsJudgedBeforeMinRunsAndProvisionallyBeforeTheBaseline() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE));
        assertEquals(List.of(), replay.runs(99, 101, 99, 101, 500), "five runs are needed before the one judged");
        replay = new Replay(Replay.oneChart(OUTSIDE));
        replay.runs(99, 101, 99, 101, 99);
        DefenseEvent event = replay.run(500).events().get(0);
        assertEquals(0, event.evidence().get(0).limitVersion());
        assertEquals(5, event.evidence().get(0).limits().n());
        assertTrue(event.reason().contains("provisional limits from 5 runs"), event.reason());
        assertEquals(List.of(), replay.limits);
    }

    @Test
    void theFirstRunAfterTheBaselineIsJudgedByFrozenLimits() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)).learned();
        Evaluation evaluation = replay.run(500);
        LimitSet set = evaluation.newLimits().get(0);
        assertEquals(1, set.version());
        assertEquals(10, set.baseline().size());
        assertEquals("run0", set.baseline().get(0));
        assertEquals(replay.at(10), set.validFrom());
        ChartLimits limits = set.limits().get(0);
        assertEquals(100, limits.center());
        assertEquals(Math.sqrt(10.0 / 9), limits.sigma(), 1e-12);
        assertEquals(100 + 3 * Math.sqrt(10.0 / 9), limits.ucl(), 1e-12);
        DefenseEvent event = evaluation.events().get(0);
        assertEquals(1, event.evidence().get(0).limitVersion());
        assertEquals(limits, event.evidence().get(0).limits());
        assertEquals(
                "X mean in step 5 is 500, above the upper limit 103.162 (centre 100, sigma 1.05409, limits v1 from 10 runs)",
                event.reason());
        for (int i = 0; i < 100; i++) {
            replay.run(500);
        }
        assertEquals(1, replay.limits.size());
    }

    @Test
    void eventsOnProvisionalLimitsDoWhatOnLearningAllows() {
        assertEquals(List.of(Severity.CRITICAL, List.of("hold", "notify")), provisional("alarm"));
        assertEquals(List.of(Severity.WARNING, List.of("notify")), provisional("warn"));
        assertEquals(List.of(Severity.LOG, List.of()), provisional("log"));
        assertEquals(List.of(), provisional("ignore"));
    }

    private static List<Object> provisional(String onLearning) {
        String yaml = Replay.oneChart(OUTSIDE).replace("onLearning: alarm", "onLearning: " + onLearning);
        Replay replay = new Replay(yaml);
        replay.runs(99, 101, 99, 101, 99);
        List<DefenseEvent> events = replay.run(500).events();
        if (events.isEmpty()) {
            return List.of();
        }
        DefenseEvent event = events.get(0);
        return List.of(
                event.severity(),
                event.actions().stream().map(DefenseEvent.Action::type).toList());
    }

    @Test
    void maintenanceStartsANewEpoch() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)).learned();
        replay.run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(List.of(), replay.runs(199, 201, 199, 201, 199), "learning again");
        assertEquals(1, replay.run(100).events().size(), "provisional limits around 200");
        replay.runs(201, 199, 201, 199);
        Evaluation frozen = replay.run(200);
        LimitSet second = frozen.newLimits().get(0);
        assertEquals(2, second.version());
        assertEquals(1, second.epoch());
        assertEquals("relearn", second.origin());
        assertEquals("run11", second.baseline().get(0));
        assertEquals(1, replay.run(500).events().size());
    }

    @Test
    void anEventThatIsRecordedAfterItsRunsStillStartsTheEpoch() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)).learned();
        replay.run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        ChamberEvent late = replay.events.remove(0);
        replay.runs(200, 201);
        replay.events.add(late);
        assertEquals(List.of(), replay.runs(199), "learning since the event, not since its arrival");
        assertEquals(0, replay.runs(201, 200).size());
        assertEquals(1, replay.run(100).events().size(), "five runs since the event");
    }

    @Test
    void relearningMayBeAskedForOneGroup() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)).learned();
        replay.run(100);
        replay.happens(ChamberEvent.RELEARN, "recipe=OTHER;recipeVersion=");
        assertEquals(1, replay.run(500).events().size());
        replay.happens(ChamberEvent.RELEARN, "recipe=ALSTACK_1;recipeVersion=");
        assertEquals(0, replay.run(500).events().size());
    }

    @Test
    void aNewRecipeVersionWithinAGroupStartsAnEpoch() {
        String yaml = Replay.oneChart(OUTSIDE).replace("chart:\n", "chart:\n  partitionBy: [recipe]\n");
        Replay replay = new Replay(yaml);
        replay.attributes.put("recipeVersion", "1");
        replay.learned();
        assertEquals(1, replay.run(500).events().size());
        replay.attributes.put("recipeVersion", "2");
        assertEquals(0, replay.run(500).events().size());
    }

    @Test
    void limitsMayBeKeptOrShiftedAfterMaintenance() {
        Replay keep = new Replay(Replay.oneChart(OUTSIDE).replace("afterEpoch: {}", "afterEpoch: { limits: keep }"));
        keep.learned().run(100);
        keep.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(1, keep.run(500).events().size());
        keep.happens(ChamberEvent.RELEARN, "");
        assertEquals(0, keep.run(500).events().size());

        Replay shift = new Replay(Replay.oneChart(OUTSIDE)
                .replace("afterEpoch: {}", "afterEpoch: { limits: shift-center, centerRuns: 3 }"));
        shift.learned().run(100);
        shift.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(0, shift.runs(200, 201, 199).size());
        Evaluation shifted = shift.run(200);
        assertEquals(200, shifted.newLimits().get(0).limits().get(0).center());
        assertEquals(
                shift.limits.get(0).limits().get(0).sigma(),
                shifted.newLimits().get(0).limits().get(0).sigma());
        assertEquals(1, shift.run(204).events().size());
    }

    @Test
    void theFirstRunsAfterMaintenanceAreSuppressedAndWidened() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)
                .replace("afterEpoch: {}", "afterEpoch: { limits: keep, suppressRuns: 2, widen: 2, forRuns: 4 }"));
        replay.learned().run(100);
        replay.happens(ChamberEvent.PM_COMPLETE, "");
        assertEquals(
                DefenseEvent.Mode.SUPPRESSED, replay.run(500).events().get(0).mode());
        assertEquals(
                DefenseEvent.Mode.SUPPRESSED, replay.run(500).events().get(0).mode());
        DefenseEvent third = replay.run(107).events().get(0);
        assertEquals(DefenseEvent.Mode.ACTIVE, third.mode());
        assertTrue(third.reason().contains("widened x2"), third.reason());
        assertEquals(0, replay.run(105).events().size(), "within twice the limits");
        assertEquals(1, replay.run(105).events().size(), "no longer widened");
    }

    @Test
    void excludedRunsDontEnterTheBaseline() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE));
        replay.runs(99, 101, 1e6);
        replay.happens(ChamberEvent.EXCLUDE_RUN, "run2");
        replay.runs(99, 101, 99, 101, 99, 101, 99, 101);
        Evaluation evaluation = replay.run(500);
        LimitSet set = evaluation.newLimits().get(0);
        assertEquals(100, set.limits().get(0).center());
        assertTrue(!set.baseline().contains("run2"));
    }

    @Test
    void aStrategyThatChangesItsWidthAppliesItToFrozenLimits() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE)).learned();
        replay.run(100);
        Replay wider =
                new Replay(Replay.oneChart(OUTSIDE).replace("k: 3", "k: 6").replace("version: 1", "version: 2"));
        wider.charts.addAll(replay.charts);
        wider.limits.addAll(replay.limits);
        wider.count = replay.count;
        assertEquals(0, wider.run(105).events().size());
        DefenseEvent event = wider.run(107).events().get(0);
        assertEquals(1, event.evidence().get(0).limitVersion());
        assertEquals(
                100 + 6 * Math.sqrt(10.0 / 9), event.evidence().get(0).limits().ucl(), 1e-12);
    }

    @Test
    void aChartThatComesLaterGetsItsLimitsInAnExtendedVersion() {
        String yaml = Replay.oneChart(OUTSIDE.replace("of: x", "of: \"*\"")).replace("svid: X", "svid: \"*\"");
        Replay replay = new Replay(yaml).learned();
        replay.run(100);
        for (int i = 0; i < 12; i++) {
            double value = i % 2 == 0 ? 9 : 11;
            assertEquals(
                    List.of(),
                    replay.run(java.util.Map.of("X", 100.0, "Y", value)).events(),
                    "run " + i);
        }
        assertEquals(2, replay.limits.size());
        assertEquals("extended", replay.limits.get(1).origin());
        assertEquals(
                replay.limits.get(0).limits().get(0),
                replay.limits.get(1).of(replay.limits.get(0).layout().keys().get(0)));
        assertEquals(
                1, replay.run(java.util.Map.of("X", 100.0, "Y", 500.0)).events().size());
        assertEquals(
                1, replay.run(java.util.Map.of("X", 500.0, "Y", 10.0)).events().size());
    }

    @Test
    void aConstantBaselineCantJudgeWithoutALeastWidth() {
        Replay replay = new Replay(Replay.oneChart(OUTSIDE));
        replay.runs(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5);
        assertEquals(0, replay.run(6).events().size());
        Replay least = new Replay(Replay.oneChart(OUTSIDE)
                .replace("baselineRuns: 10", "baselineRuns: 10, minHalfWidth: { pctOfCenter: 10 }"));
        least.runs(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5);
        assertEquals(0, least.run(5.5).events().size());
        assertEquals(1, least.run(5.6).events().size());
    }
}
