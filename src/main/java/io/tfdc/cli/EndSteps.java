package io.tfdc.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes parts of a process one after the other, each within its time, whatever the one before did. */
final class EndSteps {
    private static final Logger LOG = LoggerFactory.getLogger(EndSteps.class);

    private final LifecycleMetrics metrics;

    EndSteps(LifecycleMetrics metrics) {
        this.metrics = metrics;
    }

    /** Waits as {@link #await} does; the step is measured. */
    void step(String step, Duration budget, @Nullable Future<?> closed) {
        await(step, budget, closed);
        metrics.ended(step);
    }

    /** Waits until something has closed, but no longer than its budget; null is closed already. */
    void await(String what, Duration budget, @Nullable Future<?> closed) {
        if (closed == null) {
            return;
        }
        try {
            closed.toCompletionStage().toCompletableFuture().get(budget.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atWarn().addKeyValue("millis", budget.toMillis()).log("{} did not close in time", what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.atWarn().log("{} closed with a failure: {}", what, e.getMessage());
        }
    }
}
