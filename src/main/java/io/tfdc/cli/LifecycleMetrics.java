package io.tfdc.cli;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Meters of the start and the end of a process. The management port closes last, so that whoever scrapes meanwhile sees how far the end has
 * come; the log has the same times. Safe for use from any thread.
 */
final class LifecycleMetrics {
    /** The steps of an end in their order; the first three are those of a member of the cluster. */
    static final List<String> STEPS = List.of("resign", "drain", "release_id", "processing", "store", "broker");

    private final LongSupplier nanos;
    private final Counter failures;
    private final Counter ends;
    private final Map<String, Timer> steps = new LinkedHashMap<>();
    private final Map<String, Long> millis = new LinkedHashMap<>();
    private volatile int inFlight;
    private long since;

    /** @param nanos monotonic time */
    LifecycleMetrics(MeterRegistry registry, LongSupplier nanos) {
        this.nanos = nanos;
        failures = Counter.builder("defender.initialization.failures")
                .description("Attempts of the start that failed: connecting, opening, joining")
                .register(registry);
        ends = Counter.builder("defender.shutdowns")
                .description("1 from the signal to end on")
                .register(registry);
        Gauge.builder("defender.inflight.messages.at.shutdown", () -> inFlight)
                .description("Notifications in work when the end began")
                .register(registry);
        for (String step : STEPS) {
            steps.put(
                    step,
                    Timer.builder("defender.shutdown.duration")
                            .description("Time that a step of the end took")
                            .tag("step", step)
                            .register(registry));
        }
    }

    void initializationFailed() {
        failures.increment();
    }

    /** The end begins. */
    synchronized void ends(int messagesInFlight) {
        ends.increment();
        inFlight = messagesInFlight;
        since = nanos.getAsLong();
    }

    /** A step of the end is over; the next one begins. */
    synchronized void ended(String step) {
        long now = nanos.getAsLong();
        Duration took = Duration.ofNanos(now - since);
        since = now;
        millis.put(step, took.toMillis());
        Timer timer = steps.get(step);
        if (timer != null) {
            timer.record(took);
        }
    }

    /** What the steps took so far. */
    synchronized Map<String, Long> millis() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(millis));
    }
}
