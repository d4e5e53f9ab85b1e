package io.tfdc.strategy;

import io.tfdc.model.RunContext;
import io.tfdc.yaml.YamlException;
import io.tfdc.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The strategies in force. Immutable: a change of strategies is another book, so that a run is judged by one version from
 * beginning to end.
 */
public final class StrategyBook {
    private final List<CompiledStrategy> strategies;
    private final List<List<CompiledStrategy>> versionsNewestFirst;

    private StrategyBook(List<CompiledStrategy> strategies) {
        this.strategies = List.copyOf(strategies);
        Map<String, List<CompiledStrategy>> byId = new TreeMap<>();
        for (CompiledStrategy strategy : strategies) {
            byId.computeIfAbsent(strategy.id(), id -> new ArrayList<>()).add(strategy);
        }
        byId.values()
                .forEach(v -> v.sort(
                        Comparator.comparingInt(CompiledStrategy::version).reversed()));
        this.versionsNewestFirst = List.copyOf(byId.values());
    }

    /**
     * Compiles documents. Several versions of a strategy may be given; the newest that is effective at the end of a run judges
     * it.
     *
     * @throws StrategyException with the problems of all documents
     */
    public static StrategyBook compile(List<StrategySource> sources) {
        List<YamlProblem> problems = new ArrayList<>();
        List<CompiledStrategy> compiled = new ArrayList<>();
        for (StrategySource source : sources) {
            try {
                compiled.add(new CompiledStrategy(DocumentParser.parse(source), source.name()));
            } catch (YamlException e) {
                problems.addAll(e.problems());
            }
        }
        problems.addAll(conflicts(compiled));
        if (!problems.isEmpty()) {
            throw new StrategyException(problems.stream().distinct().toList());
        }
        return new StrategyBook(compiled);
    }

    /** All strategies in the order given. */
    public List<CompiledStrategy> strategies() {
        return strategies;
    }

    /** The strategies that apply to a run: at most one active one, the most specific, and every dry-run one. */
    public RunStrategies match(RunContext run) {
        RunStrategies.Applied active = null;
        List<RunStrategies.Applied> dryRuns = new ArrayList<>();
        for (List<CompiledStrategy> versions : versionsNewestFirst) {
            RunStrategies.Applied applied = apply(versions, run);
            if (applied == null || applied.mode() == StrategyMode.OFF) {
                continue;
            }
            if (applied.mode() == StrategyMode.DRY_RUN) {
                dryRuns.add(applied);
            } else if (active == null || specificity(applied).compareTo(specificity(active)) > 0) {
                active = applied;
            }
        }
        List<RunStrategies.Applied> all = new ArrayList<>();
        if (active != null) {
            all.add(active);
        }
        all.addAll(dryRuns);
        return RunStrategies.of(all, run);
    }

    private static RunStrategies.@Nullable Applied apply(List<CompiledStrategy> versions, RunContext run) {
        for (CompiledStrategy strategy : versions) {
            if (!strategy.document().effectiveFrom().isAfter(run.end())) {
                return strategy.document().match().matches(run) ? RunStrategies.Applied.of(strategy, run) : null;
            }
        }
        return null;
    }

    private static Specificity specificity(RunStrategies.Applied applied) {
        return specificity(applied.strategy());
    }

    private static Specificity specificity(CompiledStrategy strategy) {
        return Specificity.of(strategy.document().match(), strategy.document().priority());
    }

    private static List<YamlProblem> conflicts(List<CompiledStrategy> compiled) {
        List<YamlProblem> problems = new ArrayList<>();
        Map<String, CompiledStrategy> seen = new LinkedHashMap<>();
        for (CompiledStrategy strategy : compiled) {
            CompiledStrategy same = seen.put(strategy.toString(), strategy);
            if (same != null) {
                problems.add(problem(strategy, "strategy " + strategy + " is given twice, also in " + same.source()));
            }
        }
        for (int i = 0; i < compiled.size(); i++) {
            for (int j = 0; j < i; j++) {
                String conflict = conflict(compiled.get(i), compiled.get(j));
                if (!conflict.isEmpty()) {
                    problems.add(problem(compiled.get(i), conflict));
                }
            }
        }
        return problems;
    }

    private static String conflict(CompiledStrategy a, CompiledStrategy b) {
        StrategyDocument first = a.document();
        StrategyDocument second = b.document();
        if (a.id().equals(b.id())
                || a.mode() == StrategyMode.OFF
                || b.mode() == StrategyMode.OFF
                || !first.match().overlaps(second.match())) {
            return "";
        }
        if (a.mode() == StrategyMode.ACTIVE
                && b.mode() == StrategyMode.ACTIVE
                && specificity(a).compareTo(specificity(b)) == 0) {
            return "active strategy " + b + " in " + b.source()
                    + " matches some of the same runs as closely: give one of them a higher priority";
        }
        boolean sameGroups = a.groupAttributes().equals(b.groupAttributes());
        return sameGroups || a.mode() == b.mode() && a.mode() == StrategyMode.ACTIVE
                ? ""
                : "strategy " + b + " in " + b.source() + " is for some of the same runs but has another partitionBy";
    }

    private static YamlProblem problem(CompiledStrategy strategy, String message) {
        return new YamlProblem(strategy.document().at(), message);
    }

    @Override
    public String toString() {
        return "StrategyBook" + strategies;
    }
}
