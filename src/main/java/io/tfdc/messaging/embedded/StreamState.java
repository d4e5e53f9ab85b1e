package io.tfdc.messaging.embedded;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.MessageStream.PublishAck;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.SubjectFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A stream's messages and consumers: plain state, moved on by calls that carry the time (milliseconds, monotonic). */
final class StreamState {
    /** Bounds of what an in-process stream holds; publishing beyond them is refused. */
    static final int MAX_MESSAGES = 1_000_000;

    static final long MAX_BYTES = 256L << 20;

    private StreamConfig config;
    private FilterSet subjects;
    private final TreeMap<Long, StoredMessage> messages = new TreeMap<>();
    private final Deque<Stamp> ages = new ArrayDeque<>();
    private final LinkedHashMap<String, Stamp> ids = new LinkedHashMap<>();
    private final Map<String, ConsumerState> consumers = new HashMap<>();
    private long lastSequence;
    private long bytes;

    private record Stamp(long sequence, long at) {}

    StreamState(StreamConfig config) {
        this.config = config;
        this.subjects = new FilterSet(config.subjects());
    }

    /** Takes over another configuration; how messages leave can't be changed. */
    void update(StreamConfig wanted) {
        if (wanted.retention() != config.retention()) {
            throw new BrokerException(
                    Reason.REFUSED,
                    "stream " + config.name() + ": exists with retention " + config.retention()
                            + ", which can't be changed to " + wanted.retention());
        }
        config = wanted;
        subjects = new FilterSet(wanted.subjects());
    }

    /** Refuses another stream that would store some subject of this one. */
    void refuseSharing(StreamConfig other) {
        if (subjects.overlaps(new FilterSet(other.subjects()))) {
            throw new BrokerException(
                    Reason.REFUSED,
                    "stream " + other.name() + ": subjects " + other.subjects() + " overlap those of stream "
                            + config.name());
        }
    }

    boolean hasRoomFor(int size, long now) {
        expire(now);
        boolean fits = config.maxMessageBytes() < 0 || size <= config.maxMessageBytes();
        return fits && messages.size() < MAX_MESSAGES && bytes + size <= MAX_BYTES;
    }

    /** Consumers that nobody has pulled from for longer than they allow. */
    List<ConsumerState> inactive(long now) {
        return consumers.values().stream().filter(c -> c.isInactive(now)).toList();
    }

    boolean stores(String subject) {
        return subjects.matches(subject);
    }

    PublishAck publish(String subject, byte[] payload, String id, Map<String, String> headers, long now) {
        expire(now);
        SubjectFilter.requireSubject(subject);
        if (!stores(subject)) {
            throw new BrokerException(Reason.REFUSED, "stream " + config.name() + " does not store subject " + subject);
        }
        if (config.maxMessageBytes() >= 0 && payload.length > config.maxMessageBytes()) {
            throw new BrokerException(
                    Reason.TOO_LARGE,
                    "message of " + payload.length + " bytes to " + subject + ", stream " + config.name() + " takes "
                            + config.maxMessageBytes());
        }
        Stamp known = id.isEmpty() ? null : ids.get(id);
        if (known != null) {
            return new PublishAck(known.sequence(), true);
        }
        if (messages.size() >= MAX_MESSAGES || bytes + payload.length > MAX_BYTES) {
            throw new BrokerException(
                    Reason.REFUSED,
                    "stream " + config.name() + " is full: " + messages.size() + " messages, " + bytes + " bytes");
        }
        Stamp stamp = new Stamp(++lastSequence, now);
        messages.put(lastSequence, new StoredMessage(lastSequence, subject, payload, Map.copyOf(headers)));
        bytes += payload.length;
        ages.add(stamp);
        if (!id.isEmpty()) {
            ids.put(id, stamp);
        }
        return new PublishAck(lastSequence, false);
    }

    private void expire(long now) {
        long maxAge = config.maxAge().toMillis();
        while (maxAge > 0 && !ages.isEmpty() && now - ages.peek().at() >= maxAge) {
            remove(ages.remove().sequence());
        }
        long window = config.duplicateWindow().toMillis();
        // Oldest first, since an id that is known is not put again.
        Iterator<Stamp> remembered = ids.values().iterator();
        while (remembered.hasNext() && now - remembered.next().at() >= window) {
            remembered.remove();
        }
    }

    private boolean remove(long sequence) {
        StoredMessage gone = messages.remove(sequence);
        if (gone != null) {
            bytes -= gone.payload().length;
        }
        return gone != null;
    }

    ConsumerState create(ConsumerConfig wanted) {
        ConsumerState existing = consumers.get(wanted.name());
        if (existing != null) {
            if (!existing.filters().filters().equals(wanted.filters())) {
                throw new BrokerException(
                        Reason.REFUSED,
                        "consumer " + wanted.name() + " exists with filters "
                                + existing.filters().filters());
            }
            return existing;
        }
        if (config.maxConsumers() >= 0 && consumers.size() >= config.maxConsumers()) {
            throw new BrokerException(
                    Reason.REFUSED, "stream " + config.name() + " takes " + config.maxConsumers() + " consumers");
        }
        ConsumerState created = new ConsumerState(wanted);
        if (config.retention() == StreamConfig.Retention.WORK_QUEUE) {
            refuseOverlap(created);
        }
        consumers.put(wanted.name(), created);
        return created;
    }

    private void refuseOverlap(ConsumerState created) {
        for (ConsumerState other : consumers.values()) {
            if (other.filters().overlaps(created.filters())) {
                throw new BrokerException(
                        Reason.FILTER_OVERLAP,
                        "filters of consumer " + created.config().name() + " overlap those of "
                                + other.config().name());
            }
        }
    }

    void shrink(String name, List<String> remaining) {
        ConsumerState consumer = consumer(name);
        if (remaining.isEmpty() || !consumer.filters().contains(remaining)) {
            throw new BrokerException(
                    Reason.REFUSED,
                    "consumer " + name + ": expected a non-empty part of "
                            + consumer.filters().filters() + ", found " + remaining);
        }
        consumer.shrink(List.copyOf(remaining));
    }

    void delete(String name) {
        consumer(name);
        consumers.remove(name);
    }

    ConsumerState consumer(String name) {
        ConsumerState consumer = consumers.get(name);
        if (consumer == null) {
            throw new BrokerException(Reason.NOT_FOUND, "stream " + config.name() + " has no consumer " + name);
        }
        return consumer;
    }

    boolean has(ConsumerState consumer) {
        return consumers.get(consumer.config().name()) == consumer;
    }

    List<ConsumerInfo> describe() {
        return consumers.values().stream()
                .map(c -> new ConsumerInfo(
                        c.config().name(), c.filters().filters(), c.pendingIn(messages), c.ackPending()))
                .toList();
    }

    List<ConsumerState.Delivered> pull(ConsumerState consumer, int max, long now) {
        expire(now);
        return has(consumer) ? consumer.pull(messages, max, now) : List.of();
    }

    /** Settles a delivery; on a work queue the message goes. A late or repeated acknowledgement has no effect. */
    void settle(ConsumerState consumer, long sequence, int deliveries) {
        if (has(consumer) && consumer.holds(sequence, deliveries)) {
            consumer.settle(sequence);
            if (config.retention() == StreamConfig.Retention.WORK_QUEUE) {
                remove(sequence);
            }
        }
    }

    void postpone(ConsumerState consumer, long sequence, int deliveries, long due) {
        if (has(consumer) && consumer.holds(sequence, deliveries)) {
            consumer.postpone(sequence, due);
        }
    }

    List<StoredMessage> read(long from, int max, long now) {
        expire(now);
        return messages.tailMap(from, true).values().stream().limit(max).toList();
    }

    SortedMap<String, Long> subjects(SubjectFilter filter, int max, long now) {
        expire(now);
        TreeMap<String, Long> found = new TreeMap<>();
        messages.values().stream()
                .map(StoredMessage::subject)
                .filter(filter::matches)
                .forEach(subject -> found.merge(subject, 1L, Long::sum));
        while (found.size() > max) {
            found.pollLastEntry();
        }
        return found;
    }

    void deleteMessage(long sequence) {
        if (!remove(sequence)) {
            throw new BrokerException(Reason.NOT_FOUND, "stream " + config.name() + " has no message " + sequence);
        }
    }

    long size(long now) {
        expire(now);
        return messages.size();
    }
}
