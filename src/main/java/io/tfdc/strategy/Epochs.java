package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.RunContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds when the epoch of a run's charts began. */
final class Epochs {
    /** The beginning of an epoch that no event started. */
    static final long NEVER = Long.MIN_VALUE;

    private Epochs() {}

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }

    /**
     * The latest of: what the state remembers, the newest epoch event before the run ended, the end of the last run of another
     * recipe version.
     */
    static long start(
            RunContext run, String group, Rows rows, List<ChamberEvent> events, Set<String> types, long known) {
        long start = known;
        for (ChamberEvent event : events) {
            boolean concerns = event.subject().isEmpty() || event.subject().equals(group);
            if (concerns && types.contains(event.type()) && event.at().isBefore(run.end())) {
                start = Math.max(start, micros(event.at()));
            }
        }
        if (types.contains(ChartParser.RECIPE_VERSION_CHANGE)) {
            String version = run.attribute(RunContext.RECIPE_VERSION);
            RunContext[] runs = rows.runs();
            for (int row = runs.length - 2; row >= 0; row--) {
                if (!runs[row].attribute(RunContext.RECIPE_VERSION).equals(version)) {
                    start = Math.max(start, micros(runs[row].end()));
                    break;
                }
            }
        }
        return start;
    }

    /** Whether re-learning was asked for after a time. */
    static boolean relearnSince(RunContext run, String group, List<ChamberEvent> events, Instant since) {
        return events.stream()
                .filter(event -> event.type().equals(ChamberEvent.RELEARN))
                .filter(event -> event.subject().isEmpty() || event.subject().equals(group))
                .anyMatch(event -> event.at().isBefore(run.end()) && !event.at().isBefore(since));
    }
}
