package io.tfdc.processing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The meters of the pipeline, under the names that dashboards and roll-out gates expect. */
final class ProcessingMetrics {
    private final Counter received;
    private final Counter processed;
    private final Counter repeated;
    private final Counter unmatched;
    private final Counter deadLettered;
    private final Counter alarms;
    private final Counter retried;
    private final Counter fenced;
    private final Counter held;
    private final Counter ackFailures;
    private final Timer processTime;
    private final Timer calculation;

    ProcessingMetrics(MeterRegistry registry) {
        received = Counter.builder("defender.messages.received")
                .description("Notifications delivered, redeliveries included")
                .register(registry);
        processed = processed(registry, "success");
        repeated = processed(registry, "repeated");
        unmatched = processed(registry, "unmatched");
        retried = failed(registry, "retryable");
        deadLettered = failed(registry, "dead_letter");
        fenced = failed(registry, "fenced");
        held = failed(registry, "overloaded");
        ackFailures = failed(registry, "acknowledgement");
        alarms = Counter.builder("defender.alarms.published")
                .description("Alarms published, repetitions included")
                .register(registry);
        processTime = Timer.builder("defender.process.time")
                .description("Receipt of a notification to its confirmed acknowledgement")
                .serviceLevelObjectives(
                        millis(5, 10, 25, 50, 100, 150, 250, 500, 1000, 2000, 3000, 5000, 8000, 10_000, 15_000, 30_000))
                .register(registry);
        calculation = Timer.builder("defender.uchart.calculation.duration")
                .description("Decoding, indicators, limits and rules of one run")
                .serviceLevelObjectives(millis(1, 2, 3, 5, 10, 20, 50, 100, 250, 500, 1000, 3000))
                .register(registry);
    }

    /** Shows the load of the moment. */
    void watch(MeterRegistry registry, Supplier<ProcessingStats> stats) {
        Gauge.builder("defender.inflight.messages", () -> stats.get().inFlight())
                .description("Notifications delivered and not settled")
                .register(registry);
        Gauge.builder("defender.tchart.held.bytes", () -> stats.get().heldBytes())
                .description("T-chart bytes in memory")
                .register(registry);
        Gauge.builder("defender.processing.paused", () -> stats.get().paused().isEmpty() ? 0 : 1)
                .description("1 while store or broker can't serve and nothing is started")
                .register(registry);
        lookups(registry, "hit", () -> stats.get().cacheHits());
        lookups(registry, "miss", () -> stats.get().cacheMisses());
        Gauge.builder("defender.cache.hit.rate", () -> stats.get().cacheHitRate())
                .description("Share of histories found in the cache since the start")
                .register(registry);
    }

    private static void lookups(MeterRegistry registry, String result, Supplier<Long> count) {
        FunctionCounter.builder("defender.cache.lookups", count, found -> found.get())
                .description("Histories looked up in the cache, by result")
                .tag("result", result)
                .register(registry);
    }

    void received() {
        received.increment();
    }

    void completed(RunCompleted run) {
        switch (run.outcome()) {
            case PROCESSED -> processed.increment();
            case REPEATED -> repeated.increment();
            case UNMATCHED -> unmatched.increment();
        }
        processTime.record(run.latency());
        if (run.outcome() == RunCompleted.Outcome.PROCESSED) {
            calculation.record(run.calculation());
        }
    }

    void failed(RunFailed.Action action) {
        switch (action) {
            case RETRIED, RETURNED -> retried.increment();
            case DEAD_LETTERED -> deadLettered.increment();
            case LEFT -> fenced.increment();
            case HELD -> held.increment();
        }
    }

    void acknowledgementFailed() {
        ackFailures.increment();
    }

    void alarms(int published) {
        alarms.increment(published);
    }

    ProcessingStats stats(
            int inFlight, long oldestMillis, long heldBytes, long cacheHits, long cacheMisses, String paused) {
        return new ProcessingStats(
                (long) received.count(),
                (long) (processed.count() + repeated.count() + unmatched.count()),
                (long) (retried.count() + deadLettered.count() + fenced.count() + held.count()),
                (long) deadLettered.count(),
                (long) alarms.count(),
                inFlight,
                oldestMillis,
                heldBytes,
                cacheHits,
                cacheMisses,
                paused);
    }

    private static Counter processed(MeterRegistry registry, String status) {
        return Counter.builder("defender.messages.processed")
                .description("Notifications acknowledged")
                .tag("status", status)
                .register(registry);
    }

    private static Counter failed(MeterRegistry registry, String reason) {
        return Counter.builder("defender.messages.failed")
                .description("Attempts that failed")
                .tag("reason", reason)
                .register(registry);
    }

    static Duration[] millis(long... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(bounds[i]));
        }
        return durations;
    }
}
