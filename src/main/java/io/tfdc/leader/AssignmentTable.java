package io.tfdc.leader;

import io.tfdc.leader.Move.Reason;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The working state of a planner: chambers and members as numbers, who has what, and what that weighs. Chambers are numbered by
 * descending weight, so that a member's chambers in numeric order are its heaviest first.
 */
final class AssignmentTable {
    static final int NOBODY = -1;

    final ChamberId[] chambers;
    final long[] weights;
    final String[] members;
    final long[] load;
    final double meanLoad;
    /** Members that get nothing more; never all of them. */
    final BitSet closed = new BitSet();

    private final int[] initial;
    private final int[] owner;
    private final @Nullable Reason[] reasons;
    private final ChamberSet[] held;

    AssignmentTable(PlanRequest request) {
        List<ChamberLoad> sorted = new ArrayList<>(request.chambers());
        long fallback = request.options().defaultWeight();
        sorted.sort(Comparator.comparingLong((ChamberLoad c) -> weightOf(c, fallback))
                .reversed()
                .thenComparing(ChamberLoad::chamber));
        int n = sorted.size();
        chambers = new ChamberId[n];
        weights = new long[n];
        members = request.members().toArray(new String[0]);
        Arrays.sort(members);
        load = new long[members.length];
        held = new ChamberSet[members.length];
        Arrays.setAll(held, m -> new ChamberSet(2 * n / members.length + 4));
        initial = new int[n];
        owner = new int[n];
        reasons = new Reason[n];
        Map<String, Integer> numbers = new HashMap<>();
        for (int m = 0; m < members.length; m++) {
            numbers.put(members[m], m);
        }
        double total = 0;
        for (int c = 0; c < n; c++) {
            chambers[c] = sorted.get(c).chamber();
            weights[c] = weightOf(sorted.get(c), fallback);
            total += weights[c];
            initial[c] = numbers.getOrDefault(request.owners().getOrDefault(chambers[c], ""), NOBODY);
            owner[c] = NOBODY;
            if (initial[c] != NOBODY) {
                take(c, initial[c]);
            }
        }
        meanLoad = total / members.length;
        for (int m = 0; m < members.length; m++) {
            closed.set(m, request.closed().contains(members[m]));
        }
        if (closed.cardinality() == members.length) {
            closed.clear();
        }
    }

    int openMembers() {
        return members.length - closed.cardinality();
    }

    /** Weight that closed members don't hold. */
    double openWeight() {
        return meanLoad * members.length
                - closed.stream().mapToLong(m -> load[m]).sum();
    }

    /** Number of chambers that closed members don't hold. */
    int openChambers() {
        return chambers.length - closed.stream().map(this::count).sum();
    }

    private static long weightOf(ChamberLoad chamber, long fallback) {
        return chamber.weight() == 0 ? fallback : chamber.weight();
    }

    int chamberCount() {
        return chambers.length;
    }

    int owner(int chamber) {
        return owner[chamber];
    }

    /** Number of chambers of the member. */
    int count(int member) {
        return held[member].size();
    }

    /** The member's chamber at a rank, 0 for its heaviest. */
    int held(int member, int rank) {
        return held[member].get(rank);
    }

    /** The rank of the member's heaviest chamber that weighs no more than the given weight; its count if there is none. */
    int rankOfAtMost(int member, long weight) {
        int low = 0;
        int high = count(member);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (weights[held(member, middle)] <= weight) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    void assign(int chamber, int member, Reason reason) {
        int before = owner[chamber];
        if (before == member) {
            return;
        }
        if (before != NOBODY) {
            held[before].remove(chamber);
            load[before] -= weights[chamber];
        }
        take(chamber, member);
        reasons[chamber] = reason;
    }

    private void take(int chamber, int member) {
        owner[chamber] = member;
        held[member].add(chamber);
        load[member] += weights[chamber];
    }

    /** Members of the table by name. */
    int memberNumber(String member) {
        return Arrays.binarySearch(members, member);
    }

    Plan toPlan(PlanRequest request) {
        TreeMap<ChamberId, String> owners = new TreeMap<>();
        List<Move> moves = new ArrayList<>();
        int moved = 0;
        for (int c = 0; c < chambers.length; c++) {
            owners.put(chambers[c], members[owner[c]]);
            Reason reason = reasons[c];
            if (owner[c] != initial[c] && reason != null) {
                String from = request.owners().get(chambers[c]);
                moves.add(new Move(chambers[c], from, members[owner[c]], reason));
                moved += from == null ? 0 : 1;
            }
        }
        moves.sort(Comparator.comparing(Move::chamber));
        return new Plan(owners, moves, statistics(moved));
    }

    private PlanStatistics statistics(int moved) {
        int[] counts = Arrays.stream(held).mapToInt(ChamberSet::size).toArray();
        double floor = chambers.length == 0 || meanLoad == 0 ? 1 : Math.max(1, weights[0] / meanLoad);
        return new PlanStatistics(
                chambers.length,
                members.length,
                moved,
                Arrays.stream(counts).min().orElse(0),
                Arrays.stream(counts).max().orElse(0),
                Arrays.stream(load).min().orElse(0),
                Arrays.stream(load).max().orElse(0),
                meanLoad,
                floor);
    }
}
