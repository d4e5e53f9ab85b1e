package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.UChart;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What to compute in runs of one kind, and how to judge them. Immutable and safe to share. */
public final class RunPlan {
    private final String group;
    private final IndicatorLayout layout;

    private RunPlan(String group, IndicatorLayout layout) {
        this.group = group;
        this.layout = layout;
    }

    static RunPlan of(List<RunStrategies.Applied> applied, String group, List<String> svids, List<Integer> steps) {
        Set<IndicatorKey> keys = new LinkedHashSet<>();
        for (RunStrategies.Applied strategy : applied) {
            for (IndicatorEntry entry : strategy.strategy().document().indicators()) {
                entry.expand(svids, steps, keys::add);
            }
        }
        return new RunPlan(group, new IndicatorLayout(List.copyOf(keys)));
    }

    /** Everything to compute, in the order of {@link RunData#values()}. */
    public IndicatorLayout layout() {
        return layout;
    }

    /**
     * Judges a run. Pure: the same run and history give the same result.
     *
     * @throws IllegalArgumentException if the data don't have a value per layout key
     */
    public Evaluation evaluate(RunData data, History history) {
        UChart chart = new UChart(data.context(), group, layout, data.values(), 0, Map.of());
        return new Evaluation(chart, List.of(), List.of());
    }
}
