package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.RunId;
import io.tfdc.processing.RunFailed.Action;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells meters, event bus and log what happened to a run. */
final class RunReports {
    private static final Logger LOG = LoggerFactory.getLogger(RunReports.class);

    private final EventBus bus;
    private final ProcessingMetrics metrics;

    RunReports(EventBus bus, ProcessingMetrics metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    void received() {
        metrics.received();
    }

    void completed(RunId run, RunOutcome outcome, int deliveries, long receivedNanos) {
        RunCompleted completed = new RunCompleted(
                run,
                outcome.outcome(),
                outcome.group(),
                outcome.end(),
                outcome.indicators(),
                outcome.events(),
                deliveries,
                Duration.ofNanos(System.nanoTime() - receivedNanos),
                outcome.calculation());
        metrics.completed(completed);
        bus.publish(RunCompleted.ADDRESS, completed);
        LOG.atDebug()
                .addKeyValue("run", run)
                .addKeyValue("outcome", completed.outcome())
                .addKeyValue("millis", completed.latency().toMillis())
                .log("run completed");
    }

    void failed(@Nullable RunId run, WorkMessage message, Failure failure, Action action) {
        metrics.failed(action);
        bus.publish(
                RunFailed.ADDRESS,
                new RunFailed(Optional.ofNullable(run), message.subject(), failure, action, message.deliveries()));
        LOG.atLevel(level(action))
                .addKeyValue("run", run == null ? "" : run)
                .addKeyValue("subject", message.subject())
                .addKeyValue("action", action)
                .addKeyValue("deliveries", message.deliveries())
                .log("run failed: {}", failure.reason());
    }

    void acknowledgementFailed(WorkMessage message, Throwable error) {
        metrics.acknowledgementFailed();
        LOG.atInfo()
                .addKeyValue("subject", message.subject())
                .addKeyValue("sequence", message.sequence())
                .log("acknowledgement not confirmed, the run will come again: {}", error.getMessage());
    }

    private static Level level(Action action) {
        return switch (action) {
            case DEAD_LETTERED -> Level.WARN;
            case HELD -> Level.DEBUG;
            case RETRIED, LEFT, RETURNED -> Level.INFO;
        };
    }
}
