package io.tfdc.messaging;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.List;
import java.util.Optional;

/**
 * Keys with revisions. A revision is unique within the bucket and grows with every write, so it fences: a writer that must
 * know the last revision can't overwrite what it hasn't seen. Keys are names of {@code A-Z a-z 0-9 - / _ =} with dots between them, 512
 * characters at most; other keys are {@link BrokerException.Reason#REFUSED}.
 */
public interface KeyValueBucket {
    /** The longest key. */
    int MAX_KEY_LENGTH = 512;

    /**
     * Returns the key if it is one.
     *
     * @throws IllegalArgumentException if it isn't
     */
    static String requireKey(String key) {
        boolean valid = !key.isEmpty() && key.length() <= MAX_KEY_LENGTH && !key.endsWith(".");
        char before = '.';
        for (int i = 0; valid && i < key.length(); i++) {
            char c = key.charAt(i);
            boolean name = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            valid = name || "-/_=".indexOf(c) >= 0 || (c == '.' && before != '.');
            before = c;
        }
        if (!valid) {
            String shown = key.length() > 80 ? key.substring(0, 80) + "..." : key;
            throw new IllegalArgumentException(
                    "key: expected names of A-Z a-z 0-9 - / _ = between dots, found \"" + shown + '"');
        }
        return key;
    }

    /** The newest value, empty if absent, deleted or expired. */
    Future<Optional<Entry>> get(String key);

    /** Writes a key that must not exist; fails with {@link BrokerException.Reason#WRONG_REVISION}. Yields the revision. */
    Future<Long> create(String key, byte[] value);

    /** Writes whatever is there. Yields the revision. */
    Future<Long> put(String key, byte[] value);

    /** Writes if the newest revision is the given one; fails with {@link BrokerException.Reason#WRONG_REVISION}. */
    Future<Long> update(String key, byte[] value, long expectedRevision);

    /** Deletes whatever is there. */
    Future<Void> delete(String key);

    /** Deletes if the newest revision is the given one; fails with {@link BrokerException.Reason#WRONG_REVISION}. */
    Future<Void> delete(String key, long expectedRevision);

    /** Keys that hold a value. */
    Future<List<String>> keys();

    /** The kept revisions of a key, oldest first. */
    Future<List<Entry>> history(String key);

    /**
     * Reports the present entries, then {@link Watcher#onReplayed()}, then every change. Expiry by TTL is not reported. Watches
     * survive reconnects.
     */
    Future<MessageBroker.Subscription> watch(Watcher watcher);

    /** {@link #watch(Watcher)} that ignores the end of the replay. */
    default Future<MessageBroker.Subscription> watch(Handler<Entry> onEntry) {
        return watch(new Watcher() {
            @Override
            public void onEntry(Entry entry) {
                onEntry.handle(entry);
            }

            @Override
            public void onReplayed() {
                // the caller doesn't tell old from new
            }
        });
    }

    /**
     * A revision of a key.
     *
     * @param deleted true for the marker that a delete leaves; its value is empty
     */
    record Entry(String key, byte[] value, long revision, boolean deleted) {}

    /** Receives a watch's entries on the context that started it. */
    interface Watcher {
        void onEntry(Entry entry);

        void onReplayed();
    }
}
