package io.tfdc.processing;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run is judged against.
 *
 * @param runs U-charts of its group that ended before it, oldest first
 * @param limits per strategy id the limits valid for it
 * @param events what happened to the chamber before its end, oldest first
 * @param self the run's own U-chart, if it has been processed already
 * @param late whether a later run of the group has been processed already
 */
record GroupPast(
        List<UChart> runs,
        Map<String, LimitSet> limits,
        List<ChamberEvent> events,
        Optional<UChart> self,
        boolean late) {
    static final GroupPast NONE = new GroupPast(List.of(), Map.of(), List.of(), Optional.empty(), false);

    GroupPast {
        runs = List.copyOf(runs);
        limits = Map.copyOf(limits);
        events = List.copyOf(events);
    }
}
