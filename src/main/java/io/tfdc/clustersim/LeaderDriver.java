package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.ChamberLoad;
import io.tfdc.leader.LeaderCore;
import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorState;
import io.tfdc.model.ChamberId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out a leader's effects on the simulated services and brings it the answers, for one term of leadership. */
final class LeaderDriver {
    private static final long PROBE_TIMEOUT = 450 * VirtualTime.MILLI;
    private static final int TICKS_PER_SIZE = 20;

    private final World world;
    private final SimulatedProcess process;
    private final LeaderCore core;
    private SimulatedBucket.@Nullable Watch<Heartbeat> heartbeats;
    private final Deque<LeaderEvent> untold = new ArrayDeque<>();
    private long tickets;
    private int ticks;
    private boolean over;
    private io.tfdc.coordination.MemberState phase = io.tfdc.coordination.MemberState.STABLE;

    LeaderDriver(World world, SimulatedProcess process, StableId self, String incarnation) {
        this.world = world;
        this.process = process;
        this.core = new LeaderCore(self, incarnation, world.cluster(), world.leading());
    }

    void start() {
        world.checks().leads(process);
        carryOut(core.start(process.moment()));
        heartbeats = world.heartbeats().watch(process.broker(), this::heard, () -> {});
    }

    void stop() {
        over = true;
        if (heartbeats != null) {
            heartbeats.close();
        }
    }

    LeaderView view() {
        return core.view(process.moment());
    }

    void tick() {
        if (ticks++ % TICKS_PER_SIZE == 0) {
            tell(new LeaderEvent.SizeSeen(world.intendedSize()));
        }
        tell(new LeaderEvent.Tick());
        if (!over) {
            io.tfdc.coordination.MemberState now = view().phase();
            if (now != phase) {
                phase = now;
                process.members().tell(new MemberEvent.PhaseSeen(now));
            }
        }
    }

    void reachable(boolean reachable) {
        tell(new LeaderEvent.BrokerReachable(reachable));
    }

    /** An operator asks for something; nobody waits for the answer. */
    void command(OperatorCommand command) {
        world.timeline().note("operator", "wishes", command);
        tell(new LeaderEvent.CommandReceived(command, "operator", ++tickets));
    }

    void seen(ReleaseRecord release) {
        tell(new LeaderEvent.ReleaseSeen(release));
    }

    private void heard(SimulatedBucket.Entry<Heartbeat> entry) {
        Heartbeat beat = entry.value();
        tell(beat == null ? new LeaderEvent.HeartbeatGone(entry.key()) : new LeaderEvent.HeartbeatSeen(beat));
    }

    private void tell(LeaderEvent event) {
        untold.add(event);
        if (untold.size() > 1) {
            return;
        }
        while (!untold.isEmpty()) {
            handle(untold.element());
            untold.remove();
        }
    }

    private void handle(LeaderEvent event) {
        if (over || !process.isAlive()) {
            return;
        }
        if (!process.candidate().leads() && world.scenario().sabotage() != Sabotage.NO_EPOCH_CHECK) {
            process.follow(false);
            return;
        }
        if (!Routine.is(event)) {
            world.timeline().note(process.name(), "as leader is told", event);
        }
        carryOut(core.handle(event, process.moment()));
    }

    private void carryOut(List<LeaderEffect> effects) {
        for (LeaderEffect effect : effects) {
            if (over) {
                return;
            }
            if (!Routine.is(effect)) {
                world.timeline().note(process.name(), "as leader wants", effect);
            }
            if (!process.step(effect, this::carryOut)) {
                return;
            }
        }
    }

    private void carryOut(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.Probe probe) {
            probe(probe);
        } else if (effect instanceof LeaderEffect.ReadState) {
            new StateReader(world, process.broker(), this::tell, reason -> failed(effect, reason)).start();
        } else if (effect instanceof LeaderEffect.ClaimEpoch claim) {
            write(effect, LeaderRecord.KEY, claim.record(), claim.revision(), LeaderEvent.EpochClaimed::new);
        } else if (effect instanceof LeaderEffect.WriteMap write) {
            writeMap(write);
        } else if (effect instanceof LeaderEffect.WriteOperatorState write) {
            write(effect, OperatorState.KEY, write.state(), write.revision(), LeaderEvent.OperatorStateWritten::new);
        } else if (effect instanceof LeaderEffect.LoadChambers) {
            process.storeLink()
                    .<List<ChamberLoad>>request(
                            Link.Channel.CALLS,
                            () -> world.loads(),
                            loads -> tell(new LeaderEvent.ChambersLoaded(loads)),
                            reason -> failed(effect, reason));
        } else if (effect instanceof LeaderEffect.FenceMembers fence) {
            sweep(effect, owner -> fence.ids().contains(owner), Set.of(), new LeaderEvent.MembersFenced(fence.ids()));
        } else if (effect instanceof LeaderEffect.FenceSlices fence) {
            sweep(
                    effect,
                    fence.id()::equals,
                    fence.chambers(),
                    new LeaderEvent.SlicesFenced(fence.id(), fence.chambers()));
        } else {
            carryOutFurther(effect);
        }
    }

    private void carryOutFurther(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.DeleteConsumer delete) {
            process.broker().send(Link.Channel.STREAM, () -> {
                if (world.scenario().sabotage() != Sabotage.NO_FENCING) {
                    world.timeline().note("broker", "deletes consumer", delete.name());
                    world.stream().delete(delete.name());
                }
            });
        } else if (effect instanceof LeaderEffect.ListConsumers) {
            this.<Map<String, Set<ChamberId>>>ask(
                    effect, Link.Channel.STREAM, this::consumers, seen -> tell(new LeaderEvent.ConsumersSeen(seen)));
        } else if (effect instanceof LeaderEffect.Grant grant) {
            process.broker().send(Link.Channel.SUBJECTS, () -> {
                SimulatedProcess standby = world.listener(grant.incarnation());
                if (standby != null) {
                    standby.broker()
                            .push(() -> standby.members()
                                    .tell(new MemberEvent.GrantReceived(grant.incarnation(), grant.id())));
                }
            });
        } else if (effect instanceof LeaderEffect.ReadHistory) {
            ask(
                    effect,
                    Link.Channel.BUCKETS,
                    () -> world.checks().maps().history(),
                    maps -> tell(new LeaderEvent.HistoryRead(maps)));
        } else if (effect instanceof LeaderEffect.StepDown) {
            process.candidate().stepDown();
        }
    }

    private Map<String, Set<ChamberId>> consumers() {
        Map<String, Set<ChamberId>> seen = new TreeMap<>();
        world.stream().consumers().forEach((name, consumer) -> seen.put(name, world.chambers(consumer.filter())));
        return seen;
    }

    private <T> void ask(LeaderEffect effect, Link.Channel channel, Supplier<T> operation, Consumer<T> answer) {
        process.broker().request(channel, operation, answer, reason -> failed(effect, reason));
    }

    private void failed(LeaderEffect effect, String reason) {
        tell(new LeaderEvent.Failed(effect, reason));
    }

    private void write(
            LeaderEffect effect,
            String key,
            Object value,
            long revision,
            java.util.function.LongFunction<LeaderEvent> written) {
        this.<OptionalLong>ask(
                effect,
                Link.Channel.BUCKETS,
                () -> {
                    OptionalLong outcome = world.assignments().put(key, value, revision);
                    outcome.ifPresent(r -> world.checks().maps().written(process, value));
                    return outcome;
                },
                outcome -> tell(
                        outcome.isPresent()
                                ? written.apply(outcome.getAsLong())
                                : new LeaderEvent.WriteRefused(effect)));
    }

    private void writeMap(LeaderEffect.WriteMap write) {
        AssignmentMap map = write.map();
        if (world.scenario().sabotage() == Sabotage.NO_EPOCH_CHECK) {
            this.<Long>ask(
                    write,
                    Link.Channel.BUCKETS,
                    () -> {
                        AssignmentMap forged =
                                withEpoch(map, world.checks().maps().epoch());
                        world.checks().maps().written(process, forged);
                        return world.assignments().put(AssignmentMap.KEY, forged);
                    },
                    revision -> tell(new LeaderEvent.MapWritten(map.epoch(), map.version(), revision)));
            return;
        }
        write(
                write,
                AssignmentMap.KEY,
                map,
                write.revision(),
                revision -> new LeaderEvent.MapWritten(map.epoch(), map.version(), revision));
    }

    private static AssignmentMap withEpoch(AssignmentMap map, long epoch) {
        return new AssignmentMap(
                epoch,
                map.version(),
                map.lifecycle(),
                map.cause(),
                map.firstAssignedAt(),
                map.writtenAt(),
                map.members(),
                map.owners(),
                map.releasing(),
                map.totals());
    }

    private void sweep(LeaderEffect effect, Predicate<StableId> whose, Set<ChamberId> chambers, LeaderEvent done) {
        if (world.scenario().sabotage() == Sabotage.NO_FENCING) {
            process.later(VirtualTime.MILLI, () -> tell(done));
            return;
        }
        ConsumerSweep.start(
                world,
                process.broker(),
                consumer -> StableId.ownerOf(consumer.name())
                                .filter(owner -> whose.test(owner.id()))
                                .isPresent()
                        && (chambers.isEmpty() || consumer.filter().intersects(world.filter(chambers))),
                () -> tell(done),
                reason -> failed(effect, reason));
    }

    private void probe(LeaderEffect.Probe probe) {
        String incarnation = probe.incarnation();
        process.broker()
                .<LeaderEvent.ProbeResult>ask(
                        Link.Channel.SUBJECTS,
                        PROBE_TIMEOUT,
                        result -> {
                            SimulatedProcess member = world.listener(incarnation);
                            if (member == null) {
                                result.accept(LeaderEvent.ProbeResult.NO_RESPONDERS);
                            } else {
                                member.broker()
                                        .push(() -> member.broker()
                                                .send(
                                                        Link.Channel.SUBJECTS,
                                                        () -> result.accept(LeaderEvent.ProbeResult.ANSWERED)));
                            }
                        },
                        result -> tell(new LeaderEvent.Probed(incarnation, result)),
                        reason -> tell(new LeaderEvent.Probed(incarnation, LeaderEvent.ProbeResult.TIMEOUT)));
    }

    /** Reads one key of the bucket after the other, as clients do. */
    private static final class StateReader {
        private final World world;
        private final Link link;
        private final Consumer<LeaderEvent> told;
        private final Consumer<String> failed;

        StateReader(World world, Link link, Consumer<LeaderEvent> told, Consumer<String> failed) {
            this.world = world;
            this.link = link;
            this.told = told;
            this.failed = failed;
        }

        void start() {
            read(
                    LeaderRecord.KEY,
                    leader -> read(
                            AssignmentMap.KEY,
                            map -> read(OperatorState.KEY, operator -> releases(leader, map, operator))));
        }

        private void read(String key, Consumer<Optional<SimulatedBucket.Entry<Object>>> next) {
            link.request(Link.Channel.BUCKETS, () -> world.assignments().get(key), next, failed);
        }

        private void releases(
                Optional<SimulatedBucket.Entry<Object>> leader,
                Optional<SimulatedBucket.Entry<Object>> map,
                Optional<SimulatedBucket.Entry<Object>> operator) {
            link.<List<ReleaseRecord>>request(
                    Link.Channel.BUCKETS,
                    () -> world.assignments().present().stream()
                            .flatMap(entry -> entry.value() instanceof ReleaseRecord release
                                    ? java.util.stream.Stream.of(release)
                                    : java.util.stream.Stream.empty())
                            .toList(),
                    releases -> told.accept(new LeaderEvent.StateRead(
                            leader.map(entry -> (LeaderRecord) entry.value()),
                            leader.map(SimulatedBucket.Entry::revision).orElse(0L),
                            map.map(entry -> (AssignmentMap) entry.value()),
                            map.map(SimulatedBucket.Entry::revision).orElse(0L),
                            operator.map(entry -> (OperatorState) entry.value()).orElse(OperatorState.NONE),
                            operator.map(SimulatedBucket.Entry::revision).orElse(0L),
                            releases)),
                    failed);
        }
    }
}
