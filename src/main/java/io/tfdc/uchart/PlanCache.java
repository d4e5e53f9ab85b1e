package io.tfdc.uchart;

import io.tfdc.strategy.RunPlan;
import io.tfdc.strategy.RunStrategies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans by what they depend on: the matching strategies and the SVIDs and steps of the run. Runs of one recipe share a plan.
 * Holds the 256 plans used last. Safe for several threads; two that miss the same plan at once may both make it.
 */
public final class PlanCache {
    private static final int CAPACITY = 256;

    private final Map<Key, Planned> plans = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Planned> eldest) {
            return size() > CAPACITY;
        }
    };

    private record Key(RunStrategies strategies, List<String> svids, List<Integer> steps) {}

    /** A strategy's plan and how its values are computed. */
    record Planned(RunPlan plan, ValuePlan values) {}

    Planned plan(RunStrategies strategies, List<String> svids, List<Integer> steps) {
        Key key = new Key(strategies, svids, steps);
        synchronized (plans) {
            Planned known = plans.get(key);
            if (known != null) {
                return known;
            }
        }
        RunPlan plan = strategies.plan(svids, steps);
        Planned planned = new Planned(plan, ValuePlan.of(plan.layout()));
        synchronized (plans) {
            plans.put(key, planned);
        }
        return planned;
    }
}
