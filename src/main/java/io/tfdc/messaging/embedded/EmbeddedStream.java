package io.tfdc.messaging.embedded;

import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.SubjectFilter;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

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
            EmbeddedBroker.requireSize(subject, payload);
            PublishAck ack = state.publish(subject, payload, messageId, headers, broker.now());
            broker.deliver(subject, payload);
            pump();
            return ack;
        });
    }

    /** Stores a plain message if the stream stores its subject; its sender is not told if there is no room. */
    void storePlain(String subject, byte[] payload) {
        if (state.stores(subject) && state.hasRoomFor(payload.length, broker.now())) {
            state.publish(subject, payload, "", Map.of(), broker.now());
            pump();
        }
    }

    @Override
    public Future<WorkConsumer> createConsumer(ConsumerConfig config) {
        return broker.attempt(() -> {
            ConsumerState created = state.create(config);
            created.touch(broker.now());
            return new EmbeddedConsumer(broker, this, created);
        });
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
            remove(state.consumer(name));
            pump();
            return null;
        });
    }

    private void remove(ConsumerState gone) {
        state.delete(gone.config().name());
        List.copyOf(pulling).stream().filter(c -> c.state() == gone).forEach(EmbeddedConsumer::lose);
    }

    /** Lets due messages come again and consumers that nobody pulls from vanish. Called with the broker's lock held. */
    void tick() {
        long now = broker.now();
        pulling.forEach(consumer -> consumer.state().touch(now));
        state.inactive(now).forEach(this::remove);
        pump();
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
    public Future<SortedMap<String, Long>> subjects(String filter, int max) {
        return broker.attempt(() -> state.subjects(new SubjectFilter(filter), max, broker.now()));
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

    /** Delivers what may be delivered, in turns. Called with the broker's lock held. */
    void pump() {
        pulling.forEach(EmbeddedConsumer::count);
        boolean more = true;
        while (more) {
            more = false;
            for (EmbeddedConsumer consumer : List.copyOf(pulling)) {
                more |= consumer.pump();
            }
        }
    }
}
