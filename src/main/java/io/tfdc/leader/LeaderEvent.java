package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a leader is told. {@link Failed} stands for the answer to any effect and leaves its outcome open. */
public sealed interface LeaderEvent {
    /** Time passes; comes every {@link io.tfdc.coordination.ClusterSettings#TICK}. */
    record Tick() implements LeaderEvent {}

    record BrokerReachable(boolean reachable) implements LeaderEvent {}

    /** What is stored; revisions are 0 for what is not there. */
    record StateRead(
            Optional<LeaderRecord> leader,
            long leaderRevision,
            Optional<AssignmentMap> map,
            long mapRevision,
            OperatorState operator,
            long operatorRevision,
            List<ReleaseRecord> releases)
            implements LeaderEvent {}

    record EpochClaimed(long revision) implements LeaderEvent {}

    record MapWritten(long epoch, long version, long revision) implements LeaderEvent {}

    record OperatorStateWritten(long revision) implements LeaderEvent {}

    /** A compare-and-set met another revision: somebody else wrote. */
    record WriteRefused(LeaderEffect effect) implements LeaderEvent {}

    /** Every heartbeat, this process's own included. */
    record HeartbeatSeen(Heartbeat heartbeat) implements LeaderEvent {}

    /** A heartbeat was deleted: its sender has left in order. */
    record HeartbeatGone(String key) implements LeaderEvent {}

    record ReleaseSeen(ReleaseRecord release) implements LeaderEvent {}

    record Probed(String incarnation, ProbeResult result) implements LeaderEvent {}

    /** How a member answered. */
    enum ProbeResult {
        ANSWERED,
        NO_RESPONDERS,
        TIMEOUT
    }

    /** Every chamber that is known, with its load. */
    record ChambersLoaded(List<ChamberLoad> chambers) implements LeaderEvent {}

    /** All consumers of the dead are deleted. */
    record MembersFenced(Set<StableId> ids) implements LeaderEvent {}

    /** All consumers of the member that have one of the chambers are deleted. */
    record SlicesFenced(StableId id, Set<ChamberId> chambers) implements LeaderEvent {}

    /** The consumers that exist, with their chambers by name. */
    record ConsumersSeen(Map<String, Set<ChamberId>> slices) implements LeaderEvent {}

    /** The intended number of members as the platform tells it; empty if it doesn't. */
    record SizeSeen(OptionalInt intended) implements LeaderEvent {}

    /**
     * An operator's wish, to be answered by {@link LeaderEffect.Reply}.
     *
     * @param by who asks
     * @param ticket to be given back with the answer
     */
    record CommandReceived(OperatorCommand command, String by, long ticket) implements LeaderEvent {}

    /** Maps of earlier versions, newest first. */
    record HistoryRead(List<AssignmentMap> maps) implements LeaderEvent {}

    record Failed(LeaderEffect effect, String reason) implements LeaderEvent {}
}
