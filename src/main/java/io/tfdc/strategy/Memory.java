package io.tfdc.strategy;

import io.tfdc.spc.CusumState;
import io.tfdc.spc.EwmaState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The memory of sequential charts during one evaluation: as the previous run left it, and as this run leaves it. */
final class Memory {
    private final StrategyState before;
    private final boolean restarted;
    private final Set<Integer> acknowledged;
    private final Map<Integer, Map<Integer, EwmaState>> ewma = new LinkedHashMap<>();
    private final Map<Integer, Map<Integer, CusumState>> cusum = new LinkedHashMap<>();

    /**
     * @param before in this run's layout
     * @param restarted whether epoch or limits changed, so that everything starts anew
     * @param acknowledged hashes of the rules acknowledged since the previous run: theirs starts anew, too
     */
    Memory(StrategyState before, boolean restarted, Set<Integer> acknowledged) {
        this.before = before;
        this.restarted = restarted;
        this.acknowledged = Set.copyOf(acknowledged);
    }

    @Nullable
    EwmaState ewmaBefore(int rule, int node, int chart) {
        return isRestarted(rule)
                ? null
                : before.ewma().getOrDefault(node, Map.of()).get(chart);
    }

    @Nullable
    CusumState cusumBefore(int rule, int node, int chart) {
        return isRestarted(rule)
                ? null
                : before.cusum().getOrDefault(node, Map.of()).get(chart);
    }

    void put(int node, int chart, EwmaState state) {
        ewma.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(chart, state);
    }

    void put(int node, int chart, CusumState state) {
        cusum.computeIfAbsent(node, n -> new LinkedHashMap<>()).put(chart, state);
    }

    Map<Integer, Map<Integer, EwmaState>> ewma() {
        return ewma;
    }

    Map<Integer, Map<Integer, CusumState>> cusum() {
        return cusum;
    }

    @Nullable
    EwmaState ewmaNow(int node, int chart) {
        return ewma.getOrDefault(node, Map.of()).get(chart);
    }

    @Nullable
    CusumState cusumNow(int node, int chart) {
        return cusum.getOrDefault(node, Map.of()).get(chart);
    }

    private boolean isRestarted(int rule) {
        return restarted || acknowledged.contains(rule);
    }
}
