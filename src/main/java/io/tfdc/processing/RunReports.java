package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.RunId;
import io.tfdc.processing.RunFailed.Action;
import io.tfdc.tracing.Detail;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import io.tfdc.tracing.Tracing;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells meters, event bus, log and trace what happened to a run. */
final class RunReports {
    private static final Logger LOG = LoggerFactory.getLogger(RunReports.class);

    private final EventBus bus;
    private final ProcessingMetrics metrics;
    private final Tracing tracing;

    RunReports(EventBus bus, ProcessingMetrics metrics, Tracing tracing) {
        this.bus = bus;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    void received() {
        metrics.received();
    }

    /** The trace of a run from here on. */
    Span traced(RunId run, WorkMessage message) {
        return tracing.resume(Step.PROCESS, run, message.headers()).with(Detail.DELIVERIES, message.deliveries());
    }

    void completed(Job job, RunOutcome outcome) {
        RunId run = job.notification.run();
        RunCompleted completed = new RunCompleted(
                run,
                outcome.outcome(),
                outcome.group(),
                outcome.end(),
                outcome.indicators(),
                outcome.events(),
                job.message().deliveries(),
                Duration.ofNanos(System.nanoTime() - job.receivedNanos),
                outcome.calculation());
        job.trace
                .with(Detail.OUTCOME, outcome.outcome().name().toLowerCase(Locale.ROOT))
                .with(Detail.INDICATORS, outcome.indicators())
                .with(Detail.EVENTS, outcome.events().size());
        metrics.completed(completed);
        bus.publish(RunCompleted.ADDRESS, completed);
        LOG.atDebug()
                .addKeyValue("run", run)
                .addKeyValue("outcome", completed.outcome())
                .addKeyValue("millis", completed.latency().toMillis())
                .log("run completed");
    }

    void failed(Job job, Failure failure, Action action) {
        job.trace.with(Detail.OUTCOME, action.name().toLowerCase(Locale.ROOT));
        job.trace.fail(failure.getClass().getSimpleName(), failure.reason());
        failed(job.notification.run(), job.message(), failure, action);
    }

    /** A message that says of no run that it is its. */
    void refused(WorkMessage message, Failure failure, Action action) {
        failed(null, message, failure, action);
    }

    private void failed(@Nullable RunId run, WorkMessage message, Failure failure, Action action) {
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
