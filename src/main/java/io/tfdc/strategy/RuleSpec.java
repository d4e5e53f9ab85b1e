package io.tfdc.strategy;

import io.tfdc.model.DefenseEvent.Action;
import io.tfdc.model.Severity;
import io.tfdc.yaml.YamlPosition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as written.
 *
 * @param id unique within the strategy
 * @param when its condition
 * @param severity of its events
 * @param actions asked for by its events
 * @param message what to do about it, shown with the reason; may be empty
 * @param mode narrows the strategy's mode; {@link StrategyMode#ACTIVE} changes nothing
 * @param onUnknown severity of an event where the condition can't be decided, or null for none
 * @param trigger when it speaks
 * @param latch whether it is silent after an event until it is cleared
 * @param clearAfter 0: cleared by acknowledgement; n: cleared by n runs in a row without the condition, too
 * @param cooldownRuns silent for so many runs after an event
 * @param cooldownTime silent for so long after an event
 * @param escalation null for none
 * @param at where it stands
 */
record RuleSpec(
        String id,
        ConditionSpec when,
        Severity severity,
        List<Action> actions,
        String message,
        StrategyMode mode,
        @Nullable Severity onUnknown,
        Trigger trigger,
        boolean latch,
        int clearAfter,
        int cooldownRuns,
        @Nullable Duration cooldownTime,
        @Nullable Escalation escalation,
        YamlPosition at) {
    /** When a rule speaks whose condition holds in several runs. */
    enum Trigger {
        /** Every time. */
        EACH,
        /** When it begins to hold, or for a further chart. */
        EDGE
    }

    /**
     * More severe when it happens again.
     *
     * @param to the severity then
     * @param occurrences runs in which the condition held, this one included
     * @param runs within so many runs, 0 for no bound
     * @param within within so long, or null
     * @param actions asked for besides
     */
    record Escalation(
            Severity to,
            int occurrences,
            int runs,
            @Nullable Duration within,
            List<Action> actions) {}

    RuleSpec {
        actions = List.copyOf(actions);
    }

    RuleSpec with(Severity newSeverity, List<Action> newActions, StrategyMode newMode) {
        return new RuleSpec(
                id,
                when,
                newSeverity,
                newActions,
                message,
                newMode,
                onUnknown,
                trigger,
                latch,
                clearAfter,
                cooldownRuns,
                cooldownTime,
                escalation,
                at);
    }
}
