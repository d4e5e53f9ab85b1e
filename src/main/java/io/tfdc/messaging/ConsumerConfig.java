package io.tfdc.messaging;

import java.time.Duration;
import java.util.List;

/**
 * A durable pull consumer with explicit acknowledgement that delivers everything its filters match.
 *
 * @param name durable name
 * @param filters subjects, at least one (an empty list would match the whole stream)
 * @param ackWait redelivery after this time without acknowledgement or progress
 * @param maxDeliver deliveries per message, -1 for no limit
 * @param maxAckPending bound of unacknowledged messages in flight
 * @param inactiveThreshold the broker deletes the consumer after this time without pulls, zero for never
 */
public record ConsumerConfig(
        String name,
        List<String> filters,
        Duration ackWait,
        int maxDeliver,
        int maxAckPending,
        Duration inactiveThreshold) {
    public ConsumerConfig {
        filters = List.copyOf(filters);
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("consumer " + name + ": needs at least one filter subject");
        }
        if (maxAckPending < 1) {
            throw new IllegalArgumentException(
                    "consumer " + name + ": max ack pending must be at least 1, found " + maxAckPending);
        }
    }
}
