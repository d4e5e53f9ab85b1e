package io.tfdc.coordination;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The id of this process: how it gets one, keeps it and notices that it is lost. All by compare-and-set on the bucket of claims, one
 * operation at a time; after one with an unknown outcome the bucket is read before anything is decided.
 */
final class IdentityClaim {
    /** A standby looks for free ids about once a second. */
    private static final Duration LOOK_FROM = Duration.ofMillis(800);

    private static final Duration LOOK_TO = Duration.ofMillis(1_200);

    /** After so many refusals the list of claims is too old to choose from. */
    private static final int REFUSALS_PER_LIST = 3;

    private final Identity identity;
    private final ClusterSettings settings;
    private final Outbox out;
    private final Jitter jitter;
    private final ClaimWatch watch;

    private int life;
    private Optional<Held> held = Optional.empty();
    private Optional<StableId> earlier = Optional.empty();
    private Optional<StableId> granted = Optional.empty();
    private Optional<MemberEvent.OfferReceived> offered = Optional.empty();
    private @Nullable List<IdClaim.Entry> claims;
    private final Set<StableId> refused = new HashSet<>();
    private int refusals;
    private boolean writing;
    private boolean standby;
    private boolean uncertain;
    private boolean lost;
    private long actAt;
    private long attempts;

    /**
     * An id.
     *
     * @param revision revision to compare and set
     * @param claimedAt revision at which the present incarnation claimed it
     * @param since time of day of that
     */
    record Held(StableId id, long revision, long claimedAt, Instant since) {}

    IdentityClaim(Identity identity, ClusterSettings settings, Outbox out, Jitter jitter) {
        this.identity = identity;
        this.settings = settings;
        this.out = out;
        this.jitter = jitter;
        this.watch = new ClaimWatch(settings);
    }

    Optional<Held> held() {
        return held;
    }

    Optional<StableId> id() {
        return held.map(Held::id);
    }

    String incarnation() {
        return identity.incarnation(life);
    }

    /** Whether there is no id to be had at present. */
    boolean standby() {
        return standby;
    }

    /** Whether the bucket says that the id is somebody else's. */
    boolean lost() {
        return lost;
    }

    long attempts() {
        return attempts;
    }

    /** Gives up the id and begins a new life. */
    void abandon(long nanos) {
        earlier = id().or(() -> earlier);
        held = Optional.empty();
        life++;
        lost = false;
        uncertain = false;
        look(nanos);
    }

    /** Takes the answer to an effect of its own. */
    void answered(MemberEffect effect, MemberEvent answer, Now now) {
        writing = false;
        if (answer instanceof MemberEvent.ClaimsListed listed) {
            watch.listed(listed.claims(), now.nanos());
            listed(listed.claims(), now.nanos());
        } else if (answer instanceof MemberEvent.ClaimWritten written && claimIn(effect) != null) {
            written(claimIn(effect), written);
        } else if (answer instanceof MemberEvent.ClaimRefused refusal && claimIn(effect) != null) {
            refused(claimIn(effect), refusal.id(), now.nanos());
        } else if (answer instanceof MemberEvent.Failed) {
            offered = Optional.empty();
            uncertain = held.isPresent();
            look(now.nanos() + Jitter.retry());
        }
    }

    private static @Nullable IdClaim claimIn(MemberEffect effect) {
        if (effect instanceof MemberEffect.CreateClaim create) {
            return create.claim();
        }
        return effect instanceof MemberEffect.UpdateClaim update ? update.claim() : null;
    }

    private void listed(List<IdClaim.Entry> listed, long nanos) {
        if (held.isEmpty()) {
            claims = listed;
            refused.clear();
            return;
        }
        Optional<IdClaim.Entry> mine = listed.stream()
                .filter(entry -> entry.claim().id().equals(held.get().id()))
                .filter(entry -> entry.claim().incarnation().equals(incarnation()))
                .findFirst();
        lost = mine.isEmpty();
        uncertain = false;
        actAt = nanos;
        Held known = held.get();
        mine.ifPresent(
                entry -> held = Optional.of(new Held(known.id(), entry.revision(), known.claimedAt(), known.since())));
    }

    private void written(@Nullable IdClaim claim, MemberEvent.ClaimWritten answer) {
        if (claim == null || !claim.incarnation().equals(incarnation())) {
            return; // Written for a life that has ended meanwhile: the next list shows it as this process's own.
        }
        if (held.isEmpty()) {
            standby = false;
            claims = null;
            refusals = 0;
            granted = Optional.empty();
            offered = Optional.empty();
        }
        long claimedAt = held.map(Held::claimedAt).orElse(answer.revision());
        held = Optional.of(new Held(answer.id(), answer.revision(), claimedAt, claim.claimedAt()));
        actAt = answer.sentNanos() + settings.heartbeatInterval().toNanos();
    }

    private void refused(@Nullable IdClaim claim, StableId id, long nanos) {
        if (claim == null || !claim.incarnation().equals(incarnation())) {
            return;
        }
        lost = held.isPresent();
        refused.add(id);
        refusals++;
        granted = granted.filter(g -> !g.equals(id));
        offered = Optional.empty();
        if (refusals % REFUSALS_PER_LIST == 0) {
            look(nanos);
        }
    }

    /** What waits for its time is done at once. */
    void hurry(long nanos) {
        actAt = nanos;
    }

    /** Something may have changed about the claims: they are read at once. */
    void look(long nanos) {
        claims = null;
        actAt = nanos;
    }

    void granted(MemberEvent.GrantReceived grant, long nanos) {
        if (held.isEmpty() && grant.incarnation().equals(incarnation())) {
            granted = Optional.of(grant.id());
            look(nanos);
        }
    }

    /** Answers an offer: a process without an id, and without a claim on its way, takes the first that comes. */
    void offered(MemberEvent.OfferReceived offer, boolean mayClaim) {
        boolean accepted = mayClaim
                && held.isEmpty()
                && offered.isEmpty()
                && !writing
                && offer.incarnation().equals(incarnation());
        out.tell(new MemberEffect.AnswerOffer(offer.ticket(), accepted));
        if (accepted) {
            offered = Optional.of(offer);
        }
    }

    /** Claims or renews, as needed. To be called while the broker can be reached. */
    void reconcile(Now now, boolean replayed, Optional<AssignmentMap> map) {
        if (out.awaits(Answers.CLAIM)) {
            return;
        }
        if (held.isPresent()) {
            keep(held.get(), now);
        } else if (offered.isPresent()) {
            write(offered.get().id(), OptionalLong.of(offered.get().revision()), now.wall(), now);
        } else if (replayed) {
            seek(now, map);
        }
    }

    private void keep(Held mine, Now now) {
        if (now.nanos() - actAt < 0) {
            return;
        }
        if (uncertain) {
            out.ask(new MemberEffect.ListClaims(), now);
        } else {
            write(mine.id(), OptionalLong.of(mine.revision()), mine.since(), now);
        }
    }

    private void seek(Now now, Optional<AssignmentMap> map) {
        List<IdClaim.Entry> known = claims;
        if (known == null) {
            if (now.nanos() - actAt >= 0) {
                out.ask(new MemberEffect.ListClaims(), now);
            }
            return;
        }
        Optional<ClaimChoice> choice = ClaimChoice.of(
                new ClaimChoice.Situation(identity, life, known, refused, refusals, earlier, granted, map),
                settings,
                watch,
                now.nanos());
        if (choice.isPresent()) {
            write(choice.get().id(), choice.get().revision(), now.wall(), now);
        } else {
            standby = true;
            refusals = 0;
            granted = Optional.empty();
            look(now.nanos() + jitter.between(LOOK_FROM, LOOK_TO));
        }
    }

    private void write(StableId id, OptionalLong revision, Instant since, Now now) {
        attempts++;
        writing = true;
        IdClaim claim = new IdClaim(id, identity.podUid(), identity.podName(), incarnation(), since, now.wall());
        out.ask(
                revision.isPresent()
                        ? new MemberEffect.UpdateClaim(claim, revision.getAsLong())
                        : new MemberEffect.CreateClaim(claim),
                now);
    }
}
