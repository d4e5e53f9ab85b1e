package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the planner the question that a situation poses. */
final class Planning {
    private final LeaderSettings settings;
    private final AssignmentPlanner planner;
    private final AssignmentPlanner sticky;
    private final Catalog catalog;
    private final HomeMemory homes;

    Planning(LeaderSettings settings, Catalog catalog, HomeMemory homes, PlanObserver observer) {
        this.settings = settings;
        this.catalog = catalog;
        this.homes = homes;
        sticky = new StickyPlanner(observer);
        planner = settings.planner() == LeaderSettings.Mode.RING
                ? new RingPlanner(settings.ringTolerance(), observer)
                : sticky;
    }

    /** Who may have what: what operators wish, and who is gray. */
    record Limits(OperatorState operator, Set<StableId> gray) {
        /** Members that are to lose all their chambers. */
        Set<StableId> emptied() {
            Set<StableId> emptied = new HashSet<>();
            if (!operator.paused()) {
                emptied.addAll(operator.drained());
                emptied.addAll(gray);
            }
            return emptied;
        }

        Set<String> closed() {
            Set<StableId> closed = new HashSet<>(operator.cordoned());
            closed.addAll(operator.drained());
            closed.addAll(gray);
            return names(closed);
        }
    }

    /** Gives the chambers of members that are gone to the survivors; nothing else moves. */
    Plan orphans(AssignmentMap map, Collection<StableId> survivors, Limits limits, long nanos) {
        Map<ChamberId, String> pins = new HashMap<>();
        limits.operator().pins().forEach((chamber, id) -> {
            StableId owner = map.owners().get(chamber);
            if (owner != null && !survivors.contains(owner)) {
                pins.put(chamber, id.toString());
            }
        });
        return sticky.plan(new PlanRequest(
                catalog.loads(map.owners().keySet()),
                List.copyOf(names(survivors)),
                owners(map.owners()),
                limits.closed(),
                pins,
                homes.homes(nanos),
                settings.options().withBudget(0)));
    }

    /** Gives every chamber a member; besides what has to move, at most the budget moves for balance. */
    Plan all(Map<ChamberId, StableId> owners, Collection<StableId> members, Limits limits, int budget, long nanos) {
        Set<StableId> eligible = new HashSet<>(members);
        eligible.removeAll(limits.emptied());
        if (eligible.isEmpty()) {
            eligible.addAll(members);
        }
        boolean paused = limits.operator().paused();
        Map<ChamberId, String> pins = new HashMap<>();
        limits.operator().pins().forEach((chamber, id) -> {
            if (!paused || !eligible.contains(owners.get(chamber))) {
                pins.put(chamber, id.toString());
            }
        });
        boolean ring = settings.planner() == LeaderSettings.Mode.RING;
        int allowed = paused || budget == 0 ? 0 : ring ? Integer.MAX_VALUE : budget;
        return (allowed == 0 ? sticky : planner)
                .plan(new PlanRequest(
                        catalog.loads(),
                        List.copyOf(names(eligible)),
                        owners(owners),
                        limits.closed(),
                        pins,
                        homes.homes(nanos),
                        settings.options().withBudget(allowed)));
    }

    /** Gives every chamber the owner that it had in an earlier map, as far as that may have chambers now. */
    Plan restore(
            AssignmentMap map,
            Map<ChamberId, StableId> earlier,
            Collection<StableId> members,
            Limits limits,
            long nanos) {
        Map<ChamberId, StableId> wished = new HashMap<>(map.owners());
        Set<String> closed = limits.closed();
        earlier.forEach((chamber, owner) -> {
            if (members.contains(owner) && !closed.contains(owner.toString())) {
                wished.replace(chamber, owner);
            }
        });
        Plan plan = all(wished, members, limits, 0, nanos);
        Map<ChamberId, Move.Reason> reasons = new HashMap<>();
        plan.moves().forEach(move -> reasons.put(move.chamber(), move.reason()));
        List<Move> moves = new ArrayList<>();
        int moved = 0;
        for (Map.Entry<ChamberId, String> entry : plan.owners().entrySet()) {
            StableId before = map.owners().get(entry.getKey());
            String from = before == null ? null : before.toString();
            if (!entry.getValue().equals(from)) {
                Move.Reason reason = reasons.getOrDefault(entry.getKey(), Move.Reason.ROLLBACK);
                moves.add(new Move(entry.getKey(), from, entry.getValue(), reason));
                moved += from == null ? 0 : 1;
            }
        }
        return new Plan(plan.owners(), moves, plan.statistics().withMoved(moved));
    }

    /** How many chambers a share of them is. */
    int share(double share) {
        return (int) Math.min(Integer.MAX_VALUE, Math.floor(share * catalog.size()));
    }

    private static Map<ChamberId, String> owners(Map<ChamberId, StableId> owners) {
        Map<ChamberId, String> named = new HashMap<>(owners.size() * 2);
        owners.forEach((chamber, id) -> named.put(chamber, id.toString()));
        return named;
    }

    private static Set<String> names(Collection<StableId> ids) {
        Set<String> names = new HashSet<>(ids.size() * 2);
        ids.forEach(id -> names.add(id.toString()));
        return names;
    }
}
