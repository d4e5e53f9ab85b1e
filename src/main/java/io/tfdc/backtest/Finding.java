package io.tfdc.backtest;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Severity;

/**
 * A defense event as far as a back-test keeps it.
 *
 * @param strategy strategy id
 * @param rule rule id
 * @param severity how bad
 * @param mode what would have happened with it
 * @param reason why, in words
 * @param charts number of charts behind it, at most 64
 */
public record Finding(
        String strategy, String rule, Severity severity, DefenseEvent.Mode mode, String reason, int charts) {

    static Finding of(DefenseEvent event) {
        return new Finding(
                event.strategy(),
                event.rule(),
                event.severity(),
                event.mode(),
                event.reason(),
                event.evidence().size());
    }

    /** {@code strategy.rule}. */
    public String name() {
        return strategy + '.' + rule;
    }

    /** Whether it counts: not suppressed and at least as bad as asked. Findings of a dry run count, they are what it is for. */
    boolean counts(Severity least) {
        return !isSuppressed() && severity.compareTo(least) >= 0;
    }

    boolean isSuppressed() {
        return mode == DefenseEvent.Mode.SUPPRESSED;
    }
}
