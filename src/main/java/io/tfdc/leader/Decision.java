package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import java.time.Instant;
import java.util.List;

/**
 * An entry of the log of decisions: a version of the map, with every move and its reason, or something decided without a move.
 *
 * @param at time of day
 * @param epoch the leader's epoch
 * @param version version of the map that followed, or the present one
 * @param cause what kind of event led to it
 * @param summary in words: what happened, what was decided
 * @param by operator who asked for it, empty if nobody did
 * @param members number of members
 * @param moves chambers that got another owner
 * @param maxOverMean balance of weights afterwards
 */
public record Decision(
        Instant at,
        long epoch,
        long version,
        AssignmentMap.Cause cause,
        String summary,
        String by,
        int members,
        List<Move> moves,
        double maxOverMean) {
    public Decision {
        moves = List.copyOf(moves);
    }
}
