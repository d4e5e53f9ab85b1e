package io.tfdc.leader;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One heavy chamber for several lighter ones. A member that has a few heavy chambers and nothing else can't be relieved otherwise: without one
 * of them it would have too little, and nobody has room for it.
 *
 * @param given chamber that goes over
 * @param taken chambers that come back, the heaviest first
 */
record Barter(int given, List<Integer> taken) {

    /**
     * What would bring both members within the bounds.
     *
     * @param fixed chambers that stay
     * @param load of the member that gives the heavy chamber
     * @param partnerLoad of the other one
     */
    static Optional<Barter> between(
            AssignmentTable table,
            LoadBounds bounds,
            BitSet fixed,
            int member,
            double load,
            int partner,
            double partnerLoad) {
        int given = lightestThatRelieves(table, fixed, member, (long) Math.ceil(load - bounds.cap()));
        if (given < 0) {
            return Optional.empty();
        }
        double excess = partnerLoad + table.weights[given] - bounds.cap();
        double room = bounds.cap() - load + table.weights[given];
        int places = bounds.countCap() - table.count(member) + 1;
        List<Integer> taken = new ArrayList<>();
        for (int rank = 0; rank < table.count(partner) && excess > 0 && taken.size() < places; rank++) {
            int chamber = table.held(partner, rank);
            long weight = table.weights[chamber];
            if (!fixed.get(chamber) && weight <= room && weight < table.weights[given]) {
                taken.add(chamber);
                room -= weight;
                excess -= weight;
            }
        }
        return excess > 0 ? Optional.empty() : Optional.of(new Barter(given, taken));
    }

    private static int lightestThatRelieves(AssignmentTable table, BitSet fixed, int member, long excess) {
        for (int rank = table.rankOfAtMost(member, excess - 1) - 1; rank >= 0; rank--) {
            if (!fixed.get(table.held(member, rank))) {
                return table.held(member, rank);
            }
        }
        return -1;
    }

    int moves() {
        return taken.size() + 1;
    }
}
