package io.tfdc.model;

import java.time.Instant;

/**
 * The decision that a stored version of a strategy is in force. Decisions are only added; the latest counts.
 *
 * @param id strategy id
 * @param version the version in force from now on, 0 for none
 * @param by who decided
 * @param at when; decisions about a strategy differ by at least a millisecond
 * @param reason why, up to 500 characters, may be empty
 */
public record StrategyActivation(String id, int version, String by, Instant at, String reason) {
    public StrategyActivation {
        Names.token("strategy id", id, 128);
        Names.requiredText("activated by", by, 128);
        Names.text("reason", reason, 500);
        if (version < 0) {
            throw new IllegalArgumentException("activation of " + id + ": expected a version of at least 0");
        }
    }
}
