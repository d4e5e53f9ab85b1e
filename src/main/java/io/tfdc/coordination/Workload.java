package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Chambers with runs at work in this process. Counts outlive the loss of an id: the work ends when it ends. */
final class Workload {
    private final Map<ChamberId, Integer> runs = new HashMap<>();

    void started(ChamberId chamber) {
        runs.merge(chamber, 1, Integer::sum);
    }

    void finished(ChamberId chamber) {
        runs.computeIfPresent(chamber, (c, n) -> n > 1 ? n - 1 : null);
    }

    boolean isAtWork(ChamberId chamber) {
        return runs.containsKey(chamber);
    }

    boolean isIdle() {
        return runs.isEmpty();
    }

    Set<ChamberId> chambers() {
        return runs.keySet();
    }
}
