package io.tfdc.messaging.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusException;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What failures of the client and error codes of the server mean to callers. */
final class NatsErrors {
    static final int CONSUMER_FILTERS_OVERLAP = 10100;
    static final int WRONG_LAST_SEQUENCE = 10071;
    static final int STREAM_NAME_EXISTS = 10058;
    static final int STREAM_NOT_FOUND = 10059;
    static final int REPLICAS_NOT_SUPPORTED = 10074;

    private NatsErrors() {}

    /** The failure as a {@link BrokerException} that names the operation. */
    static BrokerException of(String operation, Throwable failure) {
        if (failure instanceof BrokerException known) {
            return known;
        }
        if ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            return of(operation, failure.getCause());
        }
        return new BrokerException(reason(failure), operation + ": " + text(failure) + advice(failure), failure);
    }

    static Reason reason(Throwable failure) {
        if (failure instanceof JetStreamApiException api) {
            return reason(api);
        }
        if (failure instanceof JetStreamStatusException) {
            return Reason.NO_RESPONDERS;
        }
        if (failure instanceof TimeoutException || failure instanceof CancellationException) {
            return Reason.TIMEOUT;
        }
        if (failure instanceof AuthenticationException) {
            return Reason.REFUSED;
        }
        if (failure instanceof IOException) {
            return text(failure).contains("Timeout") ? Reason.TIMEOUT : Reason.UNAVAILABLE;
        }
        if (failure instanceof IllegalArgumentException) {
            return Reason.REFUSED;
        }
        return Reason.UNAVAILABLE;
    }

    private static Reason reason(JetStreamApiException api) {
        return switch (api.getApiErrorCode()) {
            case CONSUMER_FILTERS_OVERLAP, 10099 -> Reason.FILTER_OVERLAP;
            case WRONG_LAST_SEQUENCE, 10164 -> Reason.WRONG_REVISION;
            case 10054, 10097 -> Reason.TOO_LARGE;
            case 10014, 10037, 10043, STREAM_NOT_FOUND -> Reason.NOT_FOUND;
            default -> byCode(api);
        };
    }

    private static Reason byCode(JetStreamApiException api) {
        String text = text(api).toLowerCase(Locale.ROOT);
        return switch (api.getErrorCode()) {
            case 404 -> Reason.NOT_FOUND;
            case 408 -> Reason.TIMEOUT;
            case 503 -> Reason.UNAVAILABLE;
            default ->
                text.contains("no message found") || text.contains("not found") || text.contains("store eof")
                        ? Reason.NOT_FOUND
                        : Reason.REFUSED;
        };
    }

    private static String advice(Throwable failure) {
        return failure instanceof JetStreamApiException api && api.getApiErrorCode() == REPLICAS_NOT_SUPPORTED
                ? "; this server stands alone, set nats.replicas to 1"
                : "";
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
