package io.tfdc.strategy;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import java.util.List;

/**
 * What became of a run.
 *
 * @param uChart its values and the rule state after it
 * @param events what the strategies found, in the order of strategies and rules
 * @param newLimits limit sets that this run is the first to be judged by; store them before the U-chart
 * @param learning whether a strategy has no frozen limits yet though it learns some
 */
public record Evaluation(UChart uChart, List<DefenseEvent> events, List<LimitSet> newLimits, boolean learning) {
    public Evaluation {
        events = List.copyOf(events);
        newLimits = List.copyOf(newLimits);
    }
}
