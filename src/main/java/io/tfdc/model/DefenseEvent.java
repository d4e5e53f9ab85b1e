package io.tfdc.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A finding of the defense strategy about one run. Its id is a function of run and rule, so that a run processed twice
 * yields the same event and not a second one.
 *
 * @param id {@code tool:chamber:context:strategy.rule}
 * @param dedupeKey events with equal keys are one incident, {@code tool:chamber:group:strategy.rule}
 * @param run the run
 * @param group chart group
 * @param strategy strategy id
 * @param strategyVersion strategy version
 * @param rule rule id within the strategy
 * @param severity how bad, escalation applied
 * @param mode {@code ACTIVE} events are published, {@code DRY_RUN} and {@code SUPPRESSED} ones only stored
 * @param raisedAt end of the run (process time, not wall clock)
 * @param reason why, in words for an engineer
 * @param evidence at least one chart's value and limits, at most 64 (the worst first)
 * @param actions what the strategy asks for, e.g. {@code hold=lot}, {@code notify=etch-oncall}
 * @param context the run's attributes
 */
public record DefenseEvent(
        String id,
        String dedupeKey,
        RunId run,
        String group,
        String strategy,
        int strategyVersion,
        String rule,
        Severity severity,
        Mode mode,
        Instant raisedAt,
        String reason,
        List<Evidence> evidence,
        List<Action> actions,
        Map<String, String> context) {

    /** What happens with the event. */
    public enum Mode {
        ACTIVE,
        DRY_RUN,
        SUPPRESSED
    }

    /**
     * A measure that the strategy asks for.
     *
     * @param type {@code hold}, {@code inhibit}, {@code notify}, {@code log}, ...
     * @param target what it acts on or who is told, e.g. {@code lot}, {@code chamber}, {@code etch-oncall}
     */
    public record Action(String type, String target) {
        public Action {
            Names.requiredText("action type", type, 64);
            Names.text("action target", target, 256);
        }
    }

    public DefenseEvent {
        Names.requiredText("event id", id, 512);
        Names.text("event reason", reason, 2048);
        evidence = List.copyOf(evidence);
        actions = List.copyOf(actions);
        context = Map.copyOf(context);
    }

    /** The deterministic id of a rule's event about a run. */
    public static String idOf(RunId run, String strategy, String rule) {
        return run + ":" + strategy + '.' + rule;
    }
}
