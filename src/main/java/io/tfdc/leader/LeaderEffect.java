package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.Set;

/** What a leader wants done. The event that answers is named with each; any may be answered by {@link LeaderEvent.Failed} instead. */
public sealed interface LeaderEffect {
    /** Read the bucket of assignments. Answer: {@link LeaderEvent.StateRead}. */
    record ReadState() implements LeaderEffect {}

    /** Write the leader record; revision 0 creates. Answer: {@link LeaderEvent.EpochClaimed} or {@link LeaderEvent.WriteRefused}. */
    record ClaimEpoch(LeaderRecord record, long revision) implements LeaderEffect {}

    /** Write the map; revision 0 creates. Answer: {@link LeaderEvent.MapWritten} or {@link LeaderEvent.WriteRefused}. */
    record WriteMap(AssignmentMap map, long revision) implements LeaderEffect {}

    /** Write what operators wish; revision 0 creates. Answer: {@link LeaderEvent.OperatorStateWritten} or {@link LeaderEvent.WriteRefused}. */
    record WriteOperatorState(OperatorState state, long revision) implements LeaderEffect {}

    /** Ask a member's private subject whether it is there. Answer: {@link LeaderEvent.Probed}. */
    record Probe(String incarnation) implements LeaderEffect {}

    /** Read all chambers. Answer: {@link LeaderEvent.ChambersLoaded}. */
    record LoadChambers() implements LeaderEffect {}

    /** Delete all consumers of these ids. Answer: {@link LeaderEvent.MembersFenced}. */
    record FenceMembers(Set<StableId> ids) implements LeaderEffect {}

    /** Delete the consumers of a member that have one of the chambers. Answer: {@link LeaderEvent.SlicesFenced}. */
    record FenceSlices(StableId id, Set<ChamberId> chambers) implements LeaderEffect {}

    /** Delete one consumer that nobody may have. No answer. */
    record DeleteConsumer(String name) implements LeaderEffect {}

    /** Answer: {@link LeaderEvent.ConsumersSeen}. */
    record ListConsumers() implements LeaderEffect {}

    /** Let a standby claim an id. No answer: it heartbeats under the id, or asks again by staying on standby. */
    record Grant(String incarnation, StableId id) implements LeaderEffect {}

    /** Answer: {@link LeaderEvent.HistoryRead}. */
    record ReadHistory() implements LeaderEffect {}

    /** Write to the log of decisions. No answer. */
    record LogDecision(Decision decision) implements LeaderEffect {}

    /** Answer an operator. No answer. */
    record Reply(long ticket, OperatorReply reply) implements LeaderEffect {}

    /** Stop leading: somebody else does, or the broker is away. No answer. */
    record StepDown(String reason) implements LeaderEffect {}
}
