package io.tfdc.messaging;

import io.vertx.core.Future;
import io.vertx.core.Handler;

/** The pulling end of a durable consumer. */
public interface WorkConsumer {
    String name();

    /**
     * Starts to pull; the handler runs on the calling context. Never more messages than the bound lets through are delivered and not yet
     * settled (acknowledged, negatively acknowledged, terminated or left).
     */
    Future<Void> start(InFlightBound bound, Handler<WorkMessage> handler);

    /** {@link #start(InFlightBound, Handler)} with a bound of its own, at least 1. */
    default Future<Void> start(int maxInFlight, Handler<WorkMessage> handler) {
        return maxInFlight < 1
                ? Future.failedFuture(new BrokerException(
                        BrokerException.Reason.REFUSED, "max in flight: expected at least 1, found " + maxInFlight))
                : start(InFlightBound.of(maxInFlight), handler);
    }

    /** Stops pulling; messages in flight can still be settled. The durable stays at the broker. */
    Future<Void> stop();

    /**
     * Called when the consumer is gone: deleted from outside, or deleted by itself because deliveries to it were lost with a connection, so that
     * they are delivered at once and in their order to whoever opens it again.
     */
    void onLost(Handler<Void> handler);
}
