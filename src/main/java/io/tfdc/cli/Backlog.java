package io.tfdc.cli;

import io.tfdc.coordination.StableId;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What waits at the broker.
 *
 * @param waiting notifications not delivered yet, by the member in whose consumers they are
 * @param delivered notifications delivered and not acknowledged
 * @param nowhere notifications in no consumer: of chambers on the move or without an owner
 */
record Backlog(Map<StableId, Long> waiting, long delivered, long nowhere) {
    static Future<Backlog> read(MessageStream notifications) {
        return notifications.size().compose(size -> notifications.consumers().map(consumers -> of(size, consumers)));
    }

    /** The two are read one after the other: a difference of a few is none. */
    private static Backlog of(long size, List<ConsumerInfo> consumers) {
        Map<StableId, Long> waiting = new TreeMap<>();
        long delivered = 0;
        long covered = 0;
        for (ConsumerInfo consumer : consumers) {
            StableId.ownerOf(consumer.name())
                    .ifPresent(owner -> waiting.merge(owner.id(), consumer.pending(), Long::sum));
            delivered += consumer.ackPending();
            covered += consumer.pending() + consumer.ackPending();
        }
        return new Backlog(waiting, delivered, Math.max(0, size - covered));
    }

    long sum() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }
}
