package io.tfdc.messaging.embedded;

import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A stream of the embedded broker: state plus the consumers that pull from it now. */
final class EmbeddedStream implements MessageStream {
    private final EmbeddedBroker broker;
    private final StreamState state;
    private final List<EmbeddedConsumer> pulling = new ArrayList<>();

    EmbeddedStream(EmbeddedBroker broker, StreamState state) {
        this.broker = broker;
        this.state = state;
    }

    @Override
    public Future<PublishAck> publish(String subject, byte[] payload, String messageId, Map<String, String> headers) {
        return broker.attempt(() -> {
            PublishAck ack = state.publish(subject, payload, messageId, headers, broker.now());
            pump();
            return ack;
        });
    }

    @Override
    public Future<WorkConsumer> createConsumer(ConsumerConfig config) {
        return broker.attempt(() -> new EmbeddedConsumer(broker, this, state.create(config)));
    }

    @Override
    public Future<Void> shrinkConsumer(String name, List<String> remainingFilters) {
        return broker.attempt(() -> {
            state.shrink(name, remainingFilters);
            return null;
        });
    }

    @Override
    public Future<Void> deleteConsumer(String name) {
        return broker.attempt(() -> {
            ConsumerState gone = state.consumer(name);
            state.delete(name);
            List.copyOf(pulling).stream().filter(c -> c.state() == gone).forEach(EmbeddedConsumer::lose);
            pump();
            return null;
        });
    }

    @Override
    public Future<List<ConsumerInfo>> consumers() {
        return broker.attempt(state::describe);
    }

    @Override
    public Future<List<StoredMessage>> read(long fromSequence, int max) {
        return broker.attempt(() -> state.read(fromSequence, max, broker.now()));
    }

    @Override
    public Future<Void> delete(long sequence) {
        return broker.attempt(() -> {
            state.deleteMessage(sequence);
            return null;
        });
    }

    @Override
    public Future<Long> size() {
        return broker.attempt(() -> state.size(broker.now()));
    }

    StreamState state() {
        return state;
    }

    void startPulling(EmbeddedConsumer consumer) {
        pulling.add(consumer);
        pump();
    }

    void stopPulling(EmbeddedConsumer consumer) {
        pulling.remove(consumer);
    }

    /** Delivers what may be delivered. Called with the broker's lock held. */
    void pump() {
        for (EmbeddedConsumer consumer : List.copyOf(pulling)) {
            consumer.pump();
        }
    }
}
