package io.tfdc.processing;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.NotificationException;
import io.tfdc.model.RunId;
import io.tfdc.storage.StoreException;
import io.tfdc.uchart.TraceException;
import java.time.Duration;
import java.util.List;

/** The one place that says which failure is of which kind and how long a retry waits. */
final class FailureRules {
    /** Tries of a run whose T-chart is not there: the collector writes it before it notifies, so it is either late or lost. */
    static final int TCHART_TRIES = 3;

    private final List<Duration> delays;

    /** @param delays waits before the second, third, ... delivery; one try more than there are delays */
    FailureRules(List<Duration> delays) {
        if (delays.isEmpty()) {
            throw new IllegalArgumentException("retry delays: expected at least one");
        }
        this.delays = List.copyOf(delays);
    }

    int maxTries() {
        return delays.size() + 1;
    }

    /** How long the next delivery waits after the given number of tries. */
    Duration delayAfter(int tries) {
        return delays.get(Math.min(Math.max(tries, 1), delays.size()) - 1);
    }

    static Failure tChartMissing(RunId run) {
        return new Failure.Retryable("T-chart " + run + " is not stored", "TChartMissing", TCHART_TRIES);
    }

    static Failure unreadable(IllegalArgumentException error) {
        String field = error instanceof NotificationException notification ? notification.field() : "";
        return new Failure.Poison(
                message(error), "BadNotification", field.isEmpty() ? "notification" : "notification." + field, -1);
    }

    Failure of(Throwable error) {
        String name = error.getClass().getSimpleName();
        String reason = message(error);
        if (error instanceof Failure.Signal signal) {
            return signal.failure();
        }
        if (error instanceof TraceException trace) {
            return new Failure.Poison(reason, name, trace.section(), trace.offset());
        }
        if (error instanceof StoreException store) {
            return store.retryable() ? new Failure.Overloaded(reason, name) : new Failure.Poison(reason, name, "", -1);
        }
        if (error instanceof BrokerException broker) {
            return switch (broker.reason()) {
                case UNAVAILABLE, TIMEOUT, NO_RESPONDERS, NOT_FOUND -> new Failure.Overloaded(reason, name);
                case TOO_LARGE, REFUSED, FILTER_OVERLAP, WRONG_REVISION ->
                    new Failure.Retryable(reason, name, maxTries());
            };
        }
        return new Failure.Retryable(reason, name, maxTries());
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isEmpty() ? error.getClass().getSimpleName() : message;
    }
}
