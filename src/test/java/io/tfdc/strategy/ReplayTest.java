package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunContext;
import io.tfdc.model.UChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same run and history give the same result, whenever and however often it is asked for. */
class ReplayTest {
    private static final String RULES = """
            - { id: out, when: { outside: stat, of: x }, severity: critical, actions: [ { hold: lot }, { notify: a } ], cooldown: { runs: 2 } }
            - { id: nelson, when: { nelson: { rules: [1, 2, 3, 5, 6], of: x } }, severity: warning, latch: true }
            - { id: ewma, when: { ewma: { lambda: 0.2, of: x } }, severity: warning, escalate: { to: alarm, after: { occurrences: 2, withinRuns: 5 } } }
            - { id: cusum, when: { cusum: { of: x } }, severity: warning }
            - { id: often, when: { kOfN: { k: 2, n: 5, cond: { outside: { stat: 2 }, of: x } } }, severity: log }
            - { id: gone, when: { dataQuality: { missing: x, runs: 2 } }, severity: alarm, onUnknown: log }
            """;

    @Test
    void everyRunOfAHistoryJudgedAgainGivesTheSame() {
        int spoken = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Replay replay = new Replay(Replay.oneChart(RULES));
            List<Evaluation> first = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                if (random.nextInt(15) == 0) {
                    String type = List.of(ChamberEvent.PM_COMPLETE, ChamberEvent.ACK, "vent")
                            .get(random.nextInt(3));
                    replay.happens(type, "");
                }
                double value = 100 + random.nextGaussian() * (random.nextInt(10) == 0 ? 6 : 1);
                values.add(random.nextInt(20) == 0 ? Double.NaN : value);
                first.add(replay.run(values.get(i)));
            }
            spoken += first.stream().mapToInt(e -> e.events().size()).sum();
            for (int i = 0; i < 80; i++) {
                Evaluation again = replay.judge(replay.context(i), Map.of("X", values.get(i)), false);
                assertEquals(first.get(i).events(), again.events(), "seed " + seed + ", run " + i);
                assertEquals(first.get(i).uChart(), again.uChart(), "seed " + seed + ", run " + i);
            }
        }
        assertTrue(spoken > 100, "the rules have spoken " + spoken + " times");
    }

    @Test
    void aBookCompiledAgainContinuesFromTheStoredState() {
        Random random = new Random(3);
        Replay whole = new Replay(Replay.oneChart(RULES));
        Replay parts = new Replay(Replay.oneChart(RULES));
        for (int i = 0; i < 60; i++) {
            double value = 100 + 2 * random.nextGaussian();
            if (i % 7 == 0) {
                Replay next = new Replay(Replay.oneChart(RULES));
                next.charts.addAll(parts.charts);
                next.limits.addAll(parts.limits);
                next.count = parts.count;
                parts = next;
            }
            assertEquals(whole.run(value).events(), parts.run(value).events(), "seed 3, run " + i);
        }
    }

    @Test
    void aLateRunIsFlaggedJudgedByItsPastAndStopsNothing() {
        Replay replay = new Replay(Replay.oneChart(RULES)).learned();
        replay.runs(100, 101);
        int late = replay.count++;
        replay.runs(100, 99, 100);
        List<UChart> before = List.copyOf(replay.charts);
        Evaluation evaluation = replay.judge(replay.context(late), Map.of("X", 500.0), true);
        assertTrue(evaluation.uChart().has(UChart.LATE));
        DefenseEvent event = evaluation.events().get(0);
        assertEquals("out", event.rule());
        assertEquals(
                List.of("notify"),
                event.actions().stream().map(DefenseEvent.Action::type).toList());
        assertTrue(event.reason().endsWith("(run arrived late)"), event.reason());
        assertEquals(List.of(), evaluation.newLimits());
        replay.keep(evaluation);
        Evaluation next = replay.run(500);
        assertEquals("out", next.events().get(0).rule(), "the late run's cool-down doesn't count");
        Replay without = new Replay(Replay.oneChart(RULES));
        without.charts.addAll(before);
        without.limits.addAll(replay.limits);
        without.count = replay.count - 1;
        Evaluation undisturbed = without.run(500);
        StrategyState with = StrategyState.of(state(next));
        StrategyState same = StrategyState.of(state(undisturbed));
        assertEquals(same.ewma(), with.ewma());
        assertEquals(same.cusum(), with.cusum());
        assertEquals(same.run(), with.run());
        assertEquals(same.rules().get("out".hashCode()), with.rules().get("out".hashCode()));
    }

    private static byte[] state(Evaluation evaluation) {
        return evaluation.uChart().state().getOrDefault("one", new byte[0]);
    }

    @Test
    void aLateRunNeverFreezesLimits() {
        Replay replay = new Replay(Replay.oneChart(RULES)).learned();
        Evaluation late = replay.judge(replay.context(replay.count), Map.of("X", 100.0), true);
        assertEquals(List.of(), late.newLimits());
        assertFalse(replay.run(100).newLimits().isEmpty());
    }

    @Test
    void aHistoryThatHoldsTheRunItselfOrYoungerOnesIsReadUpToTheRun() {
        Replay replay = new Replay(Replay.oneChart(RULES)).learned();
        RunContext context = replay.context(replay.count);
        Evaluation first = replay.run(500);
        replay.runs(100, 100);
        RunStrategies matched = replay.book.match(context);
        History all = new History(
                replay.charts, replay.history(context, matched, false).limits(), List.of());
        RunPlan plan = matched.plan(List.of("X"), List.of(5));
        Evaluation again = plan.evaluate(new RunData(context, new double[] {500}, List.of()), all);
        assertEquals(first.events(), again.events());
    }

    @Test
    void historyOfAnotherLayoutIsReadByName() {
        Replay replay = new Replay(Replay.oneChart(RULES)).learned();
        String wider = Replay.oneChart(RULES)
                .replace("indicators:\n", "indicators:\n  - { id: first, svid: A, step: 5, stat: mean }\n");
        Replay next = new Replay(wider);
        next.charts.addAll(replay.charts);
        next.count = replay.count;
        Evaluation evaluation = next.run(Map.of("A", 7.0, "X", 500.0));
        assertEquals(100, evaluation.newLimits().get(0).limits().get(1).center());
        assertEquals("out", evaluation.events().get(0).rule());
    }

    @Test
    void evaluationsCarryEverythingThatAnAlarmNeeds() {
        Replay replay = new Replay(Replay.oneChart(RULES)).learned();
        DefenseEvent event = replay.run(500).events().get(0);
        assertEquals("ETCH07:C:run10:one.out", event.id());
        assertEquals("ETCH07:C:recipe=ALSTACK_1;recipeVersion=:one.out", event.dedupeKey());
        assertEquals(replay.at(10), event.raisedAt());
        assertEquals("recipe=ALSTACK_1;recipeVersion=", event.group());
        assertEquals("LAM9600", event.context().get("toolType"));
        assertEquals(List.of("run10"), event.evidence().get(0).points());
        assertEquals(500, event.evidence().get(0).value());
        assertEquals("outside stat", event.evidence().get(0).rule());
    }
}
