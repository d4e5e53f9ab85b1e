package io.tfdc.messaging.embedded;

import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/** A delivery. Settling it again, or after it was delivered anew, has no effect. */
final class EmbeddedMessage implements WorkMessage {
    private final EmbeddedBroker broker;
    private final EmbeddedStream stream;
    private final ConsumerState consumer;
    private final ConsumerState.Delivered delivered;
    private boolean settled;

    EmbeddedMessage(
            EmbeddedBroker broker, EmbeddedStream stream, ConsumerState consumer, ConsumerState.Delivered delivered) {
        this.broker = broker;
        this.stream = stream;
        this.consumer = consumer;
        this.delivered = delivered;
    }

    /** Whether the broker still waits for this delivery. Called with the broker's lock held. */
    boolean isInFlight() {
        return !settled && stream.state().has(consumer) && consumer.awaits(sequence(), deliveries(), broker.now());
    }

    @Override
    public String subject() {
        return delivered.message().subject();
    }

    @Override
    public byte[] payload() {
        return delivered.message().payload();
    }

    @Override
    public Map<String, String> headers() {
        return delivered.message().headers();
    }

    @Override
    public int deliveries() {
        return delivered.deliveries();
    }

    @Override
    public long sequence() {
        return delivered.message().sequence();
    }

    @Override
    public Future<Void> ack() {
        return settle(() -> stream.state().settle(consumer, sequence(), deliveries()));
    }

    @Override
    public Future<Void> nak(Duration delay) {
        return settle(
                () -> stream.state().postpone(consumer, sequence(), deliveries(), broker.now() + delay.toMillis()));
    }

    @Override
    public Future<Void> inProgress() {
        return broker.attempt(() -> {
            if (!settled) {
                long due = broker.now() + consumer.config().ackWait().toMillis();
                stream.state().postpone(consumer, sequence(), deliveries(), due);
            }
            return null;
        });
    }

    @Override
    public Future<Void> terminate(String reason) {
        return ack();
    }

    @Override
    public void leave() {
        settle(() -> {
            // stays with the broker as it is
        });
    }

    private Future<Void> settle(Runnable change) {
        return broker.attempt(() -> {
            if (!settled) {
                change.run();
                settled = true;
                stream.pump();
            }
            return null;
        });
    }
}
