package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.RunContext;
import io.tfdc.spc.WindowSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The strategies that apply to a run, with the overrides of its context. Equal for runs that share a plan, so that plans can
 * be cached by it together with the run's SVIDs and steps. Immutable.
 */
public final class RunStrategies {
    private static final int MAX_GROUP = 480;

    /** A strategy as it applies to some runs: with its overrides in force there, by position. */
    record Applied(CompiledStrategy strategy, List<Integer> overrides, StrategyMode mode) {
        static Applied of(CompiledStrategy strategy, RunContext run) {
            List<Integer> overrides = strategy.overridesFor(run);
            StrategyMode mode = strategy.mode();
            Specificity best = null;
            for (int position : overrides) {
                OverrideSpec override = strategy.document().overrides().get(position);
                if (!override.mode().isEmpty()
                        && (best == null || override.specificity().compareTo(best) > 0)) {
                    best = override.specificity();
                    mode = StrategyMode.parse(override.mode());
                }
            }
            return new Applied(strategy, overrides, mode);
        }

        List<OverrideSpec> overrideSpecs() {
            return overrides.stream().map(strategy.document().overrides()::get).toList();
        }
    }

    private final List<Applied> applied;
    private final String group;
    private final int historyLength;

    private RunStrategies(List<Applied> applied, String group, int historyLength) {
        this.applied = List.copyOf(applied);
        this.group = group;
        this.historyLength = historyLength;
    }

    static RunStrategies of(List<Applied> applied, RunContext run) {
        int length = applied.stream().mapToInt(a -> a.strategy().reach()).max().orElse(0);
        String group = applied.isEmpty() ? "" : group(applied.get(0).strategy(), run);
        return new RunStrategies(applied, group, length);
    }

    /** Whether no strategy applies: there is nothing to compute. */
    public boolean isEmpty() {
        return applied.isEmpty();
    }

    /** The run's chart group within its chamber, such as {@code recipe=ALSTACK_1;recipeVersion=3}. */
    public String group() {
        return group;
    }

    /** Runs of the group that the strategies look back on, at most. */
    public int historyLength() {
        return historyLength;
    }

    /** Ids, the active strategy first. */
    public List<String> strategyIds() {
        return applied.stream().map(a -> a.strategy().id()).toList();
    }

    /** The strategies, the active one first. */
    public List<CompiledStrategy> strategies() {
        return applied.stream().map(Applied::strategy).toList();
    }

    /** The plan of runs whose U-charts have the given layout. */
    public RunPlan plan(IndicatorLayout layout) {
        List<String> svids =
                layout.keys().stream().map(IndicatorKey::svid).distinct().toList();
        List<Integer> steps = layout.keys().stream()
                .map(key -> WindowSpec.parse(key.window()))
                .filter(window -> !window.isWholeRun())
                .map(WindowSpec::step)
                .distinct()
                .sorted()
                .toList();
        return plan(svids, steps);
    }

    /**
     * What to compute and judge in a run. Costly: keep it by this object, the SVIDs and the steps.
     *
     * @param svids SVIDs that the run has samples of
     * @param steps recipe steps that it visited
     * @throws StrategyException if overrides that meet here contradict each other
     */
    public RunPlan plan(List<String> svids, List<Integer> steps) {
        return RunPlan.of(applied, group, svids, steps);
    }

    private static String group(CompiledStrategy strategy, RunContext run) {
        List<String> parts = new ArrayList<>();
        for (String attribute : strategy.groupAttributes()) {
            parts.add(attribute + '=' + escape(run.attribute(attribute)));
        }
        String group = String.join(";", parts);
        return group.length() <= MAX_GROUP
                ? group
                : group.substring(0, MAX_GROUP) + '~' + Integer.toHexString(group.hashCode());
    }

    private static String escape(String value) {
        return value.replace("%", "%25").replace(";", "%3B").replace("=", "%3D");
    }

    static List<OverrideSpec> runOverrides(Applied applied) {
        return applied.overrideSpecs().stream()
                .filter(override -> override.match().ofChart().isEmpty())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunStrategies that && group.equals(that.group) && applied.equals(that.applied);
    }

    @Override
    public int hashCode() {
        return 31 * group.hashCode() + applied.hashCode();
    }

    @Override
    public String toString() {
        return applied.stream().map(a -> a.strategy().toString()).toList() + " for " + group;
    }
}
