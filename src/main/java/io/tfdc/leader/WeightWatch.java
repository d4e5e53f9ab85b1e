package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether changed weights are worth moving chambers: only when they are uneven twice in a row, and never much in a period. On the hash
 * ring, where the map follows from the members, weights alone move nothing.
 */
final class WeightWatch {
    private static final int TIMES = 2;

    private final LeaderSettings settings;
    private final ArrayDeque<Spent> spent = new ArrayDeque<>();
    private int uneven;

    private record Spent(int moves, long at) {}

    WeightWatch(LeaderSettings settings) {
        this.settings = settings;
    }

    /** New weights have come. */
    void weighed(AssignmentMap map, Catalog catalog, Set<StableId> members) {
        Map<StableId, Long> loads = new HashMap<>();
        members.forEach(id -> loads.put(id, 0L));
        long heaviest = 0;
        long total = 0;
        for (Map.Entry<ChamberId, StableId> entry : map.owners().entrySet()) {
            long weight = catalog.weight(entry.getKey());
            if (loads.computeIfPresent(entry.getValue(), (id, load) -> load + weight) != null) {
                total += weight;
                heaviest = Math.max(heaviest, weight);
            }
        }
        long max = loads.values().stream().mapToLong(Long::longValue).max().orElse(0);
        double mean = (double) total / Math.max(1, members.size());
        uneven = max > Math.max(settings.weightTrigger() * mean, heaviest) ? uneven + 1 : 0;
    }

    /** How many chambers may move for weights now, 0 if none should. */
    int budget(int chambers, long nanos) {
        if (uneven < TIMES || settings.planner() == LeaderSettings.Mode.RING) {
            return 0;
        }
        while (!spent.isEmpty()
                && nanos - spent.peek().at() > settings.weightPeriod().toNanos()) {
            spent.poll();
        }
        // A cluster of fewer than a hundred chambers has a share below one, and its balance to keep all the same.
        int allowed = (int) Math.ceil(settings.weightBudget() * chambers);
        int used = spent.stream().mapToInt(Spent::moves).sum();
        return Math.max(0, allowed - used);
    }

    void spend(int moves, long nanos) {
        spent.add(new Spent(moves, nanos));
    }

    /** Nothing more can be done about these weights. */
    void settled() {
        uneven = 0;
    }
}
