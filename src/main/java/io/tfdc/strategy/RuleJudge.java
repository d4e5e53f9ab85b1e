package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.DefenseEvent.Action;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.strategy.ChartSettings.OnLearning;
import io.tfdc.strategy.RuleMemory.Occurrence;
import io.tfdc.strategy.RuleSpec.Escalation;
import io.tfdc.strategy.RuleSpec.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a rule speaks about a run: trigger, latch, cool-down, escalation, suppression. One per strategy and run.
 */
final class RuleJudge {
    private static final int MAX_REASON = 2048;

    /**
     * What holds for all rules.
     *
     * @param strategy id and version
     * @param mode of the strategy in this context
     * @param group chart group
     * @param run number of the run
     * @param late whether a later run has been judged
     * @param quiet whether events aren't published, whatever the rule
     * @param onLearning what events may do that rest on provisional limits
     * @param suppress contexts in which findings don't count
     */
    record Setting(
            CompiledStrategy strategy,
            StrategyMode mode,
            String group,
            long run,
            boolean late,
            boolean quiet,
            OnLearning onLearning,
            List<SuppressSpec> suppress) {}

    /** A rule's memory after the run and its event, if it speaks. */
    record Outcome(RuleMemory memory, @Nullable DefenseEvent event) {}

    private final Setting setting;
    private final RunView view;
    private final RunContext context;
    private final long now;

    RuleJudge(Setting setting, RunView view) {
        this.setting = setting;
        this.view = view;
        this.context = view.context;
        this.now = Epochs.micros(context.end());
    }

    /** Events with this key are one incident. */
    static String dedupeKey(RunId run, String group, String strategy, String rule) {
        return Wording.shortened(run.chamber() + ":" + group + ':' + strategy + '.' + rule, 512);
    }

    /** When the rule was acknowledged last before the run ended, {@link Epochs#NEVER} if never. */
    static long lastAck(RunContext run, List<ChamberEvent> events, String dedupeKey) {
        long last = Epochs.NEVER;
        for (ChamberEvent event : events) {
            if (event.type().equals(ChamberEvent.ACK)
                    && (event.subject().isEmpty() || event.subject().equals(dedupeKey))
                    && event.at().isBefore(run.end())) {
                last = Math.max(last, Epochs.micros(event.at()));
            }
        }
        return last;
    }

    /** @param before memory with acknowledgements taken into account */
    Outcome judge(RuleSpec rule, Condition condition, RuleMemory before) {
        view.forgetUnknown();
        Truth truth = condition.test(view, view.last());
        SuppressSpec.Effect effect = effect(rule);
        if (effect == SuppressSpec.Effect.IGNORE) {
            return new Outcome(before, null);
        }
        boolean quiet = setting.quiet() || effect != SuppressSpec.Effect.NONE;
        return switch (truth) {
            case TRUE -> holds(rule, condition, before, quiet);
            case FALSE -> new Outcome(normal(rule, before), null);
            case UNKNOWN -> undecided(rule, before, quiet);
        };
    }

    private Outcome holds(RuleSpec rule, Condition condition, RuleMemory before, boolean quiet) {
        Violations violations = new Violations(view);
        List<Occurrence> occurrences = quiet ? before.occurrences() : remembered(rule, before);
        boolean isEscalated = isEscalated(rule, occurrences);
        boolean escalates = isEscalated && !before.escalated();
        boolean free = !before.latched() && !isCooling(rule, before);
        boolean needsCharts = rule.trigger() == Trigger.EDGE || (free || escalates);
        if (needsCharts) {
            condition.explain(view, view.last(), violations);
        }
        List<Integer> charts = rule.trigger() == Trigger.EDGE ? violations.chartHashes() : List.of();
        boolean begins = rule.trigger() == Trigger.EACH
                || !before.wasTrue()
                || !before.charts().containsAll(charts);
        boolean speaks = escalates || (free && begins);
        if (quiet) {
            return new Outcome(before, speaks ? event(rule, violations, isEscalated, true) : null);
        }
        if (!speaks) {
            boolean spoken = before.wasTrue() && before.charts().containsAll(charts);
            return new Outcome(memory(rule, before, occurrences, false, isEscalated, spoken, charts), null);
        }
        return new Outcome(
                memory(rule, before, occurrences, true, isEscalated, true, charts),
                event(rule, violations, isEscalated, false));
    }

    private RuleMemory memory(
            RuleSpec rule,
            RuleMemory before,
            List<Occurrence> occurrences,
            boolean speaks,
            boolean isEscalated,
            boolean spoken,
            List<Integer> charts) {
        boolean latches = speaks && rule.latch();
        return new RuleMemory(
                before.latched() || latches,
                latches && !before.latched() ? now : before.latchedAt(),
                0,
                spoken,
                false,
                isEscalated && (speaks || before.escalated()),
                speaks ? setting.run() : before.eventRun(),
                speaks ? now : before.eventAt(),
                before.ackSeen(),
                occurrences,
                spoken ? charts : before.charts());
    }

    private RuleMemory normal(RuleSpec rule, RuleMemory before) {
        int normalRuns = before.latched() ? before.normalRuns() + 1 : 0;
        boolean clears = rule.clearAfter() > 0 && normalRuns >= rule.clearAfter();
        boolean stillEscalated = before.escalated() && isEscalated(rule, before.occurrences());
        return new RuleMemory(
                before.latched() && !clears,
                clears ? Epochs.NEVER : before.latchedAt(),
                clears ? 0 : normalRuns,
                false,
                false,
                stillEscalated,
                before.eventRun(),
                before.eventAt(),
                before.ackSeen(),
                recent(rule, before.occurrences()),
                List.of());
    }

    private Outcome undecided(RuleSpec rule, RuleMemory before, boolean quiet) {
        Severity severity = rule.onUnknown();
        boolean unknown = severity != null && view.isUnknownBeyondLearning();
        RuleMemory after = new RuleMemory(
                before.latched(),
                before.latchedAt(),
                before.normalRuns(),
                before.wasTrue(),
                unknown,
                before.escalated(),
                before.eventRun(),
                before.eventAt(),
                before.ackSeen(),
                recent(rule, before.occurrences()),
                before.charts());
        if (severity == null || !unknown || before.wasUnknown()) {
            return new Outcome(after, null);
        }
        String reason = "can't be decided: " + view.whyUnknown();
        List<Action> told = rule.actions().stream()
                .filter(action ->
                        action.type().equals("notify") || action.type().equals("log"))
                .toList();
        return new Outcome(after, event(rule, severity, reason, new Violations(view), told, quiet));
    }

    private List<Occurrence> remembered(RuleSpec rule, RuleMemory before) {
        if (rule.escalation() == null) {
            return List.of();
        }
        List<Occurrence> occurrences = new ArrayList<>(recent(rule, before.occurrences()));
        occurrences.add(new Occurrence(setting.run(), now));
        int surplus = occurrences.size() - StrategyState.MAX_OCCURRENCES;
        return surplus > 0 ? occurrences.subList(surplus, occurrences.size()) : occurrences;
    }

    private List<Occurrence> recent(RuleSpec rule, List<Occurrence> occurrences) {
        Escalation escalation = rule.escalation();
        if (escalation == null) {
            return List.of();
        }
        return occurrences.stream()
                .filter(o -> escalation.runs() == 0 || setting.run() - o.run() < escalation.runs())
                .filter(o -> escalation.within() == null
                        || now - o.at() <= escalation.within().toNanos() / 1000)
                .toList();
    }

    private boolean isEscalated(RuleSpec rule, List<Occurrence> occurrences) {
        Escalation escalation = rule.escalation();
        return escalation != null && recent(rule, occurrences).size() >= escalation.occurrences();
    }

    private boolean isCooling(RuleSpec rule, RuleMemory before) {
        if (before.eventRun() < 0) {
            return false;
        }
        boolean byRuns = rule.cooldownRuns() > 0 && setting.run() - before.eventRun() <= rule.cooldownRuns();
        boolean byTime = rule.cooldownTime() != null
                && now - before.eventAt() <= rule.cooldownTime().toNanos() / 1000;
        return byRuns || byTime;
    }

    private SuppressSpec.Effect effect(RuleSpec rule) {
        SuppressSpec.Effect strongest = SuppressSpec.Effect.NONE;
        for (SuppressSpec suppress : setting.suppress()) {
            if (suppress.effect().compareTo(strongest) > 0
                    && suppress.when().matches(context)
                    && suppress.rules().stream().anyMatch(glob -> glob.matches(rule.id()))) {
                strongest = suppress.effect();
            }
        }
        return strongest;
    }

    private DefenseEvent event(RuleSpec rule, Violations violations, boolean isEscalated, boolean quiet) {
        Escalation escalation = rule.escalation();
        Severity severity = rule.severity();
        List<Action> actions = rule.actions();
        String reason = violations.words();
        if (isEscalated && escalation != null) {
            severity = escalation.to();
            actions = union(actions, escalation.actions());
            reason += "; escalated to " + severity.name().toLowerCase(Locale.ROOT) + " as it has happened "
                    + escalation.occurrences() + " times"
                    + (escalation.runs() > 0 ? " within " + escalation.runs() + " runs" : "");
        }
        if (violations.isProvisional() && setting.onLearning() != OnLearning.ALARM) {
            boolean log = setting.onLearning() == OnLearning.LOG;
            Severity most = log ? Severity.LOG : Severity.WARNING;
            severity = severity.compareTo(most) > 0 ? most : severity;
            actions = actions.stream()
                    .filter(action ->
                            log ? action.type().equals("log") : !RuleParser.STOP_ACTIONS.contains(action.type()))
                    .toList();
        }
        if (!rule.message().isEmpty()) {
            reason += ". " + rule.message();
        }
        return event(rule, severity, reason, violations, actions, quiet);
    }

    private DefenseEvent event(
            RuleSpec rule,
            Severity severity,
            String reason,
            Violations violations,
            List<Action> actions,
            boolean quiet) {
        RunId run = context.id();
        boolean dry = setting.mode() == StrategyMode.DRY_RUN || rule.mode() == StrategyMode.DRY_RUN;
        List<Action> allowed = setting.late()
                ? actions.stream()
                        .filter(action -> !RuleParser.STOP_ACTIONS.contains(action.type()))
                        .toList()
                : actions;
        String strategy = setting.strategy().id();
        return new DefenseEvent(
                DefenseEvent.idOf(run, strategy, rule.id()),
                dedupeKey(run, setting.group(), strategy, rule.id()),
                run,
                setting.group(),
                strategy,
                setting.strategy().version(),
                rule.id(),
                severity,
                quiet ? DefenseEvent.Mode.SUPPRESSED : dry ? DefenseEvent.Mode.DRY_RUN : DefenseEvent.Mode.ACTIVE,
                context.end(),
                Wording.shortened(setting.late() ? reason + " (run arrived late)" : reason, MAX_REASON),
                violations.evidence(),
                allowed,
                context.attributes());
    }

    private static List<Action> union(List<Action> a, List<Action> b) {
        Set<Action> seen = new HashSet<>();
        List<Action> all = new ArrayList<>();
        for (List<Action> actions : List.of(a, b)) {
            for (Action action : actions) {
                if (seen.add(action)) {
                    all.add(action);
                }
            }
        }
        return all;
    }
}
