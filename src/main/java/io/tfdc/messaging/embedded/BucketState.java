package io.tfdc.messaging.embedded;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket's revisions: plain state, moved on by calls that carry the time (milliseconds, monotonic). */
final class BucketState {
    private static final byte[] NOTHING = {};

    private final BucketConfig config;
    private final TreeMap<String, Deque<Stamped>> keys = new TreeMap<>();
    private long revision;

    private record Stamped(Entry entry, long at) {}

    BucketState(BucketConfig config) {
        this.config = config;
    }

    Optional<Entry> get(String key, long now) {
        KeyValueBucket.requireKey(key);
        expire(now);
        Deque<Stamped> revisions = keys.get(key);
        return revisions == null || revisions.getLast().entry().deleted()
                ? Optional.empty()
                : Optional.of(revisions.getLast().entry());
    }

    /** Writes whatever is there. */
    Entry put(String key, byte[] value, long now) {
        expire(now);
        return write(key, value, false, now);
    }

    /** Writes a key that must not hold a value. */
    Entry create(String key, byte[] value, long now) {
        if (get(key, now).isPresent()) {
            throw new BrokerException(Reason.WRONG_REVISION, "key " + key + " of bucket " + config.name() + " exists");
        }
        return write(key, value, false, now);
    }

    /** Writes or deletes if the newest revision is the expected one. */
    Entry replace(String key, byte[] value, boolean delete, long expected, long now) {
        expire(now);
        Deque<Stamped> revisions = keys.get(key);
        long newest = revisions == null ? 0 : revisions.getLast().entry().revision();
        if (newest != expected) {
            throw new BrokerException(
                    Reason.WRONG_REVISION,
                    "key " + key + " of bucket " + config.name() + ": expected revision " + expected + ", found "
                            + newest);
        }
        return write(key, value, delete, now);
    }

    Entry delete(String key, long now) {
        expire(now);
        return write(key, NOTHING, true, now);
    }

    private Entry write(String key, byte[] value, boolean delete, long now) {
        KeyValueBucket.requireKey(key);
        if (config.maxValueBytes() >= 0 && value.length > config.maxValueBytes()) {
            throw new BrokerException(
                    Reason.TOO_LARGE,
                    "value of " + value.length + " bytes for key " + key + ", bucket " + config.name() + " takes "
                            + config.maxValueBytes());
        }
        Entry entry = new Entry(key, value, ++revision, delete);
        Deque<Stamped> revisions = keys.computeIfAbsent(key, k -> new ArrayDeque<>());
        revisions.add(new Stamped(entry, now));
        while (revisions.size() > config.history()) {
            revisions.removeFirst();
        }
        return entry;
    }

    private void expire(long now) {
        long ttl = config.ttl().toMillis();
        if (ttl > 0) {
            keys.values().forEach(revisions -> revisions.removeIf(r -> now - r.at() >= ttl));
            keys.values().removeIf(Deque::isEmpty);
        }
    }

    List<String> keys(long now) {
        return present(now).stream().map(Entry::key).toList();
    }

    /** The newest entries of all keys that hold a value, oldest revision first. */
    List<Entry> present(long now) {
        expire(now);
        return keys.values().stream()
                .map(revisions -> revisions.getLast().entry())
                .filter(entry -> !entry.deleted())
                .sorted((a, b) -> Long.compare(a.revision(), b.revision()))
                .toList();
    }

    List<Entry> history(String key, long now) {
        KeyValueBucket.requireKey(key);
        expire(now);
        Deque<Stamped> revisions = keys.get(key);
        return revisions == null
                ? List.of()
                : revisions.stream().map(Stamped::entry).toList();
    }
}
