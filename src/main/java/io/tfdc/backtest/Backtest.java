package io.tfdc.backtest;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.UChart;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.PlanCache;
import io.tfdc.uchart.TraceLimits;
import io.tfdc.uchart.UChartCalculator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges runs by strategies as processing does: each run against those of its chart group that came before, test first, then add.
 * Starts without history and limits. For one thread.
 *
 * <p>With leave-one-out every run is judged by limits from all other good runs of its chart group instead, whatever the strategies
 * say about learning and epochs, and rules about several runs see this run alone. Memory grows with the values of all runs then.
 */
public final class Backtest {
    /** Most runs of a chart group with leave-one-out, whose effort grows with the square. */
    public static final int MAX_LEFT_OUT = 2_000;

    /** A run doesn't see what happened to its chamber longer ago. */
    public static final Duration EVENT_SPAN = Duration.ofDays(400);

    private final String name;
    private final StrategyBook strategies;
    private final boolean leaveOneOut;
    private final UChartCalculator calculator = new UChartCalculator(TraceLimits.DEFAULT, new PlanCache());
    private final Map<Group, GroupReplay> groups = new LinkedHashMap<>();
    private final Map<Group, List<Waiting>> waiting = new LinkedHashMap<>();
    private final List<JudgedRun> judged = new ArrayList<>();

    private record Group(ChamberId chamber, String name) {}

    private record Waiting(int position, CalculatedRun run, List<ChamberEvent> exclusions, UChart chart) {}

    /** @param name what the result is called */
    public Backtest(String name, StrategyBook strategies, boolean leaveOneOut) {
        this.name = name;
        this.strategies = strategies;
        this.leaveOneOut = leaveOneOut;
    }

    /**
     * Takes the next run; those of a chamber in the order of their ends.
     *
     * @param events what happened to the chamber, in any order. Later ones don't count, except that leave-one-out never learns from a
     *     run that has been excluded
     * @throws io.tfdc.uchart.TraceException if samples can't be decoded
     * @throws IllegalStateException if there are more runs than leave-one-out can take
     */
    public void add(BacktestRun run, List<ChamberEvent> events) {
        RunStrategies matched = strategies.match(run.context());
        if (matched.isEmpty()) {
            judged.add(JudgedRun.unmatched(run.context()));
            return;
        }
        CalculatedRun calculated = run.calculate(calculator, matched);
        Group group = new Group(run.context().id().chamber(), matched.group());
        if (leaveOneOut) {
            leaveForLater(group, calculated, events);
            judged.add(JudgedRun.unmatched(run.context()));
            return;
        }
        GroupReplay replay = groups.computeIfAbsent(group, key -> new GroupReplay());
        judged.add(JudgedRun.of(replay.judge(calculated, matched, events)));
    }

    /** All runs in the order in which they came; nothing may be added after it. */
    public BacktestResult finish() {
        waiting.values().forEach(this::judgeEachByTheOthers);
        waiting.clear();
        return new BacktestResult(name, leaveOneOut, judged);
    }

    private void leaveForLater(Group group, CalculatedRun run, List<ChamberEvent> events) {
        List<Waiting> others = waiting.computeIfAbsent(group, key -> new ArrayList<>());
        if (others.size() == MAX_LEFT_OUT) {
            throw new IllegalStateException("leave-one-out takes at most " + MAX_LEFT_OUT + " runs of a chart group, "
                    + group.chamber() + " has more of " + group.name());
        }
        List<ChamberEvent> exclusions = events.stream()
                .filter(event -> event.type().equals(ChamberEvent.EXCLUDE_RUN))
                .toList();
        UChart chart = run.plan()
                .evaluate(run.data(), new History(List.of(), Map.of(), exclusions))
                .uChart();
        others.add(new Waiting(judged.size(), run, exclusions, chart));
    }

    private void judgeEachByTheOthers(List<Waiting> runs) {
        for (Waiting one : runs) {
            List<UChart> others = runs.stream()
                    .filter(other -> other != one)
                    .map(Waiting::chart)
                    .filter(chart -> !chart.has(UChart.EXCLUDED))
                    .filter(chart -> !RunLabel.of(chart.context()).isFaulty())
                    .toList();
            Evaluation evaluation = one.run().plan().evaluateAgainst(one.run().data(), others, one.exclusions());
            judged.set(one.position(), JudgedRun.of(evaluation));
        }
    }
}
