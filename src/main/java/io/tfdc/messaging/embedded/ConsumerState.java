package io.tfdc.messaging.embedded;

import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream.StoredMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the broker remembers of a durable consumer. Times are milliseconds of a monotonic clock. */
final class ConsumerState {
    private final ConsumerConfig config;
    private FilterSet filters;
    private long cursor;
    private long lastPull;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();

    ConsumerState(ConsumerConfig config) {
        this.config = config;
        this.filters = new FilterSet(config.filters());
    }

    /** Delivered and not settled: when it is due again, and how often it was delivered. */
    private record Pending(long due, int deliveries) {}

    /** A message handed out. */
    record Delivered(StoredMessage message, int deliveries) {}

    ConsumerConfig config() {
        return config;
    }

    FilterSet filters() {
        return filters;
    }

    void shrink(List<String> remaining) {
        filters = new FilterSet(remaining);
    }

    int ackPending() {
        return pending.size();
    }

    long pendingIn(NavigableMap<Long, StoredMessage> messages) {
        return messages.tailMap(cursor, false).values().stream()
                .filter(message -> filters.matches(message.subject()))
                .count();
    }

    /** Takes up to {@code max} messages: those due for redelivery first, then new ones in order. */
    List<Delivered> pull(NavigableMap<Long, StoredMessage> messages, int max, long now) {
        List<Delivered> delivered = new ArrayList<>();
        redeliver(messages, max, now, delivered);
        Iterator<StoredMessage> unseen =
                messages.tailMap(cursor, false).values().iterator();
        while (delivered.size() < max && pending.size() < config.maxAckPending() && unseen.hasNext()) {
            StoredMessage message = unseen.next();
            cursor = message.sequence();
            if (filters.matches(message.subject())) {
                hand(message, 1, now, delivered);
            }
        }
        return delivered;
    }

    private void redeliver(NavigableMap<Long, StoredMessage> messages, int max, long now, List<Delivered> delivered) {
        List<Long> due = new ArrayList<>();
        pending.entrySet().removeIf(entry -> {
            if (entry.getValue().due() > now) {
                return !messages.containsKey(entry.getKey());
            }
            boolean mayAgain = config.maxDeliver() < 0 || entry.getValue().deliveries() < config.maxDeliver();
            boolean stays = mayAgain && messages.containsKey(entry.getKey());
            if (stays && due.size() < max) {
                due.add(entry.getKey());
            }
            return !stays;
        });
        for (Long sequence : due) {
            StoredMessage message = messages.get(sequence);
            Pending state = pending.get(sequence);
            if (message != null && state != null) {
                hand(message, state.deliveries() + 1, now, delivered);
            }
        }
    }

    private void hand(StoredMessage message, int deliveries, long now, List<Delivered> delivered) {
        pending.put(message.sequence(), new Pending(now + config.ackWait().toMillis(), deliveries));
        delivered.add(new Delivered(message, deliveries));
    }

    /** Whether the delivery is still the newest one of a message in flight. */
    boolean holds(long sequence, int deliveries) {
        Pending state = pending.get(sequence);
        return state != null && state.deliveries() == deliveries;
    }

    /** Whether the delivery may still be settled before the message comes again. */
    boolean awaits(long sequence, int deliveries, long now) {
        Pending state = pending.get(sequence);
        return state != null && state.deliveries() == deliveries && now < state.due();
    }

    /** Somebody pulls, or could have begun to just now. */
    void touch(long now) {
        lastPull = now;
    }

    /** Whether nobody has pulled for so long that the consumer vanishes. */
    boolean isInactive(long now) {
        long threshold = config.inactiveThreshold().toMillis();
        return threshold > 0 && now - lastPull >= threshold;
    }

    void settle(long sequence) {
        pending.remove(sequence);
    }

    void postpone(long sequence, long due) {
        pending.computeIfPresent(sequence, (key, state) -> new Pending(due, state.deliveries()));
    }
}
