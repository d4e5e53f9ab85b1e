package io.tfdc.leader;

import io.tfdc.leader.Move.Reason;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Moves chambers from members with too much to members with too little, in three passes: heavy chambers for weight, light ones for counts,
 * and exchanges to repair what the counts did to the weights. The first pass knows how many light chambers will follow: a member's
 * <i>bias</i> is the weight that the second pass is going to take from it (negative) or give to it.
 */
final class LoadBalancer {
    /** With how many partners an exchange is tried, which is costlier than a gift. */
    private static final int SWAP_PARTNERS = 8;

    /** Barters are rare. */
    private static final int BARTER_PARTNERS = 16;

    private final AssignmentTable table;
    private final LoadBounds bounds;
    private final BitSet pinned = new BitSet();
    /** Pinned chambers, and those that moved in this pass: a chamber moves once in a pass, so that a pass ends. */
    private final BitSet fixed = new BitSet();

    private final int[] homes;
    private final boolean remembers;
    private final double[] bias;
    private int budget;
    private int rounds;

    LoadBalancer(AssignmentTable table, LoadBounds bounds, PlanRequest request) {
        this.table = table;
        this.bounds = bounds;
        this.bias = new double[table.members.length];
        this.remembers = !request.homes().isEmpty();
        this.homes = new int[table.chamberCount()];
        Arrays.fill(homes, AssignmentTable.NOBODY);
        this.budget = request.options().budget();
        for (int c = 0; c < table.chamberCount(); c++) {
            String member = request.pins().get(table.chambers[c]);
            pinned.set(c, member != null && table.memberNumber(member) >= 0);
            String home = request.homes().get(table.chambers[c]);
            homes[c] = home == null ? AssignmentTable.NOBODY : table.memberNumber(home);
        }
    }

    /** Yields how many rounds it took, each of which tried to relieve or fill one member. */
    int balance() {
        anticipateCountMoves();
        balanceWeights(false);
        Arrays.fill(bias, 0);
        balanceCounts();
        balanceWeights(true);
        return rounds;
    }

    private void anticipateCountMoves() {
        double lights = 0;
        int receivers = 0;
        for (int m = 0; m < bias.length; m++) {
            for (int excess = table.count(m) - bounds.countCap(); excess > 0; excess--) {
                bias[m] -= table.weights[table.held(m, table.count(m) - excess)];
            }
            lights -= bias[m];
            receivers += mayReceive(m) ? 1 : 0;
        }
        for (int m = 0; m < bias.length && receivers > 0; m++) {
            bias[m] += mayReceive(m) ? lights / receivers : 0;
        }
    }

    private boolean mayReceive(int member) {
        return !table.closed.get(member)
                && table.count(member) < bounds.countCap()
                && table.load[member] < bounds.floor();
    }

    private double load(int member) {
        return table.load[member] + bias[member];
    }

    /** Brings loads within the bounds where that is possible. */
    private void balanceWeights(boolean keepCounts) {
        fixed.clear();
        fixed.or(pinned);
        BitSet settled = new BitSet();
        while (budget > 0) {
            int heaviest = extreme(settled, 1);
            BitSet unfit = (BitSet) settled.clone();
            unfit.or(table.closed);
            int lightest = extreme(unfit, -1);
            if (heaviest >= 0 && load(heaviest) > bounds.cap()) {
                rounds++;
                settled.set(heaviest, !exchange(heaviest, -1, Reason.OVERLOAD, keepCounts));
            } else if (lightest >= 0 && load(lightest) < bounds.floor()) {
                rounds++;
                settled.set(lightest, !exchange(lightest, 1, Reason.UNDERLOAD, keepCounts));
            } else {
                return;
            }
        }
    }

    /** The member with the greatest (sign 1) or least (sign -1) load that is not in the set, or -1. */
    private int extreme(BitSet without, int sign) {
        int best = -1;
        for (int m = without.nextClearBit(0); m < bias.length; m = without.nextClearBit(m + 1)) {
            if (best < 0 || sign * load(m) > sign * load(best)) {
                best = m;
            }
        }
        return best;
    }

    /** Trades between the member and its best partners (the most loaded ones for sign 1). Tells whether anything moved. */
    private boolean exchange(int member, int sign, Reason reason, boolean keepCounts) {
        BitSet tried = new BitSet();
        if (sign < 0) {
            tried.or(table.closed);
        }
        tried.set(member);
        for (int partner = extreme(tried, sign); partner >= 0; partner = extreme(tried, sign)) {
            tried.set(partner);
            int from = sign > 0 ? partner : member;
            int to = sign > 0 ? member : partner;
            Trade trade = gift(from, to, keepCounts);
            if (tried.cardinality() - table.closed.cardinality() <= SWAP_PARTNERS && !table.closed.get(from)) {
                trade = trade.orBetter(swap(from, to));
            }
            if (trade.given() >= 0) {
                perform(trade, from, to, reason);
                return true;
            }
        }
        return sign < 0 && barter(member) || level(member, sign, reason, keepCounts);
    }

    /** Trades a heavy chamber of the member for lighter ones of the partner where that takes the fewest moves. */
    private boolean barter(int member) {
        Barter best = null;
        int with = -1;
        BitSet tried = (BitSet) table.closed.clone();
        tried.set(member);
        for (int i = 0, partner = extreme(tried, -1); i < BARTER_PARTNERS && partner >= 0; i++) {
            Barter found = table.closed.get(member)
                    ? null
                    : Barter.between(table, bounds, fixed, member, load(member), partner, load(partner))
                            .orElse(null);
            if (found != null && found.moves() <= budget && (best == null || found.moves() < best.moves())) {
                best = found;
                with = partner;
            }
            tried.set(partner);
            partner = extreme(tried, -1);
        }
        if (best == null) {
            return false;
        }
        move(best.given(), with, Reason.SWAP);
        for (int chamber : best.taken()) {
            move(chamber, member, Reason.SWAP);
        }
        return true;
    }

    /** Where chambers are too coarse for the bounds: gives the heaviest one that leaves the receiver no heavier than the giver. */
    private boolean level(int member, int sign, Reason reason, boolean keepCounts) {
        BitSet without = new BitSet();
        if (sign < 0) {
            without.or(table.closed);
        }
        without.set(member);
        int partner = extreme(without, sign);
        int from = sign > 0 ? partner : member;
        int to = sign > 0 ? member : partner;
        if (partner < 0 || keepCounts && table.count(to) >= bounds.countCap()) {
            return false;
        }
        long half = (long) (load(from) - load(to)) / 2;
        for (int rank = half > 0 ? table.rankOfAtMost(from, half) : table.count(from);
                rank < table.count(from);
                rank++) {
            int chamber = table.held(from, rank);
            if (!fixed.get(chamber)) {
                perform(new Trade(chamber, -1, table.weights[chamber]), from, to, reason);
                return true;
            }
        }
        return false;
    }

    /** How much weight may go from one member to another without taking either out of bounds. */
    private long room(int from, int to) {
        return (long) Math.min(bounds.cap() - load(to), table.load[from] - bounds.floor());
    }

    /** The heaviest chamber that fits, or one of at least half its weight that had been at home with the receiver. */
    private Trade gift(int from, int to, boolean keepCounts) {
        long room = room(from, to);
        if (room <= 0 || keepCounts && table.count(to) >= bounds.countCap()) {
            return Trade.NONE;
        }
        Trade heaviest = Trade.NONE;
        for (int rank = table.rankOfAtMost(from, room); rank < table.count(from); rank++) {
            int chamber = table.held(from, rank);
            if (fixed.get(chamber)) {
                continue;
            }
            Trade trade = new Trade(chamber, -1, table.weights[chamber]);
            if (2 * trade.weight() < heaviest.weight()) {
                break;
            }
            if (!remembers || homes[chamber] == to) {
                return trade;
            }
            heaviest = heaviest.given() < 0 ? trade : heaviest;
        }
        return heaviest;
    }

    /** The exchange of two chambers that takes over as much weight as fits. */
    private Trade swap(int from, int to) {
        long room = room(from, to);
        Trade best = Trade.NONE;
        for (int rank = 0; rank < table.count(from) && room > 0 && budget >= 2; rank++) {
            int given = table.held(from, rank);
            int taken = lightestOfAtLeast(to, table.weights[given] - room);
            if (taken >= 0 && !fixed.get(given) && table.weights[given] - table.weights[taken] > best.weight()) {
                best = new Trade(given, taken, table.weights[given] - table.weights[taken]);
            }
        }
        return best;
    }

    private void perform(Trade trade, int from, int to, Reason reason) {
        if (trade.taken() >= 0) {
            move(trade.given(), to, Reason.SWAP);
            move(trade.taken(), from, Reason.SWAP);
        } else {
            shrinkBias(from);
            move(trade.given(), to, reason);
        }
    }

    /** One chamber less will have to go for the count: the heaviest of the light ones stays. */
    private void shrinkBias(int from) {
        int excess = table.count(from) - bounds.countCap();
        if (excess > 0 && bias[from] < 0) {
            bias[from] = Math.min(0, bias[from] + table.weights[table.held(from, table.count(from) - excess)]);
        }
    }

    private int lightestOfAtLeast(int member, long weight) {
        int rank = table.rankOfAtMost(member, weight - 1) - 1;
        return rank >= 0 && !fixed.get(table.held(member, rank)) ? table.held(member, rank) : -1;
    }

    private void balanceCounts() {
        while (budget > 0) {
            int most = 0;
            for (int m = 1; m < bias.length; m++) {
                most = table.count(m) > table.count(most) ? m : most;
            }
            if (table.count(most) <= bounds.countCap() || !moveLightest(most)) {
                return;
            }
            rounds++;
        }
    }

    private boolean moveLightest(int from) {
        int to = -1;
        for (int m = 0; m < bias.length; m++) {
            boolean room = table.count(m) < bounds.countCap() && !table.closed.get(m);
            if (room && (to < 0 || table.load[m] < table.load[to])) {
                to = m;
            }
        }
        for (int rank = table.count(from) - 1; rank >= 0 && to >= 0; rank--) {
            if (!pinned.get(table.held(from, rank))) {
                move(table.held(from, rank), to, Reason.COUNT);
                return true;
            }
        }
        return false;
    }

    private void move(int chamber, int to, Reason reason) {
        table.assign(chamber, to, reason);
        fixed.set(chamber);
        budget--;
    }

    /**
     * A gift, or an exchange of two chambers.
     *
     * @param given the chamber that goes over, -1 for no trade
     * @param taken the chamber that comes back, -1 for a gift
     * @param weight what goes over in sum
     */
    private record Trade(int given, int taken, long weight) {
        static final Trade NONE = new Trade(-1, -1, 0);

        /** The one of two that takes over more weight per chamber moved. */
        Trade orBetter(Trade swap) {
            return swap.weight > 2 * weight ? swap : this;
        }
    }
}
