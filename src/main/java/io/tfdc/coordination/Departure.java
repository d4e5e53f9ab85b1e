package io.tfdc.coordination;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;

/**
 * Leaving the cluster in order: say so, resign, finish what is at work, delete the consumers, state the release, hand the id to a standby or
 * else delete the claim, and take back the heartbeat last. If the id was handed over, the heartbeat under it is the successor's and stays.
 * Ends at the latest 5 s after the drain budget, whatever the broker does.
 */
final class Departure {
    private static final long REST = Duration.ofSeconds(5).toNanos();

    /** A heartbeat that says so is acknowledged by then, or the broker is in trouble. */
    private static final long ANNOUNCE_LIMIT = Duration.ofSeconds(1).toNanos();

    /** A standby answers in a moment or not at all. */
    private static final long OFFER_LIMIT = Duration.ofSeconds(2).toNanos();

    private final Outbox out;
    private final Parts parts;
    private final long drainBudget;

    private boolean begun;
    private long begunAt;
    private Stage stage = Stage.ANNOUNCE;
    private final Deque<String> standbys = new ArrayDeque<>();
    private boolean handedOver;
    private boolean silenced;
    private long offeredAt;

    private enum Stage {
        ANNOUNCE,
        DRAIN,
        FIND,
        OFFER,
        UNCLAIM,
        SILENCE,
        LEFT
    }

    /** What has to be brought to an end. */
    record Parts(
            IdentityClaim claim,
            HeartbeatPacer pacer,
            Candidacy candidacy,
            SlicePlanner slices,
            ReleaseStatement statement,
            Workload work) {}

    Departure(ClusterSettings settings, Outbox out, Parts parts) {
        this.out = out;
        this.parts = parts;
        this.drainBudget = settings.drainBudget().toNanos();
    }

    void begin(long nanos) {
        if (!begun) {
            begun = true;
            begunAt = nanos;
        }
    }

    boolean isBegun() {
        return begun;
    }

    /** Whether the id is on its way to somebody else, so that its claim must not be renewed. */
    boolean isGivingUpId() {
        return stage.compareTo(Stage.DRAIN) > 0;
    }

    /** Whether heartbeats are still sent. */
    boolean isBeating() {
        return stage.compareTo(Stage.SILENCE) < 0;
    }

    boolean isLeft() {
        return stage == Stage.LEFT;
    }

    void answered(MemberEffect effect, MemberEvent answer) {
        if (answer instanceof MemberEvent.StandbysFound found) {
            String salt = parts.claim().id().map(StableId::toString).orElse("");
            found.incarnations().stream()
                    .sorted(Comparator.comparingInt(standby -> Jitter.spread(salt + standby, Integer.MAX_VALUE)))
                    .forEach(standbys::add);
            stage = Stage.OFFER;
        } else if (effect instanceof MemberEffect.FindStandbys && answer instanceof MemberEvent.Failed) {
            stage = Stage.UNCLAIM;
        } else if (effect instanceof MemberEffect.OfferId
                && answer instanceof MemberEvent.OfferAnswered offer
                && offer.accepted()) {
            handedOver = true;
            stage = Stage.SILENCE;
        } else if (effect instanceof MemberEffect.DeleteClaim) {
            // Refused: a standby took the id over although its answer was lost.
            handedOver |= answer instanceof MemberEvent.ClaimRefused;
            stage = Stage.SILENCE;
        }
    }

    /** Goes as far as it can now. */
    void reconcile(Now now) {
        long spent = now.nanos() - begunAt;
        if (isLeft()) {
            return;
        }
        if (spent >= drainBudget + REST) {
            parts.candidacy().resign();
            leave();
            return;
        }
        Optional<IdentityClaim.Held> held = parts.claim().held();
        if (held.isEmpty()) {
            if (out.awaits(Answers.CLAIM)) {
                return;
            }
            stage = Stage.SILENCE;
        }
        if (stage == Stage.ANNOUNCE && (announced() || spent >= ANNOUNCE_LIMIT)) {
            parts.candidacy().resign();
            stage = Stage.DRAIN;
        }
        if (stage == Stage.DRAIN && drained(spent >= drainBudget)) {
            stage = Stage.FIND;
        }
        boolean free = !out.awaits(Answers.CLAIM) && !out.awaits(Answers.STANDBYS);
        if (stage == Stage.FIND && free) {
            out.ask(new MemberEffect.FindStandbys(), now);
        }
        if (stage == Stage.OFFER) {
            offer(held.orElseThrow(), now);
        }
        if (stage == Stage.UNCLAIM && free) {
            out.ask(
                    new MemberEffect.DeleteClaim(
                            held.orElseThrow().id(), held.orElseThrow().revision()),
                    now);
        }
        if (stage == Stage.SILENCE) {
            parts.candidacy().resign();
            silence(now);
        }
    }

    /** Whether the last acknowledged heartbeat says that this process leaves. */
    private boolean announced() {
        return parts.pacer().acknowledged().filter(MemberState.SHUTDOWN::equals).isPresent();
    }

    /** Whether nothing is in a consumer any more and everybody can know; in haste, work is not waited for. */
    private boolean drained(boolean haste) {
        parts.slices().drain(haste);
        return parts.slices().table().isEmpty()
                && (haste || parts.work().isIdle())
                && parts.statement().isUpToDate();
    }

    private void offer(IdentityClaim.Held held, Now now) {
        if (out.awaits(Answers.OFFER)) {
            if (now.nanos() - offeredAt < OFFER_LIMIT) {
                return;
            }
            out.forget(Answers.OFFER);
        }
        String next = standbys.poll();
        if (next == null) {
            stage = Stage.UNCLAIM;
            return;
        }
        offeredAt = now.nanos();
        out.ask(new MemberEffect.OfferId(next, held.id(), held.revision()), now);
    }

    /** A claim or a heartbeat that is still on its way is waited for: it would outlive its own removal. */
    private void silence(Now now) {
        if (out.awaits(Answers.HEARTBEAT) || out.awaits(Answers.CLAIM)) {
            return;
        }
        parts.pacer().leaveStandby(now);
        Optional<StableId> id = parts.claim().id();
        if (id.isPresent() && !handedOver && !silenced) {
            silenced = true;
            out.ask(new MemberEffect.DeleteHeartbeat(id.get().toString()), now);
        }
        if (!out.awaitsAny(Answers.HEARTBEAT)) {
            leave();
        }
    }

    private void leave() {
        stage = Stage.LEFT;
        out.tell(new MemberEffect.Left());
    }
}
