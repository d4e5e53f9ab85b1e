package io.tfdc.messaging;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A stored stream of messages. */
public interface MessageStream {

    /**
     * Stores a message. A message id seen within the duplicate window is acknowledged again but not stored again.
     *
     * @param messageId deduplication id, empty for none
     */
    Future<PublishAck> publish(String subject, byte[] payload, String messageId, Map<String, String> headers);

    /**
     * Creates a durable pull consumer. On a work queue the broker refuses filters that overlap another consumer's
     * ({@link BrokerException.Reason#FILTER_OVERLAP}). Creating one that exists with the same configuration opens it; filters
     * never grow (see {@link #shrinkConsumer}).
     */
    Future<WorkConsumer> createConsumer(ConsumerConfig config);

    /** Takes filters away from a consumer; at least one must stay. What is in flight stays with its receiver. */
    Future<Void> shrinkConsumer(String name, List<String> remainingFilters);

    /** Deletes a consumer: its unacknowledged messages are delivered elsewhere at once, late acknowledgements are void. */
    Future<Void> deleteConsumer(String name);

    /** The consumers that exist. */
    Future<List<ConsumerInfo>> consumers();

    /** Stored messages from a sequence on, oldest first, without consuming them. */
    Future<List<StoredMessage>> read(long fromSequence, int max);

    /** Removes one message; fails with {@link BrokerException.Reason#NOT_FOUND} if it is gone. */
    Future<Void> delete(long sequence);

    /**
     * How many messages are stored under each subject that fits a filter; at most {@code max} subjects, 1 to 100,000, in the order of their
     * names.
     */
    Future<SortedMap<String, Long>> subjects(String filter, int max);

    /** Number of stored messages. */
    Future<Long> size();

    /**
     * A stored message's acknowledgement.
     *
     * @param sequence position in the stream
     * @param duplicate true if the message id had been stored already
     */
    record PublishAck(long sequence, boolean duplicate) {}

    /**
     * A consumer as the broker describes it.
     *
     * @param pending messages not delivered yet
     * @param ackPending messages delivered and not acknowledged
     */
    record ConsumerInfo(String name, List<String> filters, long pending, long ackPending) {
        public ConsumerInfo {
            filters = List.copyOf(filters);
        }
    }

    /** A message read from its place in the stream. */
    record StoredMessage(long sequence, String subject, byte[] payload, Map<String, String> headers) {}
}
