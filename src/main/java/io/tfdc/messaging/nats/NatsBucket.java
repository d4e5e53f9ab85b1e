package io.tfdc.messaging.nats;

import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.impl.Headers;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** A JetStream key-value bucket. Writes are plain requests that no blocking call can hold up. */
final class NatsBucket implements KeyValueBucket {
    private static final byte[] NOTHING = {};
    private static final String DELETED = "DEL";

    private final NatsLink link;
    private final BucketConfig config;
    private final KeyValue keys;

    NatsBucket(NatsLink link, BucketConfig config, KeyValue keys) {
        this.link = link;
        this.config = config;
        this.keys = keys;
    }

    @Override
    public Future<Optional<Entry>> get(String key) {
        return link.checked("get", () -> subject(key))
                .compose(valid -> link.blocking("get " + key + " of " + config.name(), () -> keys.get(key)))
                .map(found -> Optional.ofNullable(found).map(NatsBucket::entry));
    }

    @Override
    public Future<Long> create(String key, byte[] value) {
        return write(key, value, false, 0)
                .recover(failure ->
                        isRefusedRevision(failure) ? createAgain(key, value, failure) : Future.failedFuture(failure));
    }

    /** A deleted key has a revision, that of its deletion. */
    private Future<Long> createAgain(String key, byte[] value, Throwable refusal) {
        return history(key).compose(revisions -> {
            Entry newest = revisions.isEmpty() ? null : revisions.get(revisions.size() - 1);
            return newest != null && newest.deleted()
                    ? write(key, value, false, newest.revision())
                    : Future.failedFuture(refusal);
        });
    }

    private static boolean isRefusedRevision(Throwable failure) {
        return failure instanceof BrokerException e && e.reason() == Reason.WRONG_REVISION;
    }

    @Override
    public Future<Long> put(String key, byte[] value) {
        return write(key, value, false, -1);
    }

    @Override
    public Future<Long> update(String key, byte[] value, long expectedRevision) {
        return write(key, value, false, Math.max(0, expectedRevision));
    }

    @Override
    public Future<Void> delete(String key) {
        return write(key, NOTHING, true, -1).mapEmpty();
    }

    @Override
    public Future<Void> delete(String key, long expectedRevision) {
        return write(key, NOTHING, true, Math.max(0, expectedRevision)).mapEmpty();
    }

    /** Writes a revision; an expected revision below zero is none. */
    private Future<Long> write(String key, byte[] value, boolean delete, long expectedRevision) {
        String operation = (delete ? "delete " : "write ") + key + " of " + config.name();
        return link.checked(operation, () -> subject(key)).compose(subject -> {
            if (config.maxValueBytes() >= 0 && value.length > config.maxValueBytes()) {
                return Future.failedFuture(new BrokerException(
                        Reason.TOO_LARGE,
                        operation + ": " + value.length + " bytes, the bucket takes " + config.maxValueBytes()));
            }
            Headers headers = new Headers();
            if (delete) {
                headers.put(MessageHeaders.OPERATION, DELETED);
            }
            if (expectedRevision >= 0) {
                headers.put(MessageHeaders.EXPECTED_REVISION, Long.toString(expectedRevision));
            }
            return link.storing(operation, subject, headers, value).map(ack -> ack.getSeqno());
        });
    }

    private String subject(String key) {
        return "$KV." + config.name() + '.' + KeyValueBucket.requireKey(key);
    }

    @Override
    public Future<List<String>> keys() {
        return link.blocking("keys of " + config.name(), keys::keys);
    }

    @Override
    public Future<List<Entry>> history(String key) {
        return link.checked("history", () -> subject(key))
                .compose(valid -> link.blocking("history of " + key + " of " + config.name(), () -> keys.history(key)))
                .map(revisions -> revisions.stream().map(NatsBucket::entry).toList());
    }

    private static Entry entry(KeyValueEntry entry) {
        byte[] value = entry.getValue();
        boolean deleted = entry.getOperation() != KeyValueOperation.PUT;
        return new Entry(entry.getKey(), value == null || deleted ? NOTHING : value, entry.getRevision(), deleted);
    }

    @Override
    public Future<Subscription> watch(Watcher watcher) {
        return new BucketWatch(link, config.name(), watcher).start();
    }
}
