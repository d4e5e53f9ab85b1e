package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.StableId;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything the leader knows; events change it, decisions read it. */
final class Situation {
    final String self;
    final StableId id;
    final ClusterSettings settings;
    final LeaderSettings planning;
    final Errands errands = new Errands();
    final Tenure tenure;
    final Hearing hearing;
    final Roster roster;
    final Probes probes;
    final Holders holders;
    final Catalog catalog;
    final HomeMemory homes;
    final GrayWatch gray;
    final WeightWatch weights;
    final SizeGoal goal;
    final MapWriter writer = new MapWriter();
    final OperatorDesk desk = new OperatorDesk();
    final ConsumerSweep sweep = new ConsumerSweep();
    final Agenda agenda;
    final Planning plans;

    Situation(
            StableId id, String incarnation, ClusterSettings settings, LeaderSettings planning, PlanObserver observer) {
        this.id = id;
        this.self = incarnation;
        this.settings = settings;
        this.planning = planning;
        tenure = new Tenure(id, incarnation);
        hearing = new Hearing(settings);
        roster = new Roster(incarnation, settings);
        probes = new Probes(incarnation, settings);
        holders = new Holders(settings);
        catalog = new Catalog(planning);
        homes = new HomeMemory(planning.homeMemory());
        gray = new GrayWatch(settings);
        weights = new WeightWatch(planning);
        goal = new SizeGoal(settings);
        agenda = new Agenda(catalog);
        plans = new Planning(planning, catalog, homes, observer);
    }

    void begin(long realNanos) {
        hearing.begin(realNanos);
        roster.begin(realNanos);
        sweep.begin(realNanos);
    }

    @Nullable
    AssignmentMap map() {
        return writer.map();
    }

    /** The map as far as it is still true: without holders that are known to have let go. */
    @Nullable
    AssignmentMap presentMap() {
        AssignmentMap map = map();
        return map == null ? null : map.withReleasing(holders.remaining(map));
    }

    /** Members of the map, empty without one. */
    Set<StableId> members() {
        AssignmentMap map = map();
        return map == null ? Set.of() : map.members();
    }

    /** Members whose silence means something: those of the map, and those that may still hold chambers. */
    Set<StableId> expected() {
        AssignmentMap map = map();
        if (map == null || map.releasing().isEmpty()) {
            return members();
        }
        Set<StableId> expected = new TreeSet<>(map.members());
        expected.addAll(holders.open(map));
        return expected;
    }

    OptionalInt intended() {
        return goal.intended(desk.state());
    }

    Planning.Limits limits() {
        return new Planning.Limits(desk.state(), gray.members());
    }

    OperatorRules rules() {
        return new OperatorRules(members(), catalog, settings.maxMembers());
    }

    /** How many chambers may move for balance now; what is on the move already counts. */
    int balanceBudget() {
        AssignmentMap map = map();
        int moving = map == null ? 0 : holders.openChambers(map);
        return planning.windowBudget() >= 1
                ? Integer.MAX_VALUE
                : Math.max(0, plans.share(planning.windowBudget()) - moving);
    }

    /** Logs something decided without a move. */
    void note(AssignmentMap.Cause cause, String summary, Turn turn) {
        Journal.note(cause, summary, tenure.epoch(), writer.version(), members().size(), turn);
    }
}
