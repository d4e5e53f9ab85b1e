package io.tfdc.messaging;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A message broker. Every future completes on the Vert.x context of the caller, every handler runs on the context that
 * registered it; no call blocks. Operations fail with {@link BrokerException}.
 */
public interface MessageBroker {

    /** Creates the stream or, if it exists, brings it to the given configuration where the broker allows that. */
    Future<MessageStream> stream(StreamConfig config);

    /** Creates the bucket or opens it if it exists. */
    Future<KeyValueBucket> bucket(BucketConfig config);

    /** Sends to whoever listens now; at most once. */
    Future<Void> publish(String subject, byte[] payload);

    /**
     * Sends and awaits the first answer.
     *
     * @return fails with {@link BrokerException.Reason#NO_RESPONDERS} or {@link BrokerException.Reason#TIMEOUT}
     */
    Future<byte[]> request(String subject, byte[] payload, Duration timeout);

    /** Listens to a subject ({@code *} one token, {@code >} the rest). The future yields the way to stop. */
    Future<Subscription> subscribe(String subject, Handler<Delivery> handler);

    /** Whether the broker can be reached now. */
    BrokerStatus status();

    /** Registers a listener of changes of {@link #status()}, called on the broker's own threads. */
    void onStatus(Consumer<BrokerStatus> listener);

    /** Stops all consumers of this connection and closes it. */
    Future<Void> close();

    /** Reachability of the broker. */
    enum BrokerStatus {
        CONNECTED,
        DISCONNECTED,
        CLOSED
    }

    /** A subscription that can be ended. */
    interface Subscription {
        Future<Void> cancel();
    }

    /** A plain message; {@code reply} answers a request and does nothing for a publish. */
    interface Delivery {
        String subject();

        byte[] payload();

        Future<Void> reply(byte[] payload);
    }
}
