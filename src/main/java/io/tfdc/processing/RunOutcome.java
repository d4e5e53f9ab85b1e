package io.tfdc.processing;

import io.tfdc.model.DefenseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the pipeline did with a run; the message may be acknowledged. */
record RunOutcome(
        RunCompleted.Outcome outcome,
        String group,
        Instant end,
        int indicators,
        List<DefenseEvent> events,
        Duration calculation) {
    RunOutcome {
        events = List.copyOf(events);
    }
}
