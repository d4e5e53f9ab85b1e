package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import java.time.Instant;

/**
 * A decision without its moves, for a time line.
 *
 * @param moved how many chambers got another owner
 */
public record DecisionMark(
        Instant at, long epoch, long version, AssignmentMap.Cause cause, String summary, String by, int moved) {
    public static DecisionMark of(Decision decision) {
        return new DecisionMark(
                decision.at(),
                decision.epoch(),
                decision.version(),
                decision.cause(),
                decision.summary(),
                decision.by(),
                decision.moves().size());
    }
}
