package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.Set;

/** What a member wants done. The event that answers is named with each; any may be answered by {@link MemberEvent.Failed} instead. */
public sealed interface MemberEffect {
    /** Answer: {@link MemberEvent.ClaimsListed}. */
    record ListClaims() implements MemberEffect {}

    /** Answer: {@link MemberEvent.ClaimWritten} or {@link MemberEvent.ClaimRefused}. */
    record CreateClaim(IdClaim claim) implements MemberEffect {}

    /** Answer: {@link MemberEvent.ClaimWritten} or {@link MemberEvent.ClaimRefused}. */
    record UpdateClaim(IdClaim claim, long revision) implements MemberEffect {}

    /** Answer: {@link MemberEvent.ClaimDeleted} or {@link MemberEvent.ClaimRefused}. */
    record DeleteClaim(StableId id, long revision) implements MemberEffect {}

    /** Answer: {@link MemberEvent.HeartbeatWritten}. */
    record PutHeartbeat(Heartbeat heartbeat) implements MemberEffect {}

    /** Answer: {@link MemberEvent.HeartbeatDeleted}. */
    record DeleteHeartbeat(String key) implements MemberEffect {}

    /** Delete all consumers of the id but those of the given incarnation. Answer: {@link MemberEvent.LeftoversDeleted}. */
    record DeleteLeftovers(StableId id, String incarnation) implements MemberEffect {}

    /** Forget what is cached of the chambers and load their history. Answer: {@link MemberEvent.Prefetched}. */
    record Prefetch(Set<ChamberId> chambers) implements MemberEffect {}

    /** Create a consumer and pull from it, without messages until the answer is given. Answer: {@link MemberEvent.SliceCreated} or {@link MemberEvent.SliceRefused}. */
    record CreateSlice(String name, Set<ChamberId> chambers) implements MemberEffect {
        public CreateSlice {
            if (chambers.isEmpty()) {
                throw new IllegalArgumentException("slice " + name + ": an empty filter would receive everything");
            }
            chambers = Set.copyOf(chambers);
        }
    }

    /** Take chambers away from a consumer; what is in flight for them is let go of. Answer: {@link MemberEvent.SliceShrunk}. */
    record ShrinkSlice(String name, Set<ChamberId> remaining) implements MemberEffect {
        public ShrinkSlice {
            if (remaining.isEmpty()) {
                throw new IllegalArgumentException("slice " + name + ": an empty filter would receive everything");
            }
            remaining = Set.copyOf(remaining);
        }
    }

    /** Pull no more from a consumer; what is in flight goes on. No answer. */
    record PauseSlice(String name) implements MemberEffect {}

    /** Pull again from a paused consumer. No answer. */
    record ResumeSlice(String name) implements MemberEffect {}

    /** Stop pulling and delete the consumer. Answer: {@link MemberEvent.SliceDeleted}, also if it was gone. */
    record DeleteSlice(String name) implements MemberEffect {}

    /** Stop pulling from all slices of an earlier life without asking the broker, and let go of everything in flight unsettled. No answer. */
    record AbandonSlices() implements MemberEffect {}

    /** Answer: {@link MemberEvent.ReleaseWritten}. */
    record PutRelease(ReleaseRecord record) implements MemberEffect {}

    /** Answer: {@link MemberEvent.StandbysFound}. */
    record FindStandbys() implements MemberEffect {}

    /** Offer an id to a standby. Answer: {@link MemberEvent.OfferAnswered}. */
    record OfferId(String incarnation, StableId id, long revision) implements MemberEffect {}

    /** Answer an offer. No answer. */
    record AnswerOffer(long ticket, boolean accepted) implements MemberEffect {}

    /** Take part in elections under this name instead of any other. No answer. */
    record Campaign(String candidate) implements MemberEffect {}

    /** Resign and take no further part in elections. No answer. */
    record Resign() implements MemberEffect {}

    /** The process has left the cluster and may end. No answer. */
    record Left() implements MemberEffect {}
}
