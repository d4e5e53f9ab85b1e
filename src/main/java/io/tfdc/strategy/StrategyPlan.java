package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.EpochPolicy;
import io.tfdc.spc.SpecLimits;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One strategy tied to the charts of runs of one kind. Immutable and shared. */
final class StrategyPlan {
    private final RunStrategies.Applied applied;
    private final CompiledStrategy strategy;
    private final ChartIndex charts;
    private final ChartSettings common;
    private final @Nullable ChartSettings[] settings;
    private final SpecLimits[] spec;
    private final List<BoundRule> rules;

    private record BoundRule(RuleSpec rule, Condition condition) {}

    StrategyPlan(RunStrategies.Applied applied, IndicatorLayout layout, List<String> svids, List<Integer> steps) {
        this.applied = applied;
        this.strategy = applied.strategy();
        this.charts = new ChartIndex(strategy.document(), layout, svids, steps);
        List<OverrideSpec> ofRun = RunStrategies.runOverrides(applied);
        YamlMapping base = strategy.document().chart();
        this.common = chartSettings(OverrideParser.apply(base, ofRun));
        this.settings = new ChartSettings[layout.size()];
        this.spec = new SpecLimits[layout.size()];
        Arrays.fill(spec, SpecLimits.NONE);
        Map<List<OverrideSpec>, ChartSettings> known = new HashMap<>();
        for (int chart : charts.positions()) {
            List<OverrideSpec> here = overridesOf(chart);
            ChartSettings its = known.computeIfAbsent(here, o -> chartSettings(OverrideParser.apply(base, o)));
            settings[chart] = its;
            spec[chart] = its.spec();
        }
        this.rules = strategy.document().rules().stream()
                .map(rule -> withOverrides(rule, ofRun))
                .filter(rule -> rule.mode() != StrategyMode.OFF)
                .map(rule -> new BoundRule(rule, new ConditionBinder(charts, rule).bind()))
                .toList();
    }

    String id() {
        return strategy.id();
    }

    /** Engineering limits of a chart. */
    SpecLimits spec(int chart) {
        return spec[chart];
    }

    /** Limits fixed by the strategy, null where they are learned or the chart isn't the strategy's. */
    @Nullable
    ControlLimits fixed(int chart) {
        ChartSettings its = settings[chart];
        return its == null ? null : its.fixed();
    }

    /** What a strategy makes of a run. */
    record Result(
            List<DefenseEvent> events,
            byte[] state,
            @Nullable LimitSet created,
            boolean incomplete,
            boolean excluded,
            boolean learning) {}

    Result evaluate(RunData data, History history, List<UChart> usable, Rows allRows, String group) {
        UChart last = newestWithState(data, history);
        byte[] bytes = last == null ? null : last.state().get(strategy.id());
        StrategyState before = last == null || bytes == null
                ? StrategyState.NONE
                : StrategyState.of(bytes).in(last.layout(), charts.layout());
        List<ChamberEvent> events = history.events().stream()
                .filter(event -> event.at().isBefore(data.context().end()))
                .toList();
        long epochStart = Epochs.start(data.context(), group, allRows, events, common.epochOn(), before.epochStart());
        Rows rows = allRows.inEpochSince(epochStart);
        boolean excluded = isExcluded(data, history);

        LimitSet known = knownLimits(data, history);
        boolean valid = known != null && isValid(known, data, group, events, epochStart);
        int epoch = epoch(before, epochStart, known, valid);
        int runsInEpoch = runsInEpoch(data, history, epochStart);
        boolean begun = epochStart != Epochs.NEVER;
        double widen = begun && runsInEpoch < common.epoch().widenRuns()
                ? common.epoch().widen()
                : 1;
        JudgedLimits limits = new JudgedLimits(charts.layout().size(), spec, widen);
        LimitSet set = new LimitLifecycle(data, group, strategy.id(), charts, settings, common, rows, limits)
                .judge(known, valid, epoch, !history.late() && !excluded);

        boolean restarted = epochStart != before.epochStart() || isRestart(set, before);
        long windowFrom = windowFrom(set, before, restarted, epochStart);
        Map<Integer, RuleMemory> memories = new TreeMap<>();
        Set<Integer> acknowledged = acknowledge(data, group, events, before, memories);
        Memory memory = new Memory(before, restarted, acknowledged);
        boolean incomplete = isIncomplete(data, usable);
        int windowRow = Math.max(rows.epochFrom(), rows.firstAfter(windowFrom));
        RunView view = new RunView(
                data.context(), charts, rows, windowRow, limits, data.findings(), events, incomplete, memory);
        boolean quiet = excluded || (begun && runsInEpoch < common.suppressRuns());
        long run = before.run() + 1;
        RuleJudge judge = new RuleJudge(
                new RuleJudge.Setting(
                        strategy,
                        applied.mode(),
                        group,
                        run,
                        history.late(),
                        quiet,
                        common.onLearning(),
                        strategy.document().suppress()),
                view);
        List<DefenseEvent> found = new ArrayList<>();
        for (BoundRule bound : rules) {
            bound.condition().advance(view);
            int hash = bound.rule().id().hashCode();
            RuleJudge.Outcome outcome =
                    judge.judge(bound.rule(), bound.condition(), memories.getOrDefault(hash, RuleMemory.NONE));
            if (outcome.event() != null) {
                found.add(outcome.event());
            }
            if (outcome.memory().equals(RuleMemory.NONE)) {
                memories.remove(hash);
            } else {
                memories.put(hash, outcome.memory());
            }
        }
        StrategyState after = excluded
                ? before
                : new StrategyState(
                        epoch,
                        epochStart,
                        set == null ? 0 : set.version(),
                        windowFrom,
                        run,
                        memory.ewma(),
                        memory.cusum(),
                        memories);
        LimitSet created = set == known ? null : set;
        boolean learning = set == null && hasLearnedLimits();
        return new Result(found, after.toBytes(), created, incomplete, excluded, learning);
    }

    /** Limits from exactly the given runs. */
    LimitSet limitsFrom(RunData data, Rows baseline, String group) {
        JudgedLimits unused = new JudgedLimits(charts.layout().size(), spec, 1);
        return new LimitLifecycle(data, group, strategy.id(), charts, settings, common, baseline, unused).fromAll();
    }

    private boolean hasLearnedLimits() {
        for (int chart : charts.positions()) {
            ChartSettings its = settings[chart];
            if (its != null && its.policy() != null) {
                return true;
            }
        }
        return false;
    }

    private static ChartSettings chartSettings(YamlMapping chart) {
        YamlProblems problems = new YamlProblems();
        ChartSettings settings = new ChartParser(problems).parse(chart);
        if (!problems.isEmpty()) {
            throw new StrategyException(problems.list());
        }
        return settings;
    }

    private List<OverrideSpec> overridesOf(int chart) {
        IndicatorKey key = charts.layout().keys().get(chart);
        String step = key.window().replaceAll("^step|[#\\[].*$", "");
        return applied.overrideSpecs().stream()
                .filter(override -> {
                    ContextMatch match = override.match().ofChart();
                    Map<String, String> attributes = Map.of("svid", key.svid(), "step", step, "stat", key.statistic());
                    if (!match.constrains("indicator")) {
                        return match.matches(name -> attributes.getOrDefault(name, ""));
                    }
                    return charts.idsOf(chart).stream()
                            .anyMatch(id -> match.matches(name -> attributes.getOrDefault(name, id)));
                })
                .toList();
    }

    private static RuleSpec withOverrides(RuleSpec rule, List<OverrideSpec> overrides) {
        RuleSpec changed = rule;
        List<OverrideSpec> order = new ArrayList<>(overrides);
        order.sort((a, b) -> a.specificity().compareTo(b.specificity()));
        for (OverrideSpec override : order) {
            Map<String, YamlNode> set = override.rules().getOrDefault(rule.id(), Map.of());
            for (Map.Entry<String, YamlNode> entry : set.entrySet()) {
                YamlNode value = entry.getValue();
                changed = switch (entry.getKey()) {
                    case "severity" -> changed.with(RuleParser.severity(value), changed.actions(), changed.mode());
                    case "actions" ->
                        changed.with(changed.severity(), RuleParser.actions(value, new YamlProblems()), changed.mode());
                    default -> changed.with(changed.severity(), changed.actions(), StrategyMode.parse(value.asText()));
                };
            }
        }
        return changed;
    }

    private @Nullable UChart newestWithState(RunData data, History history) {
        List<UChart> previous = history.previous();
        for (int i = previous.size() - 1; i >= 0; i--) {
            UChart chart = previous.get(i);
            if (!chart.has(UChart.LATE)
                    && chart.state().containsKey(strategy.id())
                    && Rows.isBefore(chart, data.context())) {
                return chart;
            }
        }
        return null;
    }

    private boolean isExcluded(RunData data, History history) {
        String context = data.context().id().context();
        return strategy.document().suppress().stream()
                        .anyMatch(suppress -> suppress.effect() == SuppressSpec.Effect.EXCLUDE
                                && suppress.when().matches(data.context()))
                || history.events().stream()
                        .anyMatch(event -> event.type().equals(ChamberEvent.EXCLUDE_RUN)
                                && event.subject().equals(context));
    }

    private @Nullable LimitSet knownLimits(RunData data, History history) {
        LimitSet set = history.limits().get(strategy.id());
        return set == null || set.validFrom().isAfter(data.context().end()) ? null : set;
    }

    private boolean isValid(LimitSet set, RunData data, String group, List<ChamberEvent> events, long epochStart) {
        if (Epochs.micros(set.validFrom()) > epochStart) {
            return true;
        }
        return common.epoch().mode() == EpochPolicy.Mode.KEEP
                && !Epochs.relearnSince(data.context(), group, events, set.validFrom());
    }

    private static int epoch(StrategyState before, long epochStart, @Nullable LimitSet known, boolean valid) {
        boolean isNew = epochStart != before.epochStart() && before.run() > 0;
        int counted = before.epoch() + (isNew ? 1 : 0);
        int fromLimits = known == null ? 0 : valid ? known.epoch() : known.epoch() + 1;
        return Math.max(counted, fromLimits);
    }

    private static int runsInEpoch(RunData data, History history, long epochStart) {
        return (int) history.previous().stream()
                .filter(chart -> Rows.isBefore(chart, data.context()))
                .filter(chart -> Epochs.micros(chart.context().end()) > epochStart)
                .count();
    }

    private static boolean isRestart(@Nullable LimitSet set, StrategyState before) {
        int version = set == null ? 0 : set.version();
        boolean extended = set != null
                && set.origin().equals(LimitLifecycle.EXTENDED)
                && before.limitVersion() == version - 1
                && version > 1;
        return version != before.limitVersion() && !extended;
    }

    private static long windowFrom(@Nullable LimitSet set, StrategyState before, boolean restarted, long epochStart) {
        if (set == null) {
            return epochStart;
        }
        return restarted ? Math.max(epochStart, Epochs.micros(set.validFrom()) - 1) : before.windowFrom();
    }

    /** Puts every rule's memory, acknowledgements taken into account, and gives the rules acknowledged since. */
    private Set<Integer> acknowledge(
            RunData data,
            String group,
            List<ChamberEvent> events,
            StrategyState before,
            Map<Integer, RuleMemory> memories) {
        Set<Integer> acknowledged = new HashSet<>();
        for (BoundRule bound : rules) {
            int hash = bound.rule().id().hashCode();
            RuleMemory memory = before.rules().getOrDefault(hash, RuleMemory.NONE);
            String key = RuleJudge.dedupeKey(
                    data.context().id(), group, strategy.id(), bound.rule().id());
            long ack = RuleJudge.lastAck(data.context(), events, key);
            if (ack > memory.ackSeen()) {
                acknowledged.add(hash);
                memory = memory.acknowledged(ack);
            }
            memories.put(hash, memory);
        }
        return acknowledged;
    }

    private boolean isIncomplete(RunData data, List<UChart> usable) {
        for (int chart : charts.positions()) {
            if (charts.isRequired(chart) && !RunView.isFinite(data.values()[chart])) {
                return true;
            }
        }
        if (usable.isEmpty()) {
            return false;
        }
        IndicatorLayout newest = usable.get(usable.size() - 1).layout();
        return !newest.equals(charts.layout())
                && newest.keys().stream().anyMatch(key -> charts.layout().indexOf(key) < 0 && isWanted(key));
    }

    private boolean isWanted(IndicatorKey key) {
        return strategy.document().indicators().stream()
                .anyMatch(entry -> entry.svids().stream().anyMatch(glob -> glob.matches(key.svid()))
                        && entry.except().stream().noneMatch(glob -> glob.matches(key.svid()))
                        && entry.statistics().stream()
                                .anyMatch(s -> s.toString().equals(key.statistic())));
    }
}
