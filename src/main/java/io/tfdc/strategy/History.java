package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import java.util.List;
import java.util.Map;

/**
 * What a run is judged against. Nothing in it is younger than the run, so that judging the run again later gives the same
 * result.
 *
 * @param previous U-charts of the run's chamber and group that ended before it, oldest first; at least the newest
 *     {@link RunStrategies#historyLength()} of them
 * @param limits per strategy id the newest limit set valid at the end of the run, if any
 * @param events what happened to the chamber before the run ended, in any order
 * @param late whether a later run of the group has been judged already
 */
public record History(List<UChart> previous, Map<String, LimitSet> limits, List<ChamberEvent> events, boolean late) {
    public static final History EMPTY = new History(List.of(), Map.of(), List.of(), false);

    public History {
        previous = List.copyOf(previous);
        limits = Map.copyOf(limits);
        events = List.copyOf(events);
    }

    /** The history of a run that comes in order. */
    public History(List<UChart> previous, Map<String, LimitSet> limits, List<ChamberEvent> events) {
        this(previous, limits, events, false);
    }
}
