package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.IdClaim;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out a member's effects on the simulated services and brings it the answers. */
final class MemberDriver {
    private static final long OFFER_TIMEOUT = VirtualTime.SECOND;

    private final World world;
    private final SimulatedProcess process;
    private final MemberCore core;
    private final SliceDriver slices;
    private final Map<Long, Consumer<Boolean>> offers = new HashMap<>();
    private SimulatedBucket.@Nullable Watch<Object> watch;
    private final Deque<MemberEvent> untold = new ArrayDeque<>();
    private long tickets;
    private String incarnation = "";
    private boolean ending;
    private boolean ended;

    MemberDriver(World world, SimulatedProcess process, MemberCore core) {
        this.world = world;
        this.process = process;
        this.core = core;
        this.slices = world.scenario().sabotage() == Sabotage.UPDATE_TO_ADD
                ? new GrowingSliceDriver(world, process)
                : new SliceDriver(world, process);
    }

    void start() {
        tell(new MemberEvent.BrokerReachable(process.broker().isConnected()));
        watch = world.assignments().watch(process.broker(), this::seen, () -> tell(new MemberEvent.Replayed()));
    }

    void stop() {
        if (watch != null) {
            watch.close();
        }
    }

    private void seen(SimulatedBucket.Entry<Object> entry) {
        Object value = entry.value();
        if (value instanceof AssignmentMap map) {
            world.timeline().note(process.name(), "sees", map);
            tell(new MemberEvent.MapSeen(map, entry.revision()));
        } else if (value instanceof LeaderRecord leader) {
            world.timeline().note(process.name(), "sees", leader);
            tell(new MemberEvent.LeaderSeen(leader));
        } else if (value instanceof ReleaseRecord release) {
            tell(new MemberEvent.ReleaseSeen(release));
            LeaderDriver leader = process.leader();
            if (leader != null) {
                leader.seen(release);
            }
        }
    }

    /** A consumer that it pulls from is gone. */
    void consumerGone(String name) {
        if (process.workbench().has(name)) {
            process.workbench().close(name);
            tell(new MemberEvent.SliceLost(name));
        }
    }

    /** Tells the core of something and carries out what it wants done; one event after the other. */
    void tell(MemberEvent event) {
        untold.add(event);
        if (untold.size() > 1) {
            return;
        }
        while (!untold.isEmpty()) {
            handle(untold.element());
            untold.remove();
        }
    }

    private void handle(MemberEvent event) {
        if (ended || !process.isAlive()) {
            return;
        }
        if (event instanceof MemberEvent.ShutdownRequested) {
            ending = true;
        }
        if (!Routine.is(event)) {
            world.timeline().note(process.name(), "is told", event);
        }
        for (MemberEffect effect : core.handle(event, process.moment())) {
            if (!Routine.is(effect)) {
                world.timeline().note(process.name(), "wants", effect);
            }
            if (!process.step(effect, this::carryOut)) {
                return;
            }
        }
    }

    private void carryOut(MemberEffect effect) {
        if (effect instanceof MemberEffect.ListClaims) {
            this.<List<SimulatedBucket.Entry<IdClaim>>>ask(
                    effect, () -> world.claims().present(), found -> tell(claims(found)));
        } else if (effect instanceof MemberEffect.CreateClaim create) {
            writeClaim(effect, create.claim(), 0);
        } else if (effect instanceof MemberEffect.UpdateClaim update) {
            writeClaim(effect, update.claim(), update.revision());
        } else if (effect instanceof MemberEffect.DeleteClaim delete) {
            StableId id = delete.id();
            ask(
                    effect,
                    () -> world.claims().delete(id.toString(), delete.revision()),
                    deleted -> tell(deleted ? new MemberEvent.ClaimDeleted(id) : new MemberEvent.ClaimRefused(id)));
        } else if (effect instanceof MemberEffect.PutHeartbeat put) {
            beat(put);
        } else if (effect instanceof MemberEffect.DeleteHeartbeat delete) {
            ask(
                    effect,
                    () -> {
                        world.heartbeats().delete(delete.key());
                        return true;
                    },
                    deleted -> tell(new MemberEvent.HeartbeatDeleted(delete.key())));
        } else if (effect instanceof MemberEffect.PutRelease put) {
            ask(
                    effect,
                    () -> world.assignments().put(put.record().key(), put.record()),
                    revision -> tell(new MemberEvent.ReleaseWritten(put.record().version())));
        } else {
            carryOutFurther(effect);
        }
    }

    private void carryOutFurther(MemberEffect effect) {
        if (effect instanceof MemberEffect.CreateSlice create) {
            slices.create(create);
        } else if (effect instanceof MemberEffect.ShrinkSlice shrink) {
            slices.shrink(shrink);
        } else if (effect instanceof MemberEffect.DeleteSlice delete) {
            slices.delete(delete);
        } else if (effect instanceof MemberEffect.PauseSlice pause) {
            process.workbench().pause(pause.name(), true);
        } else if (effect instanceof MemberEffect.ResumeSlice resume) {
            process.workbench().pause(resume.name(), false);
        } else if (effect instanceof MemberEffect.AbandonSlices) {
            process.workbench().abandon();
        } else if (effect instanceof MemberEffect.DeleteLeftovers leftovers) {
            sweep(leftovers);
        } else if (effect instanceof MemberEffect.Prefetch prefetch) {
            process.storeLink()
                    .<Boolean>request(
                            Link.Channel.CALLS,
                            () -> true,
                            loaded -> process.later(
                                    world.chance().millis(10, 250),
                                    () -> tell(new MemberEvent.Prefetched(prefetch.chambers()))),
                            reason -> tell(new MemberEvent.Failed(effect, reason)));
        } else if (effect instanceof MemberEffect.FindStandbys) {
            this.<List<SimulatedBucket.Entry<Heartbeat>>>ask(
                    effect, () -> world.heartbeats().present(), found -> tell(standbys(found)));
        } else if (effect instanceof MemberEffect.OfferId offer) {
            offer(offer);
        } else if (effect instanceof MemberEffect.AnswerOffer answer) {
            Consumer<Boolean> reply = offers.remove(answer.ticket());
            if (reply != null) {
                process.broker().send(Link.Channel.SUBJECTS, () -> reply.accept(answer.accepted()));
            }
        } else if (effect instanceof MemberEffect.Campaign campaign) {
            process.candidate().enter(campaign.candidate());
        } else if (effect instanceof MemberEffect.Resign) {
            process.candidate().leave();
        } else if (effect instanceof MemberEffect.Left) {
            ended = true;
            process.later(world.chance().millis(5, 200), () -> process.end("has left"));
        }
    }

    private <T> void ask(MemberEffect effect, Supplier<T> operation, Consumer<T> answer) {
        process.broker()
                .request(
                        Link.Channel.BUCKETS,
                        operation,
                        answer,
                        reason -> tell(new MemberEvent.Failed(effect, reason)));
    }

    private static MemberEvent claims(List<SimulatedBucket.Entry<IdClaim>> found) {
        return new MemberEvent.ClaimsListed(found.stream()
                .flatMap(entry -> Optional.ofNullable(entry.value()).stream()
                        .map(claim -> new IdClaim.Entry(claim, entry.revision())))
                .toList());
    }

    private static MemberEvent standbys(List<SimulatedBucket.Entry<Heartbeat>> found) {
        return new MemberEvent.StandbysFound(found.stream()
                .flatMap(entry -> Optional.ofNullable(entry.value()).stream())
                .filter(beat -> beat.id().isEmpty())
                .map(Heartbeat::incarnation)
                .toList());
    }

    private void writeClaim(MemberEffect effect, IdClaim claim, long revision) {
        long sent = process.nanos();
        this.<OptionalLong>ask(
                effect,
                () -> world.claims().put(claim.id().toString(), claim, revision),
                written -> tell(
                        written.isPresent()
                                ? new MemberEvent.ClaimWritten(claim.id(), written.getAsLong(), sent)
                                : new MemberEvent.ClaimRefused(claim.id())));
    }

    private void beat(MemberEffect.PutHeartbeat put) {
        Heartbeat beat = put.heartbeat();
        if (!beat.incarnation().equals(incarnation)) {
            String former = incarnation;
            incarnation = beat.incarnation();
            process.broker().send(Link.Channel.BUCKETS, () -> {
                world.unlisten(former);
                world.listen(beat.incarnation(), process);
            });
        }
        long sent = process.nanos();
        long sentAt = world.time().now();
        if (ending && world.scenario().sabotage() == Sabotage.HEARTBEAT_STOPPED_FIRST) {
            process.later(VirtualTime.MILLI, () -> tell(new MemberEvent.HeartbeatWritten(beat.incarnation(), sent)));
            return;
        }
        ask(put, () -> arrived(beat), revision -> {
            world.checks().lease().acknowledged(process, sentAt);
            tell(new MemberEvent.HeartbeatWritten(beat.incarnation(), sent));
            process.workbench().resume();
        });
    }

    private long arrived(Heartbeat beat) {
        beat.id().ifPresent(world.checks().maps()::heard);
        return world.heartbeats().put(beat.key(), beat);
    }

    /** The private subject of the present incarnation, after the connection was built anew. */
    void listen() {
        if (!incarnation.isEmpty()) {
            world.listen(incarnation, process);
        }
    }

    private void sweep(MemberEffect.DeleteLeftovers leftovers) {
        ConsumerSweep.start(
                world,
                process.broker(),
                consumer -> StableId.ownerOf(consumer.name())
                        .filter(owner -> owner.id().equals(leftovers.id())
                                && !owner.incarnation().equals(leftovers.incarnation()))
                        .isPresent(),
                () -> tell(new MemberEvent.LeftoversDeleted(leftovers.id())),
                reason -> tell(new MemberEvent.Failed(leftovers, reason)));
    }

    private void offer(MemberEffect.OfferId offer) {
        process.broker()
                .<Boolean>ask(
                        Link.Channel.SUBJECTS,
                        OFFER_TIMEOUT,
                        result -> {
                            SimulatedProcess standby = world.listener(offer.incarnation());
                            if (standby == null) {
                                result.accept(false);
                            } else {
                                standby.broker().push(() -> standby.members().offered(offer, result));
                            }
                        },
                        accepted -> tell(new MemberEvent.OfferAnswered(offer.incarnation(), accepted)),
                        reason -> tell(new MemberEvent.Failed(offer, reason)));
    }

    private void offered(MemberEffect.OfferId offer, Consumer<Boolean> result) {
        long ticket = ++tickets;
        offers.put(ticket, result);
        tell(new MemberEvent.OfferReceived(offer.incarnation(), offer.id(), offer.revision(), ticket));
    }
}
