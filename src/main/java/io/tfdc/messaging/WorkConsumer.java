package io.tfdc.messaging;

import io.vertx.core.Future;
import io.vertx.core.Handler;

/** The pulling end of a durable consumer. */
public interface WorkConsumer {
    String name();

    /**
     * Starts to pull; the handler runs on the calling context. Never more than {@code maxInFlight} messages of this consumer
     * are delivered and not yet settled (acknowledged, negatively acknowledged or terminated).
     */
    Future<Void> start(int maxInFlight, Handler<WorkMessage> handler);

    /** Stops pulling; messages in flight can still be settled. The durable stays at the broker. */
    Future<Void> stop();

    /** Called when the broker reports that the consumer is gone (deleted from outside). */
    void onLost(Handler<Void> handler);
}
