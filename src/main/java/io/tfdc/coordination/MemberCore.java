package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one process does to be a member of the cluster: it gets and keeps an id, follows the map, has consumers for what the map gives it and
 * nobody else has, and leaves in order. Events are routed to the part that they concern; each ends in a comparison of what is with what should be.
 * Not safe for use from several threads.
 */
public final class MemberCore {
    private final Identity identity;
    private final Outbox out = new Outbox();
    private final MapFollower follower = new MapFollower();
    private final Workload work = new Workload();
    private final Lease lease;
    private final IdentityClaim claim;
    private final HeartbeatPacer pacer;
    private final Candidacy candidacy;
    private final Leftovers leftovers;
    private final SlicePlanner slices;
    private final ReleaseStatement statement;
    private final Departure departure;

    private boolean begun;
    private boolean reachable;
    private boolean everReachable;
    private boolean certaintyWanted;
    private Progress progress = Progress.NONE;

    /** @param seed of the jitter, any number */
    public MemberCore(Identity identity, ClusterSettings settings, long seed) {
        this.identity = identity;
        Jitter jitter = new Jitter(seed);
        lease = new Lease(settings);
        claim = new IdentityClaim(identity, settings, out, jitter);
        pacer = new HeartbeatPacer(settings, out);
        candidacy = new Candidacy(out);
        leftovers = new Leftovers(out);
        slices = new SlicePlanner(settings, out, jitter, follower, work);
        statement = new ReleaseStatement(out);
        departure = new Departure(settings, out, new Departure.Parts(claim, pacer, candidacy, slices, statement, work));
    }

    /** Takes an event; yields what is to be done now, in this order. */
    public List<MemberEffect> handle(MemberEvent event, Now now) {
        if (departure.isLeft()) {
            return List.of();
        }
        begin(now.nanos());
        loseWhatLapsed(now);
        for (MemberEffect effect : out.overdue(now.nanos())) {
            answered(effect, new MemberEvent.Failed(effect, "no answer"), now);
        }
        Optional<MemberEffect> question = out.settle(event);
        if (question.isPresent()) {
            answered(question.get(), event, now);
        } else {
            told(event, now);
        }
        if (claim.lost()) {
            lose(now);
        }
        reconcile(event, now);
        return out.take();
    }

    /** Monotonic clocks may begin anywhere, below zero too: what waits for a time waits from the first event on. */
    private void begin(long nanos) {
        if (!begun) {
            begun = true;
            leftovers.begin(nanos);
            statement.begin(nanos);
            slices.clear(nanos);
        }
    }

    /** Whether work on a run of the chamber may begin. */
    public boolean mayExecute(ChamberId chamber, long nanos) {
        return lease.certain(nanos) && serves(chamber, nanos);
    }

    /** Whether results of the chamber may be stored and its messages settled. */
    public boolean mayStore(ChamberId chamber, long nanos) {
        return lease.certain(nanos) && keeps(chamber, nanos);
    }

    /**
     * Whether what {@link #mayExecute} and {@link #mayStore} refuse now may be allowed in a moment. Who has work then tells
     * {@link MemberEvent.CertaintyWanted} and waits until this is over: with the answer to a heartbeat, or with the lease.
     */
    public boolean isInDoubt(long nanos) {
        return lease.doubtful(nanos);
    }

    /** Whether the chamber is this process's to work on, as far as it knows without asking. */
    public boolean serves(ChamberId chamber, long nanos) {
        return lease.valid(nanos) && !departure.isBegun() && slices.serves(chamber);
    }

    /** Whether results of the chamber are this process's to store, as far as it knows without asking. */
    public boolean keeps(ChamberId chamber, long nanos) {
        return lease.valid(nanos) && slices.keeps(chamber);
    }

    private void answered(MemberEffect effect, MemberEvent answer, Now now) {
        if (effect instanceof MemberEffect.PutHeartbeat put) {
            pacer.answered(put, answer, now.nanos());
            if (answer instanceof MemberEvent.HeartbeatWritten written
                    && put.heartbeat().id().isPresent()
                    && put.heartbeat().incarnation().equals(claim.incarnation())) {
                lease.acknowledged(written.sentNanos());
                slices.touch();
            }
        } else if (effect instanceof MemberEffect.DeleteLeftovers delete) {
            leftovers.answered(delete, answer, now.nanos());
            slices.touch();
        } else if (effect instanceof MemberEffect.PutRelease put) {
            statement.answered(put, answer, now.nanos());
        } else if (effect instanceof MemberEffect.FindStandbys
                || effect instanceof MemberEffect.OfferId
                || effect instanceof MemberEffect.DeleteClaim) {
            departure.answered(effect, answer);
        } else if (Answers.CLAIM.equals(Answers.resource(effect))) {
            claim.answered(effect, answer, now);
            if (answer instanceof MemberEvent.ClaimWritten written && claim.id().isPresent()) {
                lease.claimed(written.sentNanos());
            }
        } else {
            slices.answered(effect, answer, now);
        }
    }

    /** Takes news; answers that nobody waits for are news only in that they show a consumer. */
    private void told(MemberEvent event, Now now) {
        if (event instanceof MemberEvent.BrokerReachable state) {
            connected(state.reachable(), now);
        } else if (event instanceof MemberEvent.RunStarted run) {
            work.started(run.chamber());
        } else if (event instanceof MemberEvent.RunFinished run) {
            work.finished(run.chamber());
            slices.touch();
        } else if (event instanceof MemberEvent.ProgressSeen seen) {
            progress = seen.progress();
        } else if (event instanceof MemberEvent.CertaintyWanted) {
            certaintyWanted = true;
        } else if (event instanceof MemberEvent.HeartbeatWritten late) {
            if (lease.granted() && late.incarnation().equals(claim.incarnation())) {
                lease.acknowledged(late.sentNanos());
                slices.touch();
            }
        } else if (event instanceof MemberEvent.MapSeen map) {
            boolean news = follower.seen(map, now.nanos());
            slices.touch();
            if (news && claim.standby() && !out.awaits(Answers.CLAIM)) {
                claim.look(now.nanos());
            }
        } else if (event instanceof MemberEvent.LeaderSeen leader) {
            follower.seen(leader.leader());
        } else if (event instanceof MemberEvent.ReleaseSeen release) {
            follower.seen(release.release());
            slices.touch();
        } else if (event instanceof MemberEvent.Replayed) {
            follower.replayed();
        } else if (event instanceof MemberEvent.ElectionSeen election) {
            candidacy.seen(election);
        } else if (event instanceof MemberEvent.PhaseSeen phase) {
            candidacy.seen(phase);
        } else if (event instanceof MemberEvent.GrantReceived grant) {
            claim.granted(grant, now.nanos());
        } else if (event instanceof MemberEvent.OfferReceived offer) {
            claim.offered(offer, reachable && !departure.isBegun());
        } else if (event instanceof MemberEvent.SliceLost lost) {
            slices.lost(lost.name());
        } else if (event instanceof MemberEvent.Prefetched prefetched) {
            slices.prefetched(prefetched.chambers());
        } else if (event instanceof MemberEvent.Failed failed
                && failed.effect() instanceof MemberEffect.Prefetch prefetch) {
            slices.prefetched(prefetch.chambers());
        } else if (event instanceof MemberEvent.ShutdownRequested) {
            departure.begin(now.nanos());
        } else {
            slices.stray(event, claim.id(), claim.incarnation(), now);
        }
    }

    private void connected(boolean connected, Now now) {
        if (connected && !reachable) {
            pacer.hurry(now.nanos());
            claim.hurry(now.nanos());
        }
        reachable = connected;
        everReachable |= connected;
        lease.connected(connected, now.nanos());
        slices.touch();
    }

    private void loseWhatLapsed(Now now) {
        if (claim.id().isPresent() && (lease.lapsed(now.nanos()) || lease.claimLapsed(now.nanos()))) {
            lose(now);
        }
    }

    /** The id or the lease is gone: everything stops at once, and a new life begins. */
    private void lose(Now now) {
        lease.end();
        out.tell(new MemberEffect.AbandonSlices());
        candidacy.resign();
        slices.clear(now.nanos());
        statement.withdraw();
        claim.abandon(now.nanos());
    }

    private void reconcile(MemberEvent event, Now now) {
        follower.follow(claim.id());
        if (reachable) {
            if (!departure.isGivingUpId() && (claim.id().isPresent() || !departure.isBegun())) {
                claim.reconcile(now, follower.isReplayed(), follower.map());
                follower.follow(claim.id());
            }
            beat(now);
        }
        Optional<StableId> id = claim.id();
        if (id.isPresent() && reachable) {
            act(id.get(), event, now);
        }
        if (departure.isBegun()) {
            departure.reconcile(now);
        }
    }

    private void act(StableId id, MemberEvent event, Now now) {
        String incarnation = claim.incarnation();
        leftovers.reconcile(id, incarnation, now);
        if (!lease.valid(now.nanos())) {
            return;
        }
        if (!departure.isBegun()) {
            candidacy.campaign(id, incarnation);
            pacer.leaveStandby(now);
        }
        if (!leftovers.isClear(incarnation)) {
            return;
        }
        slices.reconcile(id, incarnation, now);
        if (follower.map().isPresent() && !(event instanceof MemberEvent.Tick)) {
            statement.state(new ReleaseRecord(id, incarnation, follower.epoch(), follower.version(), slices.holding()));
        }
        statement.reconcile(now);
    }

    private void beat(Now now) {
        Optional<StableId> id = claim.id();
        if (id.isEmpty() && !claim.standby() || !departure.isBeating()) {
            return;
        }
        MemberState state = state(true);
        String incarnation = claim.incarnation();
        certaintyWanted &= lease.doubtful(now.nanos());
        pacer.want(certaintyWanted);
        if (!pacer.isDue(
                id, incarnation, state, candidacy.leading(), follower.epoch(), follower.version(), now.nanos())) {
            return;
        }
        pacer.send(
                new Heartbeat(
                        id,
                        claim.held().map(IdentityClaim.Held::claimedAt).orElse(0L),
                        incarnation,
                        identity.podUid(),
                        identity.podName(),
                        identity.build(),
                        state,
                        candidacy.leading(),
                        pacer.nextSequence(),
                        follower.epoch(),
                        follower.version(),
                        slices.table().chambers().size(),
                        slices.table().size(),
                        progress,
                        now.wall()),
                now);
    }

    /** @param fit whether the lease is taken for valid, as in a heartbeat, which extends it */
    private MemberState state(boolean fit) {
        if (departure.isBegun()) {
            return MemberState.SHUTDOWN;
        } else if (!everReachable) {
            return MemberState.INITIALIZATION;
        } else if (!reachable || !fit) {
            return MemberState.DEGRADED;
        } else if (claim.id().isEmpty()) {
            return claim.standby() ? MemberState.STANDBY : MemberState.CLAIMING_ID;
        } else if (candidacy.leading()) {
            return candidacy.phase();
        } else if (follower.map().isPresent()) {
            return MemberState.STABLE;
        }
        return candidacy.leaderKnown() ? MemberState.FOLLOWER : MemberState.ELECTION;
    }

    /**
     * How the member stands. A process whose broker is away is shown as degraded at once, as it executes nothing, and not only when
     * its lease has run out.
     */
    public MemberView view(long nanos) {
        boolean valid = lease.valid(nanos);
        Set<ChamberId> owned = follower.owned();
        int active = 0;
        int draining = 0;
        for (Slice slice : slices.table().live()) {
            for (ChamberId chamber : slice.chambers()) {
                boolean working = slice.phase() == Slice.Phase.ACTIVE && slice.serves(chamber);
                active += working && owned.contains(chamber) ? 1 : 0;
                draining += owned.contains(chamber) ? 0 : 1;
            }
        }
        return new MemberView(
                state(valid || !lease.granted()),
                claim.id(),
                claim.incarnation(),
                valid,
                follower.epoch(),
                follower.version(),
                owned.size(),
                active,
                draining,
                follower.awaited().size(),
                slices.table().size(),
                claim.attempts());
    }
}
