package io.tfdc.processing;

import io.micrometer.core.instrument.Counter;
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
    private final Counter cacheHits;
    private final Counter cacheMisses;
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
        cacheHits = cache(registry, "hit");
        cacheMisses = cache(registry, "miss");
        Gauge.builder("defender.cache.hit.rate", this, ProcessingMetrics::cacheHitRate)
                .description("Share of histories found in the cache since the start")
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

    /** Shows values that others hold. */
    void watch(MeterRegistry registry, Supplier<Number> inFlight, Supplier<Number> heldBytes, Supplier<Number> paused) {
        Gauge.builder("defender.inflight.messages", inFlight)
                .description("Notifications delivered and not settled")
                .register(registry);
        Gauge.builder("defender.tchart.held.bytes", heldBytes)
                .description("T-chart bytes in memory")
                .register(registry);
        Gauge.builder("defender.processing.paused", paused)
                .description("1 while store or broker can't serve and nothing is started")
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

    void history(boolean cached) {
        (cached ? cacheHits : cacheMisses).increment();
    }

    ProcessingStats stats(int inFlight, long heldBytes, String paused) {
        return new ProcessingStats(
                (long) received.count(),
                (long) (processed.count() + repeated.count() + unmatched.count()),
                (long) (retried.count() + deadLettered.count() + fenced.count() + held.count()),
                (long) deadLettered.count(),
                (long) alarms.count(),
                inFlight,
                heldBytes,
                (long) cacheHits.count(),
                (long) cacheMisses.count(),
                paused);
    }

    private double cacheHitRate() {
        double lookups = cacheHits.count() + cacheMisses.count();
        return lookups == 0 ? 0 : cacheHits.count() / lookups;
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

    private static Counter cache(MeterRegistry registry, String result) {
        return Counter.builder("defender.cache.lookups")
                .description("Look-ups of a chart group's history")
                .tag("result", result)
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
