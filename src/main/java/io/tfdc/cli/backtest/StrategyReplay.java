package io.tfdc.cli.backtest;

import io.tfdc.model.ChamberId;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.UChart;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.PlanCache;
import io.tfdc.uchart.TraceLimits;
import io.tfdc.uchart.UChartCalculator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Judges runs one after the other by one set of strategies, with a history of its own: nothing that was stored with the runs
 * takes part. For one thread.
 */
final class StrategyReplay {
    private final StrategyBook book;
    private final UChartCalculator calculator = new UChartCalculator(TraceLimits.DEFAULT, new PlanCache());
    private final Map<Group, Past> pasts = new HashMap<>();
    private final Map<Group, List<CalculatedRun>> kept = new LinkedHashMap<>();

    private record Group(ChamberId chamber, String name) {}

    private record Past(List<UChart> charts, Map<String, LimitSet> limits) {
        void add(Evaluation evaluation, int length) {
            charts.add(evaluation.uChart());
            evaluation.newLimits().forEach(set -> limits.put(set.strategy(), set));
            if (charts.size() > 2 * length + 100) {
                charts.subList(0, charts.size() - length).clear();
            }
        }
    }

    StrategyReplay(StrategyBook book) {
        this.book = book;
    }

    /** Judges a run after those before it; reports false if no strategy is for it. */
    void judge(ReplayedRun run, BiConsumer<RunContext, Evaluation> judged, Runnable unmatched) {
        RunStrategies strategies = book.match(run.context());
        if (strategies.isEmpty()) {
            unmatched.run();
            return;
        }
        CalculatedRun calculated = run.calculate(calculator, strategies);
        Group group = new Group(run.context().id().chamber(), strategies.group());
        Past past = pasts.computeIfAbsent(group, g -> new Past(new ArrayList<>(), new HashMap<>()));
        int from = Math.max(0, past.charts().size() - strategies.historyLength());
        History history = new History(past.charts().subList(from, past.charts().size()), past.limits(), run.events());
        Evaluation evaluation = calculated.plan().evaluate(calculated.data(), history);
        past.add(evaluation, strategies.historyLength());
        judged.accept(run.context(), evaluation);
    }

    /** Takes a run for {@link #judgeKept}. */
    void keep(ReplayedRun run, Runnable unmatched) {
        RunStrategies strategies = book.match(run.context());
        if (strategies.isEmpty()) {
            unmatched.run();
            return;
        }
        kept.computeIfAbsent(new Group(run.context().id().chamber(), strategies.group()), g -> new ArrayList<>())
                .add(run.calculate(calculator, strategies));
    }

    /** Judges every run kept by limits from all other good runs of its chamber and group. */
    void judgeKept(Predicate<RunContext> isGood, BiConsumer<RunContext, Evaluation> judged) {
        kept.forEach((group, runs) -> {
            List<UChart> good = runs.stream()
                    .filter(run -> isGood.test(run.data().context()))
                    .map(run -> new UChart(
                            run.data().context(),
                            group.name(),
                            run.plan().layout(),
                            run.data().values(),
                            0,
                            Map.of()))
                    .toList();
            for (CalculatedRun run : runs) {
                RunContext context = run.data().context();
                List<UChart> others = good.stream()
                        .filter(chart -> !chart.id().equals(context.id()))
                        .toList();
                judged.accept(context, run.plan().evaluateAgainst(run.data(), others));
            }
        });
    }
}
