package io.tfdc.processing;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A run has been processed and acknowledged.
 *
 * @param run the run
 * @param outcome what was done
 * @param group chart group, empty where no strategy matches
 * @param end end of the run
 * @param indicators number of values in the U-chart
 * @param events defense events of the run, whatever their mode
 * @param deliveries how often the notification had been delivered
 * @param latency from receipt of the notification to its confirmed acknowledgement
 * @param calculation share of it that the worker spent
 */
public record RunCompleted(
        RunId run,
        Outcome outcome,
        String group,
        Instant end,
        int indicators,
        List<DefenseEvent> events,
        int deliveries,
        Duration latency,
        Duration calculation) {
    /** Published once per acknowledged run; per chamber in the order of processing. */
    public static final String ADDRESS = "processing.run.completed";

    /** What was done with a run. */
    public enum Outcome {
        /** Charts and events were stored. */
        PROCESSED,
        /** It had been processed before; its alarms were published again, under the same ids. */
        REPEATED,
        /** No strategy matches the run: nothing to do. */
        UNMATCHED
    }

    public RunCompleted {
        events = List.copyOf(events);
    }
}
