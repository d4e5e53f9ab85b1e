package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Set;

/** What a member is told. Answers come once for every effect that has one; {@link Failed} stands for any of them and leaves the outcome open. */
public sealed interface MemberEvent {
    /** Time passes; comes every {@link ClusterSettings#TICK}. */
    record Tick() implements MemberEvent {}

    /**
     * The broker can be reached, or not any more. Comes once at the start, too. That it can be reached again comes only after the present map
     * and leader record were read anew and told: while the process was away its chambers may have been given to others.
     */
    record BrokerReachable(boolean reachable) implements MemberEvent {}

    record ClaimsListed(List<IdClaim.Entry> claims) implements MemberEvent {}

    /**
     * @param sentNanos monotonic time at which the write was sent
     */
    record ClaimWritten(StableId id, long revision, long sentNanos) implements MemberEvent {}

    /** The key exists, or has another revision. */
    record ClaimRefused(StableId id) implements MemberEvent {}

    record ClaimDeleted(StableId id) implements MemberEvent {}

    /**
     * May come late, after a {@link Failed} for the same effect: it counts nevertheless.
     *
     * @param sentNanos monotonic time at which the write was sent
     */
    record HeartbeatWritten(String incarnation, long sentNanos) implements MemberEvent {}

    record HeartbeatDeleted(String key) implements MemberEvent {}

    record LeftoversDeleted(StableId id) implements MemberEvent {}

    record Prefetched(Set<ChamberId> chambers) implements MemberEvent {}

    /** The consumer is there. Comes before the first message from it is passed on. */
    record SliceCreated(String name) implements MemberEvent {}

    /** Another consumer has one of the chambers. */
    record SliceRefused(String name) implements MemberEvent {}

    record SliceShrunk(String name) implements MemberEvent {}

    record SliceDeleted(String name) implements MemberEvent {}

    /** The consumer was deleted by somebody else. */
    record SliceLost(String name) implements MemberEvent {}

    record ReleaseWritten(long version) implements MemberEvent {}

    /** Incarnations on standby now. */
    record StandbysFound(List<String> incarnations) implements MemberEvent {}

    record OfferAnswered(String incarnation, boolean accepted) implements MemberEvent {}

    /** The effect failed or its outcome is unknown: it may have happened. */
    record Failed(MemberEffect effect, String reason) implements MemberEvent {}

    /** A version of the map, at the start and at every change. */
    record MapSeen(AssignmentMap map, long revision) implements MemberEvent {}

    record LeaderSeen(LeaderRecord leader) implements MemberEvent {}

    record ReleaseSeen(ReleaseRecord release) implements MemberEvent {}

    /** The bucket of assignments has been replayed: there is no map if none was seen. */
    record Replayed() implements MemberEvent {}

    /** The leader lets this standby claim an id. */
    record GrantReceived(String incarnation, StableId id) implements MemberEvent {}

    /**
     * A leaver offers its id to this standby; to be answered by {@link MemberEffect.AnswerOffer}.
     *
     * @param ticket to be given back with the answer
     */
    record OfferReceived(String incarnation, StableId id, long revision, long ticket) implements MemberEvent {}

    /** Work on a run of the chamber begins. Comes only after {@link MemberCore#mayExecute} allowed it. */
    record RunStarted(ChamberId chamber) implements MemberEvent {}

    /** Work on a run of the chamber has ended and its message is settled or left. */
    record RunFinished(ChamberId chamber) implements MemberEvent {}

    /**
     * How the election stands.
     *
     * @param leader name of the candidate that leads, this process's own if it does; empty if nobody is known to lead
     */
    record ElectionSeen(boolean leading, String leader) implements MemberEvent {}

    /** What this process does as a leader: SCALING, REBALANCING, EMERGENCY, or STABLE. */
    record PhaseSeen(MemberState phase) implements MemberEvent {}

    record ProgressSeen(Progress progress) implements MemberEvent {}

    /** Something waits until it is certain whether the lease still counts, see {@link MemberCore#isInDoubt}. */
    record CertaintyWanted() implements MemberEvent {}

    record ShutdownRequested() implements MemberEvent {}
}
