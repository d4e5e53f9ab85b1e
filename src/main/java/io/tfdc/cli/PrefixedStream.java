package io.tfdc.cli;

import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Publishes under other subjects, so that a measurement's results don't mix with the site's. */
record PrefixedStream(MessageStream stream, String prefix) implements MessageStream {
    @Override
    public Future<PublishAck> publish(String subject, byte[] payload, String messageId, Map<String, String> headers) {
        return stream.publish(prefix + subject, payload, messageId, headers);
    }

    @Override
    public Future<WorkConsumer> createConsumer(ConsumerConfig config) {
        return stream.createConsumer(config);
    }

    @Override
    public Future<Void> shrinkConsumer(String name, List<String> remainingFilters) {
        return stream.shrinkConsumer(name, remainingFilters);
    }

    @Override
    public Future<Void> deleteConsumer(String name) {
        return stream.deleteConsumer(name);
    }

    @Override
    public Future<List<ConsumerInfo>> consumers() {
        return stream.consumers();
    }

    @Override
    public Future<List<StoredMessage>> read(long fromSequence, int max) {
        return stream.read(fromSequence, max);
    }

    @Override
    public Future<Void> delete(long sequence) {
        return stream.delete(sequence);
    }

    @Override
    public Future<SortedMap<String, Long>> subjects(String filter, int max) {
        return stream.subjects(filter, max);
    }

    @Override
    public Future<Long> size() {
        return stream.size();
    }
}
