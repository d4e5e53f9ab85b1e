package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be planned besides changes of the membership. Most of it follows from comparing the map with what should be, so that a new
 * leader goes on where the old one stopped; only requests that are not stored are remembered here.
 */
final class Agenda {
    private final Catalog catalog;
    private boolean changed = true;
    private boolean newChambers;
    private boolean emptying;
    private boolean grayOwns;
    private boolean unevenAfterLoss;
    private @Nullable Rollback rollback;
    private @Nullable String rebalanceFor;
    private String lastOperator = "";
    private @Nullable Rollback plannedRollback;
    private @Nullable String plannedRebalance;
    private boolean plannedUneven;

    /** An earlier version to go back to. */
    record Rollback(long version, SortedMap<ChamberId, StableId> owners, String by) {}

    /**
     * Something to be planned.
     *
     * @param balance whether chambers may move for balance, too
     * @param forWeights whether that is for changed weights only
     */
    record Item(Cause cause, boolean balance, boolean forWeights, String why, String by) {}

    Agenda(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Map, chambers, weights or wishes have changed: compare again. */
    void recheck() {
        changed = true;
    }

    void operatorChanged(String by) {
        lastOperator = by;
        recheck();
    }

    void rebalance(String by) {
        rebalanceFor = by;
    }

    void rollBack(Rollback wish) {
        rollback = wish;
    }

    @Nullable
    Rollback rollback() {
        return rollback;
    }

    /** Chambers were given away in haste; balance is to follow in a quiet time. */
    void balanceLater() {
        unevenAfterLoss = true;
    }

    /** What is to be planned now, empty if nothing is. */
    Optional<Item> next(AssignmentMap map, Planning.Limits limits, boolean quiet, boolean weightsUneven) {
        if (changed) {
            compare(map, limits);
            changed = false;
        }
        boolean paused = limits.operator().paused();
        List<Item> items = new ArrayList<>(2);
        if (!paused && rollback != null) {
            items.add(
                    new Item(Cause.OPERATOR, false, false, "rollback to version " + rollback.version(), rollback.by()));
        }
        if (!paused && rebalanceFor != null) {
            items.add(new Item(Cause.OPERATOR, true, false, "balance asked for", rebalanceFor));
        }
        if (!paused && emptying) {
            items.add(new Item(Cause.OPERATOR, false, false, "drained members and pins", lastOperator));
        }
        if (!paused && grayOwns) {
            items.add(new Item(Cause.GRAY_FAILURE, false, false, "a member lives and does not work", ""));
        }
        if (newChambers) {
            items.add(new Item(Cause.NEW_CHAMBERS, false, false, "new chambers", ""));
        }
        if (!paused && quiet && unevenAfterLoss) {
            items.add(new Item(Cause.REBALANCE, true, false, "balance after changes", ""));
        }
        if (!paused && quiet && weightsUneven) {
            items.add(new Item(Cause.WEIGHTS, true, true, "weights have changed", ""));
        }
        return items.stream().reduce(Agenda::merge);
    }

    private static Item merge(Item first, Item second) {
        boolean balance = first.balance() || second.balance();
        boolean forWeights = (!first.balance() || first.forWeights()) && (!second.balance() || second.forWeights());
        return new Item(
                first.cause(),
                balance,
                balance && forWeights,
                first.why() + ", " + second.why(),
                first.by().isEmpty() ? second.by() : first.by());
    }

    private void compare(AssignmentMap map, Planning.Limits limits) {
        newChambers = !catalog.unplaced(map).isEmpty();
        Collection<StableId> emptied = limits.emptied();
        boolean everybody = emptied.containsAll(map.members());
        emptying = !everybody && limits.operator().drained().stream().anyMatch(id -> owns(map, id));
        grayOwns = !everybody && limits.gray().stream().anyMatch(id -> owns(map, id));
        limits.operator().pins().forEach((chamber, id) -> {
            StableId owner = map.owners().get(chamber);
            boolean possible = map.members().contains(id) && !emptied.contains(id);
            emptying |= possible && owner != null && !owner.equals(id);
        });
    }

    private static boolean owns(AssignmentMap map, StableId id) {
        Total total = map.totals().get(id);
        return map.members().contains(id) && total != null && total.chambers() > 0;
    }

    /** All of it is in a plan that is being written; a balance only if it was allowed. */
    void planned(boolean balanced) {
        plannedRollback = rollback;
        rollback = null;
        if (balanced) {
            plannedRebalance = rebalanceFor;
            plannedUneven = unevenAfterLoss;
            rebalanceFor = null;
            unevenAfterLoss = false;
        }
    }

    /** The plan is in force, or there was nothing to move. */
    void settled() {
        newChambers = false;
        emptying = false;
        grayOwns = false;
        forgetPlanned();
    }

    /** The plan did not come into force: everything in it waits again. */
    void abandoned() {
        rollback = rollback == null ? plannedRollback : rollback;
        rebalanceFor = rebalanceFor == null ? plannedRebalance : rebalanceFor;
        unevenAfterLoss |= plannedUneven;
        forgetPlanned();
        recheck();
    }

    private void forgetPlanned() {
        plannedRollback = null;
        plannedRebalance = null;
        plannedUneven = false;
    }
}
