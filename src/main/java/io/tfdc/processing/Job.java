package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.CompletionNotification;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from its delivery to its settlement. A redelivery that meets it joins it, so both are settled as one. Owned by the
 * {@link Intake} and its context.
 */
final class Job {
    final List<WorkMessage> deliveries = new ArrayList<>();
    final CompletionNotification notification;
    final Span trace;
    final long receivedNanos;
    /** Deliveries that ended in an outage: not this run's fault. */
    int excused;
    /** Runs that had succeeded when this one first met an outage, -1 if it hasn't. */
    long succeededBefore = -1;

    @Nullable
    Attempt attempt;

    /** Whether it is the head of its lane and waits for leave to begin, or has begun. */
    boolean started;

    /** Whether its chamber's work has begun and not ended. */
    boolean begun;

    /** Whether its messages were let go of. */
    boolean left;

    private Span waiting;

    Job(WorkMessage message, CompletionNotification notification, Span trace, long receivedNanos) {
        this.deliveries.add(message);
        this.notification = notification;
        this.trace = trace;
        this.receivedNanos = receivedNanos;
        this.waiting = trace.child(Step.WAIT);
    }

    WorkMessage message() {
        return deliveries.get(deliveries.size() - 1);
    }

    /** Whether somebody, perhaps this process, may have worked on it already. */
    boolean deliveredBefore() {
        return attempt != null || message().deliveries() > 1;
    }

    int tries() {
        return message().deliveries() - excused;
    }

    /** Its turn has come. */
    void waited() {
        waiting.end();
    }

    /** Its turn is to come once more. */
    void waits() {
        waiting = trace.child(Step.WAIT);
    }

    /** It leaves this process. */
    void ends() {
        waiting.end();
        trace.end();
    }
}
