package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The decisions of a leader that has its epoch: compares what is with what should be and does the most urgent thing first. The dead come
 * before newcomers and leavers, these before operators' wishes, balance comes last.
 */
final class Course {
    private static final long GRAY_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final Situation situation;
    private final NextMap maps;
    private final Takeover takeover;
    private final ChangeWindow coldStart;
    private final Losses losses;
    private final Changes changes;
    private final IdGrants grants;
    private long changedAt;
    private long grayAt;

    Course(Situation situation) {
        this.situation = situation;
        maps = new NextMap(situation.catalog, situation.holders, situation.planning.shadow());
        takeover = new Takeover(situation.settings);
        coldStart = new ChangeWindow(situation.settings.quietTime(), situation.settings.coldStartWindow());
        losses = new Losses(situation.settings, situation.holders);
        changes = new Changes(situation.settings);
        grants = new IdGrants(situation.settings);
    }

    /** The epoch is claimed: the crash limit of everybody and all deadlines begin. */
    void begin(Turn turn) {
        takeover.begin(turn.nanos());
        changedAt = turn.nanos();
        AssignmentMap map = situation.map();
        situation.note(
                Cause.LEADERSHIP,
                situation.id + " leads with epoch " + situation.tenure.epoch()
                        + (map == null ? "; there is no map" : "; it takes over version " + map.version()),
                turn);
        if (map != null && map.cause() == Cause.CRASH) {
            situation.agenda.balanceLater();
        }
    }

    /** Decides; called after every event while the leader hears the cluster. */
    void decide(Turn turn) {
        situation.roster.update(situation.expected(), turn.nanos());
        situation.probes.ask(situation.roster, turn);
        situation.catalog.ask(situation.errands, turn);
        situation.sweep.ask(situation.errands, turn);
        if (!situation.writer.free()) {
            return;
        }
        AssignmentMap map = situation.map();
        if (map == null) {
            startCold(turn);
        } else if (map.epoch() != situation.tenure.epoch()) {
            write(Proposal.copy(maps.inherited(map, situation.tenure.epoch())), turn);
        } else {
            lead(map, turn);
        }
    }

    private void startCold(Turn turn) {
        SortedSet<StableId> present = new TreeSet<>();
        for (Member member : situation.roster.members()) {
            if (member.presence() == Member.Presence.PRESENT && member.heartbeat() != null) {
                present.add(member.id);
            }
        }
        coldStart.pending(present, turn.nanos());
        boolean complete = situation.intended().isPresent()
                && present.size() >= situation.intended().getAsInt();
        boolean due = coldStart.open() && (complete || coldStart.due(turn.nanos()));
        if (!due || situation.catalog.isEmpty()) {
            return;
        }
        Plan plan = situation.plans.all(
                new java.util.TreeMap<>(), present, situation.limits(), Integer.MAX_VALUE, turn.nanos());
        AssignmentMap first = maps.first(situation.tenure.epoch(), present, plan, turn.wall());
        String what = "cold start with " + Journal.count(present.size(), "member");
        write(proposal(first, plan, what, "", Set.of(), false, turn), turn);
    }

    private void lead(AssignmentMap map, Turn turn) {
        if (takeover.update(map.members(), situation.roster, situation.intended(), turn.nanos())) {
            situation.note(
                    Cause.COLD_START,
                    "fewer than half of " + Journal.count(map.members().size(), "member")
                            + " are there: the cluster restarts, nothing moves for now",
                    turn);
        }
        if (!takeover.settled()) {
            return;
        }
        findLosses(map, turn);
        changes.update(map.members(), situation.roster, situation.intended(), turn.nanos());
        losses.fence(map, changes.goners(), situation.roster, situation.errands, turn);
        watchGray(map, turn);
        if (!losses.ready().isEmpty()) {
            giveAwayOrphans(map, turn);
        } else if (changes.due(turn.nanos()) && losses.safeToReplace(changes.goners(), situation.roster)) {
            change(map, turn);
        } else {
            workOffAgenda(map, turn);
        }
        if (situation.writer.free()) {
            letGo(map, turn);
        }
        grant(map, turn);
    }

    private void findLosses(AssignmentMap map, Turn turn) {
        Member own = situation.roster.member(situation.id);
        long heardSelfAt = own == null ? turn.nanos() : own.silentSince();
        if (losses.update(map, situation.roster, heardSelfAt, turn.nanos())) {
            situation.note(
                    Cause.CRASH,
                    Journal.count(losses.dead().size(), "member") + " of "
                            + map.members().size() + " vanished at once (" + Journal.names(losses.dead())
                            + "): this may be the broker, nothing moves until it is certain",
                    turn);
        }
    }

    private void giveAwayOrphans(AssignmentMap map, Turn turn) {
        Set<StableId> dead = new TreeSet<>(losses.ready());
        Set<StableId> survivors = new TreeSet<>(map.members());
        survivors.removeAll(dead);
        if (survivors.isEmpty()) {
            survivors.addAll(changes.joiners());
        }
        if (survivors.isEmpty()) {
            return;
        }
        Plan plan = situation.plans.orphans(map, survivors, situation.limits(), turn.nanos());
        AssignmentMap next = maps.next(map, situation.tenure.epoch(), survivors, plan, Cause.CRASH, turn.wall());
        write(proposal(next, plan, Journal.names(dead) + " vanished", "", dead, true, turn), turn);
    }

    private void change(AssignmentMap map, Turn turn) {
        Set<StableId> members = changes.next(map.members());
        if (members.isEmpty()) {
            return;
        }
        Set<StableId> joiners = changes.joiners();
        Set<StableId> goners = changes.goners();
        int budget = situation.balanceBudget();
        Plan plan = situation.plans.all(map.owners(), members, situation.limits(), budget, turn.nanos());
        Cause cause = joiners.isEmpty() ? Cause.SCALE_DOWN : Cause.SCALE_UP;
        String what = (joiners.isEmpty() ? "" : Journal.names(joiners) + " joined")
                + (joiners.isEmpty() || goners.isEmpty() ? "" : ", ")
                + (goners.isEmpty() ? "" : Journal.names(goners) + " left");
        boolean more = plan.statistics().moved() >= budget;
        AssignmentMap next = maps.next(map, situation.tenure.epoch(), members, plan, cause, turn.wall());
        if (situation.agenda.rollback() == null) {
            situation.agenda.planned(!situation.desk.state().paused());
        }
        write(proposal(next, plan, what, "", goners, more, turn), turn);
    }

    private void workOffAgenda(AssignmentMap map, Turn turn) {
        boolean quiet = !losses.any()
                && changes.none()
                && situation.holders.openChambers(map) == 0
                && turn.nanos() - changedAt >= situation.settings.quietTime().toNanos();
        int forWeights = situation.weights.budget(map.owners().size(), turn.nanos());
        Optional<Agenda.Item> due = situation.agenda.next(map, situation.limits(), quiet, forWeights > 0);
        if (due.isEmpty()) {
            return;
        }
        Agenda.Item item = due.get();
        int allowed = Math.min(situation.balanceBudget(), item.forWeights() ? forWeights : Integer.MAX_VALUE);
        int budget = item.balance() ? allowed : 0;
        Agenda.Rollback rollback = situation.agenda.rollback();
        Plan plan = rollback == null
                ? situation.plans.all(map.owners(), map.members(), situation.limits(), budget, turn.nanos())
                : situation.plans.restore(map, rollback.owners(), map.members(), situation.limits(), turn.nanos());
        situation.agenda.planned(item.balance() && rollback == null);
        if (plan.moves().isEmpty()) {
            situation.agenda.settled();
            if (item.forWeights()) {
                situation.weights.settled();
            }
            return;
        }
        boolean more = item.balance() && !item.forWeights() && plan.statistics().moved() >= budget;
        AssignmentMap next = maps.next(map, situation.tenure.epoch(), map.members(), plan, item.cause(), turn.wall());
        write(proposal(next, plan, item.why(), item.by(), Set.of(), more, turn), turn);
    }

    /** Sees to holders that take too long, and tells gainers about those that have been dealt with. */
    private void letGo(AssignmentMap map, Turn turn) {
        if (situation.holders.awaitsTheFenced(map)) {
            write(Proposal.copy(maps.cleaned(map, situation.tenure.epoch())), turn);
            return;
        }
        situation.holders.overdue(map, turn.nanos()).ifPresent(fence -> {
            if (situation.errands.send(fence, turn)) {
                situation.note(
                        map.cause(),
                        fence.id() + " has not released "
                                + Journal.chambers(fence.chambers().size())
                                + " in time: its consumers of them are deleted",
                        turn);
            }
        });
    }

    private void watchGray(AssignmentMap map, Turn turn) {
        if (turn.nanos() - grayAt < GRAY_INTERVAL || situation.desk.state().paused()) {
            return;
        }
        grayAt = turn.nanos();
        situation.gray.lift(map.members(), turn.nanos()).ifPresent(id -> {
            situation.agenda.recheck();
            situation.agenda.balanceLater();
            situation.note(Cause.GRAY_FAILURE, id + " is well again and may have chambers", turn);
        });
        situation.gray.find(map.members(), situation.roster, turn.nanos()).ifPresent(id -> {
            situation.agenda.recheck();
            situation.note(
                    Cause.GRAY_FAILURE, id + " lives and does not work while others do: it loses its chambers", turn);
        });
    }

    private void grant(AssignmentMap map, Turn turn) {
        SortedMap<String, StableId> granted =
                grants.update(map.members(), changes.held(), situation.intended(), situation.roster, turn);
        if (!granted.isEmpty()) {
            situation.note(
                    Cause.SCALE_UP,
                    Journal.count(granted.size(), "standby process").replace("processs", "processes") + " may join as "
                            + Journal.names(new TreeSet<>(granted.values())),
                    turn);
        }
    }

    private Proposal proposal(
            AssignmentMap map, Plan plan, String what, String by, Set<StableId> gone, boolean later, Turn turn) {
        Decision decision = Journal.version(
                map.cause(), what, by, map.epoch(), map.version(), map.members().size(), plan, turn);
        return new Proposal(map, Optional.of(decision), gone, later);
    }

    private void write(Proposal proposal, Turn turn) {
        situation.writer.write(proposal, situation.errands, turn);
    }

    /** A proposal is in force. */
    void inForce(Proposal proposal, Turn turn) {
        AssignmentMap map = proposal.map();
        follow(map, turn);
        proposal.decision().ifPresent(decision -> {
            changedAt = turn.nanos();
            turn.emit(new LeaderEffect.LogDecision(decision));
            situation.homes.scattered(decision.moves(), proposal.gone(), turn.nanos());
            situation.agenda.settled();
            if (decision.cause() == Cause.WEIGHTS) {
                situation.weights.spend(decision.moves().size(), turn.nanos());
            }
        });
        if (proposal.balanceLater()) {
            situation.agenda.balanceLater();
        }
        situation.agenda.recheck();
    }

    /** There is another map than before. */
    void follow(AssignmentMap map, Turn turn) {
        situation.holders.follow(map, turn.nanos());
        situation.catalog.follow(map, turn.nanos());
        situation.roster.expect(situation.expected(), turn.nanos());
        situation.agenda.recheck();
    }

    MemberState phase() {
        Proposal pending = situation.writer.pending();
        boolean crash = pending != null
                && pending.map().cause() == Cause.CRASH
                && pending.decision().isPresent();
        if (crash || losses.any()) {
            return MemberState.EMERGENCY;
        }
        if (pending != null) {
            return MemberState.REBALANCING;
        }
        boolean starting = situation.map() == null || takeover.restarting();
        return starting || changes.open() ? MemberState.SCALING : MemberState.STABLE;
    }

    int pendingChanges() {
        return changes.pending();
    }

    /** What is left of the window that is open, 0 without one. */
    long windowNanos(long nanos) {
        return Math.max(Math.max(changes.remaining(nanos), takeover.remaining(nanos)), coldStart.remaining(nanos));
    }
}
