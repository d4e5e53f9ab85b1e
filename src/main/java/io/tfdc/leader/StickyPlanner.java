package io.tfdc.leader;

import io.tfdc.leader.Move.Reason;

/**
 * Keeps the present owners and moves as little as the bounds allow: chambers without an owner go heaviest first to the least loaded
 * member (LPT), then the fewest chambers that bring every member within the weight bounds, then light ones where counts are too uneven.
 *
 * <p>Moving the fewest jobs for a given balance is NP-hard (Aggarwal, Motwani, Zhu, The Load Rebalancing Problem, SPAA 2003); chambers are
 * small against a member's load, so that greedy stays within a few moves of the lower bound.
 */
public final class StickyPlanner implements AssignmentPlanner {
    private final PlanObserver observer;

    public StickyPlanner() {
        this(PlanObserver.NONE);
    }

    public StickyPlanner(PlanObserver observer) {
        this.observer = observer;
    }

    @Override
    public Plan plan(PlanRequest request) {
        observer.began();
        AssignmentTable table = new AssignmentTable(request);
        LoadBounds bounds = LoadBounds.of(table, request.options());
        placePinned(table, request);
        placeUnowned(table, bounds, request);
        observer.placed();
        observer.balanced(bounds.isBroken(table) ? new LoadBalancer(table, bounds, request).balance() : 0);
        return table.toPlan(request);
    }

    private static void placePinned(AssignmentTable table, PlanRequest request) {
        for (int chamber = 0; chamber < table.chamberCount(); chamber++) {
            String member = request.pins().get(table.chambers[chamber]);
            int number = member == null ? AssignmentTable.NOBODY : table.memberNumber(member);
            if (number >= 0) {
                table.assign(chamber, number, Reason.PINNED);
            }
        }
    }

    private static void placeUnowned(AssignmentTable table, LoadBounds bounds, PlanRequest request) {
        TieBreak ties = new TieBreak(table.members);
        for (int chamber = 0; chamber < table.chamberCount(); chamber++) {
            if (table.owner(chamber) != AssignmentTable.NOBODY) {
                continue;
            }
            Reason reason = request.owners().containsKey(table.chambers[chamber]) ? Reason.ORPHAN : Reason.NEW;
            int home = homeWithRoom(table, bounds, request, chamber);
            table.assign(chamber, home >= 0 ? home : leastLoaded(table, bounds, ties, chamber), reason);
        }
    }

    private static int homeWithRoom(AssignmentTable table, LoadBounds bounds, PlanRequest request, int chamber) {
        String home = request.homes().get(table.chambers[chamber]);
        int member = home == null ? AssignmentTable.NOBODY : table.memberNumber(home);
        boolean room = member >= 0
                && !table.closed.get(member)
                && table.load[member] + table.weights[chamber] <= bounds.cap()
                && table.count(member) < bounds.countCap();
        return room ? member : AssignmentTable.NOBODY;
    }

    /** The least loaded open member, if possible one whose count allows one more chamber. */
    private static int leastLoaded(AssignmentTable table, LoadBounds bounds, TieBreak ties, int chamber) {
        long hash = TieBreak.hash(table.chambers[chamber].toString());
        int best = -1;
        int any = -1;
        for (int member = table.closed.nextClearBit(0);
                member < table.members.length;
                member = table.closed.nextClearBit(member + 1)) {
            if (table.count(member) < bounds.countCap() && better(table, ties, hash, member, best)) {
                best = member;
            }
            any = better(table, ties, hash, member, any) ? member : any;
        }
        return best >= 0 ? best : any;
    }

    private static boolean better(AssignmentTable table, TieBreak ties, long hash, int member, int best) {
        long difference = best < 0 ? -1 : table.load[member] - table.load[best];
        return difference < 0 || difference == 0 && ties.prefersFirst(hash, member, best);
    }
}
