package io.tfdc.processing;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A stream that keeps what is published, drops known message ids, and fails when told to. */
final class FakeStream implements MessageStream {
    final List<StoredMessage> stored = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private long sequence;
    RuntimeException failure;

    @Override
    public Future<PublishAck> publish(String subject, byte[] payload, String messageId, Map<String, String> headers) {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (!messageId.isEmpty() && !ids.add(messageId)) {
            return Future.succeededFuture(new PublishAck(sequence, true));
        }
        stored.add(new StoredMessage(++sequence, subject, payload, headers));
        return Future.succeededFuture(new PublishAck(sequence, false));
    }

    @Override
    public Future<WorkConsumer> createConsumer(ConsumerConfig config) {
        return Future.failedFuture(new BrokerException(BrokerException.Reason.REFUSED, "no consumers here"));
    }

    @Override
    public Future<Void> shrinkConsumer(String name, List<String> remainingFilters) {
        return Future.failedFuture(new BrokerException(BrokerException.Reason.NOT_FOUND, name));
    }

    @Override
    public Future<Void> deleteConsumer(String name) {
        return Future.failedFuture(new BrokerException(BrokerException.Reason.NOT_FOUND, name));
    }

    @Override
    public Future<List<ConsumerInfo>> consumers() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<List<StoredMessage>> read(long fromSequence, int max) {
        return Future.succeededFuture(stored.stream()
                .filter(message -> message.sequence() >= fromSequence)
                .limit(max)
                .toList());
    }

    @Override
    public Future<Void> delete(long gone) {
        return stored.removeIf(message -> message.sequence() == gone)
                ? Future.succeededFuture()
                : Future.failedFuture(new BrokerException(BrokerException.Reason.NOT_FOUND, "message " + gone));
    }

    @Override
    public Future<SortedMap<String, Long>> subjects(String filter, int max) {
        return Future.succeededFuture(new TreeMap<>());
    }

    @Override
    public Future<Long> size() {
        return Future.succeededFuture((long) stored.size());
    }
}
