package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.Now;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderEvent.ProbeResult;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A leader, a bucket and pretended processes on a clock moved by hand. */
final class Rig {
    static final long STEP = ClusterSettings.TICK.toNanos();
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    final Map<String, Process> processes = new LinkedHashMap<>();
    final List<LeaderEffect> effects = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<AssignmentMap> history = new ArrayList<>();
    final Map<Long, OperatorReply> replies = new HashMap<>();
    final TreeMap<StableId, ReleaseRecord> releases = new TreeMap<>();
    final ArrayDeque<LeaderEvent> answers = new ArrayDeque<>();
    ClusterSettings settings = ClusterSettings.DEFAULT;
    LeaderSettings planning = LeaderSettings.DEFAULT;
    List<ChamberLoad> chambers = Fab.documentMix(240, 1);
    Set<String> consumers = Set.of();
    Optional<LeaderRecord> leaderRecord = Optional.empty();
    Optional<AssignmentMap> map = Optional.empty();
    OperatorState operator = OperatorState.NONE;
    long revision = 1;
    long leaderRevision;
    long mapRevision;
    long operatorRevision;
    /** Effects that vanish without an answer. */
    Predicate<LeaderEffect> mute = effect -> false;
    /** Effects that are answered by a failure and don't happen. */
    Predicate<LeaderEffect> fail = effect -> false;

    /** Effects that happen and whose answer is lost. */
    Predicate<LeaderEffect> lose = effect -> false;

    long nanos = 1_000_000_000_000L;
    String leading = "";
    private LeaderCore core = core("none", 0);
    private long tickets;

    /** A pretended process. */
    static final class Process {
        final String incarnation;
        Optional<StableId> id;
        MemberState state = MemberState.STABLE;
        Progress progress = Progress.NONE;
        boolean alive = true;
        boolean answers = true;
        boolean releases = true;
        long claimRevision;
        long sequence;
        long nextBeatAt;
        /** Chambers in its consumers, which outlive it. */
        final Set<ChamberId> holds = new HashSet<>();

        Process(String incarnation, Optional<StableId> id) {
            this.incarnation = incarnation;
            this.id = id;
        }

        String key() {
            return id.map(StableId::toString).orElse(Heartbeat.STANDBY_PREFIX + incarnation);
        }
    }

    static StableId id(int number) {
        return new StableId(number);
    }

    private LeaderCore core(String incarnation, int number) {
        return new LeaderCore(id(number), incarnation, settings, planning);
    }

    /** Members 0 to n less one are there, the first leads, and the first map is written and at rest. */
    static Rig running(int members) {
        Rig rig = new Rig();
        rig.startMembers(0, members);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(20));
        rig.forget();
        return rig;
    }

    void forget() {
        effects.clear();
        decisions.clear();
    }

    void startMembers(int from, int count) {
        for (int i = from; i < from + count; i++) {
            start("m" + i + "x0", Optional.of(id(i)));
        }
    }

    Process start(String incarnation, Optional<StableId> id) {
        Process process = new Process(incarnation, id);
        process.claimRevision = ++revision;
        process.nextBeatAt = nanos + (processes.size() % 20) * STEP;
        processes.put(incarnation, process);
        return process;
    }

    Process standby(String incarnation) {
        return start(incarnation, Optional.empty());
    }

    Process process(int number) {
        return processes.get("m" + number + "x0");
    }

    void crash(int... numbers) {
        for (int number : numbers) {
            process(number).alive = false;
        }
    }

    /** SIGTERM; the process goes on heartbeating. */
    void shutDown(int number) {
        process(number).state = MemberState.SHUTDOWN;
        process(number).nextBeatAt = nanos;
    }

    /** The process leaves in order. */
    void leave(int number) {
        process(number).alive = false;
        feed(new LeaderEvent.HeartbeatGone(process(number).key()));
    }

    void lead(int number) {
        lead(process(number));
    }

    void lead(Process process) {
        leading = process.incarnation;
        core = core(leading, process.id.orElseThrow().number());
        answers.clear();
        perform(core.start(now()));
        drain();
    }

    Now now() {
        return new Now(nanos, EPOCH.plusNanos(nanos));
    }

    void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        while (nanos < end) {
            nanos += STEP;
            step();
        }
    }

    private void step() {
        for (Process process : List.copyOf(processes.values())) {
            if (process.alive && process.nextBeatAt <= nanos) {
                process.nextBeatAt = nanos + settings.heartbeatInterval().toNanos();
                beat(process);
            }
        }
        processes.values().stream().filter(p -> p.alive && p.releases).toList().forEach(this::release);
        feed(new LeaderEvent.Tick());
    }

    void beat(Process p) {
        feed(new LeaderEvent.HeartbeatSeen(new Heartbeat(
                p.id,
                p.claimRevision,
                p.incarnation,
                "pod-" + p.incarnation,
                "pod",
                "1",
                p.state,
                p.incarnation.equals(leading),
                p.sequence++,
                0,
                0,
                0,
                0,
                p.progress,
                now().wall())));
    }

    private void release(Process p) {
        if (p.id.isEmpty() || map.isEmpty()) {
            return;
        }
        StableId id = p.id.get();
        ReleaseRecord known = releases.get(id);
        if (known == null
                || known.version() < map.get().version()
                || !known.incarnation().equals(p.incarnation)) {
            ReleaseRecord record = new ReleaseRecord(
                    id, p.incarnation, map.get().epoch(), map.get().version(), Set.of());
            releases.put(id, record);
            feed(new LeaderEvent.ReleaseSeen(record));
        }
    }

    void feed(LeaderEvent event) {
        perform(core.handle(event, now()));
        drain();
    }

    private void drain() {
        while (!answers.isEmpty()) {
            perform(core.handle(answers.remove(), now()));
        }
    }

    OperatorReply ask(OperatorCommand command) {
        long ticket = ++tickets;
        feed(new LeaderEvent.CommandReceived(command, "olga", ticket));
        OperatorReply reply = replies.get(ticket);
        if (reply == null) {
            throw new AssertionError("no reply to " + command);
        }
        return reply;
    }

    LeaderView view() {
        return core.view(now());
    }

    AssignmentMap map() {
        return map.orElseThrow(() -> new AssertionError("there is no map"));
    }

    void perform(List<LeaderEffect> list) {
        for (LeaderEffect effect : list) {
            effects.add(effect);
            if (mute.test(effect)) {
                continue;
            }
            if (fail.test(effect)) {
                answers.add(new LeaderEvent.Failed(effect, "made to fail"));
                continue;
            }
            int before = answers.size();
            execute(effect);
            if (answers.size() > before && lose.test(effect)) {
                answers.removeLast();
            }
        }
    }

    private List<Process> of(StableId id) {
        return processes.values().stream()
                .filter(process -> process.id.equals(Optional.of(id)))
                .toList();
    }

    void execute(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.ReadState) {
            answers.add(new LeaderEvent.StateRead(
                    leaderRecord,
                    leaderRevision,
                    map,
                    mapRevision,
                    operator,
                    operatorRevision,
                    List.copyOf(releases.values())));
        } else if (effect instanceof LeaderEffect.ClaimEpoch claim) {
            if (claim.revision() != leaderRevision) {
                answers.add(new LeaderEvent.WriteRefused(effect));
                return;
            }
            leaderRecord = Optional.of(claim.record());
            leaderRevision = ++revision;
            answers.add(new LeaderEvent.EpochClaimed(leaderRevision));
        } else if (effect instanceof LeaderEffect.WriteMap write) {
            if (write.revision() != mapRevision) {
                answers.add(new LeaderEvent.WriteRefused(effect));
                return;
            }
            store(write.map());
            answers.add(
                    new LeaderEvent.MapWritten(write.map().epoch(), write.map().version(), mapRevision));
        } else if (effect instanceof LeaderEffect.WriteOperatorState write) {
            if (write.revision() != operatorRevision) {
                answers.add(new LeaderEvent.WriteRefused(effect));
                return;
            }
            operator = write.state();
            operatorRevision = ++revision;
            answers.add(new LeaderEvent.OperatorStateWritten(operatorRevision));
        } else if (effect instanceof LeaderEffect.Probe probe) {
            Process process = processes.get(probe.incarnation());
            answers.add(new LeaderEvent.Probed(
                    probe.incarnation(),
                    process == null || !process.alive
                            ? ProbeResult.NO_RESPONDERS
                            : process.answers ? ProbeResult.ANSWERED : ProbeResult.TIMEOUT));
        } else if (effect instanceof LeaderEffect.LoadChambers) {
            answers.add(new LeaderEvent.ChambersLoaded(chambers));
        } else if (effect instanceof LeaderEffect.FenceMembers fence) {
            fence.ids().forEach(id -> of(id).forEach(process -> process.holds.clear()));
            answers.add(new LeaderEvent.MembersFenced(fence.ids()));
        } else if (effect instanceof LeaderEffect.FenceSlices fence) {
            of(fence.id()).forEach(process -> process.holds.removeAll(fence.chambers()));
            answers.add(new LeaderEvent.SlicesFenced(fence.id(), fence.chambers()));
        } else if (effect instanceof LeaderEffect.ListConsumers) {
            Map<String, Set<ChamberId>> slices = new HashMap<>();
            consumers.forEach(name -> slices.put(name, Set.of()));
            answers.add(new LeaderEvent.ConsumersSeen(slices));
        } else if (effect instanceof LeaderEffect.ReadHistory) {
            List<AssignmentMap> newestFirst = new ArrayList<>(history);
            java.util.Collections.reverse(newestFirst);
            answers.add(new LeaderEvent.HistoryRead(newestFirst));
        } else if (effect instanceof LeaderEffect.Grant grant) {
            grant(grant);
        } else if (effect instanceof LeaderEffect.LogDecision log) {
            decisions.add(log.decision());
        } else if (effect instanceof LeaderEffect.Reply reply) {
            replies.put(reply.ticket(), reply.reply());
        }
    }

    private void grant(LeaderEffect.Grant grant) {
        Process process = processes.get(grant.incarnation());
        boolean claimed = of(grant.id()).stream().anyMatch(holder -> holder.alive);
        if (process != null && process.alive && process.id.isEmpty() && !claimed) {
            of(grant.id()).forEach(earlier -> earlier.holds.clear());
            process.id = Optional.of(grant.id());
            process.claimRevision = ++revision;
            process.nextBeatAt = nanos + STEP;
        }
    }

    void store(AssignmentMap written) {
        map = Optional.of(written);
        history.add(written);
        mapRevision = ++revision;
    }

    <E extends LeaderEffect> List<E> sent(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Chambers with another owner than in the map. */
    long moved(AssignmentMap before) {
        return before.owners().entrySet().stream()
                .filter(e -> !e.getValue().equals(map().owners().get(e.getKey())))
                .count();
    }
}
