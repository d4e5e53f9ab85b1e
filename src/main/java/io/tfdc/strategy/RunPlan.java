package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.SpecLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What to compute in runs of one kind, and how to judge them. Immutable and safe to share. */
public final class RunPlan {
    private final String group;
    private final IndicatorLayout layout;
    private final List<StrategyPlan> strategies;

    private RunPlan(String group, IndicatorLayout layout, List<StrategyPlan> strategies) {
        this.group = group;
        this.layout = layout;
        this.strategies = List.copyOf(strategies);
    }

    static RunPlan of(List<RunStrategies.Applied> applied, String group, List<String> svids, List<Integer> steps) {
        Set<IndicatorKey> keys = new LinkedHashSet<>();
        for (RunStrategies.Applied strategy : applied) {
            for (IndicatorEntry entry : strategy.strategy().document().indicators()) {
                entry.expand(svids, steps, keys::add);
            }
        }
        IndicatorLayout layout = new IndicatorLayout(List.copyOf(keys));
        List<StrategyPlan> plans = applied.stream()
                .map(strategy -> new StrategyPlan(strategy, layout, svids, steps))
                .toList();
        return new RunPlan(group, layout, plans);
    }

    /** Everything to compute, in the order of {@link RunData#values()}. */
    public IndicatorLayout layout() {
        return layout;
    }

    /** Engineering limits of a chart by the first strategy that has some. */
    public SpecLimits spec(IndicatorKey key) {
        int chart = layout.indexOf(key);
        return strategies.stream()
                .filter(strategy -> chart >= 0)
                .map(strategy -> strategy.spec(chart))
                .filter(spec -> !spec.equals(SpecLimits.NONE))
                .findFirst()
                .orElse(SpecLimits.NONE);
    }

    /** Control limits of a chart that are fixed by a strategy rather than learned. */
    public Optional<ControlLimits> fixed(IndicatorKey key) {
        int chart = layout.indexOf(key);
        return strategies.stream()
                .filter(strategy -> chart >= 0)
                .flatMap(strategy -> Stream.ofNullable(strategy.fixed(chart)))
                .findFirst();
    }

    /**
     * Judges a run. Pure: the same run and history give the same result.
     *
     * @throws IllegalArgumentException if the data don't have a value per layout key
     */
    public Evaluation evaluate(RunData data, History history) {
        if (data.values().length != layout.size()) {
            throw new IllegalArgumentException("run " + data.context().id() + ": expected " + layout.size()
                    + " values, found " + data.values().length);
        }
        List<UChart> usable = Rows.usable(data.context(), history);
        Rows rows = Rows.of(layout, data, usable);
        List<DefenseEvent> events = new ArrayList<>();
        List<LimitSet> created = new ArrayList<>();
        Map<String, byte[]> state = new HashMap<>();
        int flags = history.late() ? UChart.LATE : 0;
        boolean learning = false;
        for (StrategyPlan strategy : strategies) {
            StrategyPlan.Result result = strategy.evaluate(data, history, usable, rows, group);
            events.addAll(result.events());
            state.put(strategy.id(), result.state());
            flags |= result.incomplete() ? UChart.INCOMPLETE : 0;
            flags |= result.excluded() ? UChart.EXCLUDED : 0;
            learning |= result.learning();
            if (result.created() != null) {
                created.add(result.created());
            }
        }
        return new Evaluation(
                new UChart(data.context(), group, layout, data.values(), flags, state), events, created, learning);
    }

    /**
     * Judges a run by limits from exactly the given runs, however few, as if they had been frozen; for back-tests that leave one
     * run out. Rules about several runs see this run alone.
     *
     * @param baseline U-charts that stand for normal behaviour, in any order
     * @param events what happened to the chamber as far as it matters to this run
     */
    public Evaluation evaluateAgainst(RunData data, List<UChart> baseline, List<ChamberEvent> events) {
        Rows rows = Rows.of(layout, data, baseline);
        Map<String, LimitSet> limits = new HashMap<>();
        for (StrategyPlan strategy : strategies) {
            limits.put(strategy.id(), strategy.limitsFrom(data, rows, group));
        }
        return evaluate(data, new History(List.of(), limits, events));
    }
}
