package io.tfdc.leader;

/**
 * What balance means for a table.
 *
 * @param cap no member should weigh more
 * @param floor no member should weigh less
 * @param triggerCap balancing starts when a member weighs more than this
 * @param triggerFloor balancing starts when a member weighs less than this
 * @param countCap no member should have more chambers
 */
record LoadBounds(double cap, double floor, double triggerCap, double triggerFloor, int countCap) {

    static LoadBounds of(AssignmentTable table, PlannerOptions options) {
        double heaviest = table.chamberCount() == 0 ? 0 : table.weights[0];
        double reachable = reachableMean(table);
        double mean = Math.max(table.meanLoad, table.openWeight() / table.openMembers());
        double slack = options.trigger() - options.maxLoad();
        double meanCount = Math.max(
                (double) table.chamberCount() / table.members.length,
                (double) table.openChambers() / table.openMembers());
        return new LoadBounds(
                Math.max(options.maxLoad() * mean, heaviest),
                options.minLoad() * reachable,
                Math.max(options.trigger() * mean, heaviest),
                (options.minLoad() - slack) * reachable,
                (int) Math.ceil(options.maxCount() * meanCount));
    }

    /** The mean of the members that are left when each chamber heavier than the mean of the rest has a member of its own. */
    private static double reachableMean(AssignmentTable table) {
        double total = table.openWeight();
        int membersLeft = table.openMembers();
        int heaviest = 0;
        while (membersLeft > 1 && heaviest < table.chamberCount() && table.weights[heaviest] > total / membersLeft) {
            total -= table.weights[heaviest++];
            membersLeft--;
        }
        return total / membersLeft;
    }

    boolean isBroken(AssignmentTable table) {
        for (int m = 0; m < table.members.length; m++) {
            boolean starving = table.load[m] < triggerFloor && !table.closed.get(m);
            if (table.load[m] > triggerCap || starving || table.count(m) > countCap) {
                return true;
            }
        }
        return false;
    }
}
