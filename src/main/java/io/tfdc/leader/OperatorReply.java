package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Optional;

/** An answer to an operator. */
public sealed interface OperatorReply {
    /** Done, or already so. */
    record Done(String summary) implements OperatorReply {}

    /** Not done, and why. */
    record Refused(String reason) implements OperatorReply {}

    /** How the cluster stands. */
    record Status(LeaderView leader, Optional<AssignmentMap> map, List<MemberRow> members, OperatorState operator)
            implements OperatorReply {}

    /**
     * A member or a standby as the leader sees it.
     *
     * @param silentMillis since its last heartbeat arrived
     * @param verdict "ok", "draining", "suspect", "gray" ...
     */
    record MemberRow(Heartbeat heartbeat, long silentMillis, int chambers, long weight, String verdict) {}

    /** What would happen. */
    record DryRun(int members, List<Move> moves, PlanStatistics statistics) implements OperatorReply {}

    /**
     * Where a chamber is and why.
     *
     * @param releasing who may still have it in a consumer
     * @param weight its weight
     * @param pinned where an operator tied it to
     */
    record Explanation(
            ChamberId chamber,
            Optional<StableId> owner,
            List<StableId> releasing,
            long weight,
            Optional<StableId> pinned)
            implements OperatorReply {}
}
