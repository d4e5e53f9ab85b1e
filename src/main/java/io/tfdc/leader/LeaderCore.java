package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.Now;
import io.tfdc.coordination.StableId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the leader decides, from winning the election to losing it. Not safe for use from several threads.
 *
 * <p>An event changes what is known; then everything is decided anew from what is known. In shadow mode nothing that would touch the cluster
 * leaves this class.
 */
public final class LeaderCore {
    private static final int MAX_DUPLICATES_NAMED = 1_000;

    private final Situation situation;
    private final Course course;
    private final OperatorRequests requests;
    private final Set<String> duplicatesNamed = new HashSet<>();
    private final Reactions reactions;

    public LeaderCore(StableId self, String incarnation, ClusterSettings settings, LeaderSettings planning) {
        this(self, incarnation, settings, planning, PlanObserver.NONE);
    }

    /** @param observer hears of the phases of every plan that is made */
    public LeaderCore(
            StableId self,
            String incarnation,
            ClusterSettings settings,
            LeaderSettings planning,
            PlanObserver observer) {
        situation = new Situation(self, incarnation, settings, planning, observer);
        course = new Course(situation);
        requests = new OperatorRequests(situation);
        reactions = reactions();
    }

    /** Begins to lead. */
    public List<LeaderEffect> start(Now now) {
        situation.begin(now.nanos());
        Turn turn = turn(now);
        situation.errands.send(new LeaderEffect.ReadState(), turn);
        return turn.effects();
    }

    /** Takes an event; yields what is to be done now, in this order. */
    public List<LeaderEffect> handle(LeaderEvent event, Now now) {
        hear(event, now.nanos());
        if (situation.hearing.update(now.nanos())) {
            situation.roster.forgiveSilence(situation.hearing.steady(now.nanos()));
        }
        Turn turn = turn(now);
        LeaderEvent next = event;
        while (next != null) {
            route(next, turn);
            reconcile(turn);
            next = turn.nextEcho();
        }
        return turn.effects();
    }

    private Turn turn(Now now) {
        return new Turn(now, situation.hearing.steady(now.nanos()), situation.planning.shadow());
    }

    private void hear(LeaderEvent event, long realNanos) {
        if (event instanceof LeaderEvent.BrokerReachable broker) {
            situation.hearing.reachable(broker.reachable());
        } else if (event instanceof LeaderEvent.HeartbeatSeen seen
                && seen.heartbeat().incarnation().equals(situation.self)) {
            situation.hearing.heard(realNanos);
        }
    }

    private void route(LeaderEvent event, Turn turn) {
        if (situation.tenure.over()) {
            if (event instanceof LeaderEvent.CommandReceived command) {
                OperatorDesk.refuse(command, OperatorDesk.NOT_LEADING, turn);
            }
            return;
        }
        reactions.react(event, turn);
    }

    private Reactions reactions() {
        return new Reactions()
                .on(LeaderEvent.Tick.class, (tick, turn) -> {})
                .on(LeaderEvent.BrokerReachable.class, (reachable, turn) -> {})
                .on(LeaderEvent.StateRead.class, this::stateRead)
                .on(LeaderEvent.EpochClaimed.class, (claimed, turn) -> epochClaimed(turn))
                .on(LeaderEvent.MapWritten.class, this::mapWritten)
                .on(LeaderEvent.OperatorStateWritten.class, this::operatorStateWritten)
                .on(LeaderEvent.WriteRefused.class, this::refused)
                .on(LeaderEvent.Failed.class, this::failed)
                .on(LeaderEvent.HeartbeatSeen.class, this::heartbeat)
                .on(LeaderEvent.HeartbeatGone.class, (gone, turn) -> situation.roster.gone(gone.key()))
                .on(LeaderEvent.ReleaseSeen.class, (seen, turn) -> situation.holders.released(seen.release()))
                .on(LeaderEvent.Probed.class, this::probed)
                .on(LeaderEvent.ChambersLoaded.class, this::chambersLoaded)
                .on(LeaderEvent.MembersFenced.class, this::membersFenced)
                .on(LeaderEvent.SlicesFenced.class, (fenced, turn) -> slicesFenced(fenced))
                .on(LeaderEvent.ConsumersSeen.class, this::consumersSeen)
                .on(LeaderEvent.SizeSeen.class, (seen, turn) -> situation.goal.seen(seen.intended()))
                .on(LeaderEvent.CommandReceived.class, (command, turn) -> requests.received(command, view(turn), turn))
                .on(LeaderEvent.HistoryRead.class, (history, turn) -> requests.historyRead(history.maps(), turn));
    }

    private void stateRead(LeaderEvent.StateRead state, Turn turn) {
        if (!situation.errands.answered(LeaderEffect.ReadState.class)) {
            return;
        }
        boolean ledBefore = situation.tenure.leading();
        Optional<String> over = situation.tenure.read(state, situation.errands, turn);
        if (over.isPresent()) {
            stepDown(over.get(), turn);
            return;
        }
        situation.desk.read(state.operator(), state.operatorRevision(), turn).ifPresent(requests::stored);
        state.releases().forEach(situation.holders::released);
        if (!situation.planning.shadow() || situation.map() == null) {
            Optional<Proposal> happened = situation.writer.read(state.map(), state.mapRevision());
            state.map().ifPresent(map -> course.follow(map, turn));
            happened.ifPresentOrElse(proposal -> course.inForce(proposal, turn), situation.agenda::abandoned);
        }
        if (!ledBefore && situation.tenure.leading()) {
            course.begin(turn);
        }
    }

    private void epochClaimed(Turn turn) {
        if (situation.errands.answered(LeaderEffect.ClaimEpoch.class)) {
            boolean ledBefore = situation.tenure.leading();
            situation.tenure.claimed();
            if (!ledBefore && situation.tenure.leading()) {
                course.begin(turn);
            }
        }
    }

    private void mapWritten(LeaderEvent.MapWritten written, Turn turn) {
        if (situation.errands.answered(LeaderEffect.WriteMap.class)) {
            situation.writer.written(written).ifPresent(proposal -> course.inForce(proposal, turn));
        }
    }

    private void operatorStateWritten(LeaderEvent.OperatorStateWritten written, Turn turn) {
        if (situation.errands.answered(LeaderEffect.WriteOperatorState.class)) {
            situation.desk.written(written.revision(), turn).ifPresent(requests::stored);
        }
    }

    private void refused(LeaderEvent.WriteRefused refused, Turn turn) {
        if (situation.errands.refused(refused.effect())) {
            open(refused.effect(), turn);
        }
    }

    private void failed(LeaderEvent.Failed failed, Turn turn) {
        LeaderEffect effect = failed.effect();
        if (effect instanceof LeaderEffect.Probe probe) {
            situation.probes.answered(probe.incarnation());
        } else if (situation.errands.failed(effect, turn.real())) {
            open(effect, turn);
        }
    }

    /** The effect was refused or its outcome is open: what is stored will tell. */
    private void open(LeaderEffect effect, Turn turn) {
        if (effect instanceof LeaderEffect.ClaimEpoch || effect instanceof LeaderEffect.ReadState) {
            situation.tenure.uncertain();
        } else if (effect instanceof LeaderEffect.WriteMap) {
            situation.writer.uncertain();
        } else if (effect instanceof LeaderEffect.WriteOperatorState) {
            situation.desk.uncertain();
        } else if (effect instanceof LeaderEffect.ReadHistory) {
            requests.historyFailed(turn);
        }
    }

    private void probed(LeaderEvent.Probed probed, Turn turn) {
        situation.probes.answered(probed.incarnation());
        situation.roster.probed(probed.incarnation(), probed.result(), turn.nanos());
    }

    private void consumersSeen(LeaderEvent.ConsumersSeen seen, Turn turn) {
        situation.errands.answered(LeaderEffect.ListConsumers.class);
        if (situation.tenure.leading() && !situation.hearing.deaf()) {
            situation.sweep.seen(seen.slices().keySet(), situation.roster, turn);
        }
    }

    private void heartbeat(LeaderEvent.HeartbeatSeen seen, Turn turn) {
        Heartbeat beat = seen.heartbeat();
        Optional<String> other = situation.roster.heard(beat, turn.nanos());
        if (other.isPresent()) {
            if (duplicatesNamed.size() < MAX_DUPLICATES_NAMED && duplicatesNamed.add(beat.incarnation())) {
                situation.note(
                        Cause.LEADERSHIP,
                        "two processes claim " + beat.key() + ": " + beat.incarnation() + " is ignored, " + other.get()
                                + " has the newer claim",
                        turn);
            }
            return;
        }
        beat.id().ifPresent(id -> {
            situation.holders.heard(id);
            situation.gray.heard(id, beat, turn.nanos());
        });
    }

    private void chambersLoaded(LeaderEvent.ChambersLoaded loaded, Turn turn) {
        situation.errands.answered(LeaderEffect.LoadChambers.class);
        situation.catalog.loaded(loaded.chambers(), turn);
        situation.agenda.recheck();
        AssignmentMap map = situation.map();
        if (map != null) {
            Set<StableId> weighed = new HashSet<>(map.members());
            weighed.removeAll(situation.limits().emptied());
            situation.weights.weighed(map, situation.catalog, weighed);
        }
    }

    private void membersFenced(LeaderEvent.MembersFenced fenced, Turn turn) {
        situation.errands.answered(LeaderEffect.FenceMembers.class);
        Set<String> incarnations = new HashSet<>();
        for (StableId id : fenced.ids()) {
            Member member = situation.roster.member(id);
            if (member != null && member.away()) {
                incarnations.add(member.incarnation());
            }
        }
        situation.sweep.fenced(incarnations, turn.real());
        Set<StableId> away = new HashSet<>(fenced.ids());
        away.removeIf(id -> !situation.roster.away(id));
        situation.holders.fenced(away);
    }

    private void slicesFenced(LeaderEvent.SlicesFenced fenced) {
        situation.errands.answered(LeaderEffect.FenceSlices.class);
        AssignmentMap map = situation.map();
        if (map != null) {
            situation.holders.cut(map, fenced.id(), fenced.chambers());
        }
    }

    private void reconcile(Turn turn) {
        if (situation.tenure.over()) {
            return;
        }
        if (situation.hearing.hopeless(turn.real())) {
            stepDown("its own heartbeat has not come back for too long", turn);
            return;
        }
        for (LeaderEffect lost : situation.errands.takeLost(turn.real())) {
            if (lost instanceof LeaderEffect.WriteMap) {
                situation.writer.lost();
            }
            open(lost, turn);
        }
        if (situation.tenure.readNeeded() || situation.writer.readNeeded() || situation.desk.readNeeded()) {
            situation.errands.send(new LeaderEffect.ReadState(), turn);
        }
        if (situation.tenure.leading()) {
            situation.desk.advance(situation.rules(), situation.errands, turn);
            if (!situation.hearing.deaf()) {
                course.decide(turn);
            }
        }
    }

    private void stepDown(String reason, Turn turn) {
        situation.note(Cause.LEADERSHIP, situation.id + " stops leading: " + reason, turn);
        situation.tenure.end();
        requests.close(turn);
        turn.emit(new LeaderEffect.StepDown(reason));
    }

    /** Kinds of events that something is done about. */
    Set<Class<? extends LeaderEvent>> kinds() {
        return reactions.kinds();
    }

    /** Last signs of life of members that vanished and have not been replaced yet. */
    public List<Heartbeat> vanished() {
        return situation.roster.heartbeats(true);
    }

    /** Last signs of life of members that are there. */
    public List<Heartbeat> present() {
        return situation.roster.heartbeats(false);
    }

    /** How the leader stands. */
    public LeaderView view(Now now) {
        return view(turn(now));
    }

    private LeaderView view(Turn turn) {
        AssignmentMap map = situation.map();
        return new LeaderView(
                course.phase(),
                situation.tenure.epoch(),
                situation.writer.version(),
                map == null ? Lifecycle.COLD_START : map.lifecycle(),
                situation.roster.present(),
                situation.roster.standbyCount(),
                situation.intended(),
                course.pendingChanges(),
                course.windowNanos(turn.nanos()) / 1_000_000,
                map == null ? 0 : situation.holders.openChambers(map),
                situation.hearing.deaf());
    }
}
