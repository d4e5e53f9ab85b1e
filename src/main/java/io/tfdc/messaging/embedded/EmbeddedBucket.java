package io.tfdc.messaging.embedded;

import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A bucket of the embedded broker: state plus its watchers. */
final class EmbeddedBucket implements KeyValueBucket {
    private static final byte[] NOTHING = {};

    private final EmbeddedBroker broker;
    private final BucketState state;
    private final List<Watch> watches = new ArrayList<>();

    private record Watch(Context context, Watcher watcher) {
        void report(Entry entry) {
            context.runOnContext(v -> watcher.onEntry(entry));
        }
    }

    EmbeddedBucket(EmbeddedBroker broker, BucketState state) {
        this.broker = broker;
        this.state = state;
    }

    @Override
    public Future<Optional<Entry>> get(String key) {
        return broker.attempt(() -> state.get(key, broker.now()));
    }

    @Override
    public Future<Long> create(String key, byte[] value) {
        return write(() -> state.create(key, value, broker.now()));
    }

    @Override
    public Future<Long> put(String key, byte[] value) {
        return write(() -> state.put(key, value, broker.now()));
    }

    @Override
    public Future<Long> update(String key, byte[] value, long expectedRevision) {
        return write(() -> state.replace(key, value, false, expectedRevision, broker.now()));
    }

    @Override
    public Future<Void> delete(String key) {
        return write(() -> state.delete(key, broker.now())).mapEmpty();
    }

    @Override
    public Future<Void> delete(String key, long expectedRevision) {
        return write(() -> state.replace(key, NOTHING, true, expectedRevision, broker.now()))
                .mapEmpty();
    }

    private Future<Long> write(Supplier<Entry> change) {
        return broker.attempt(() -> {
            Entry entry = change.get();
            watches.forEach(watch -> watch.report(entry));
            return entry.revision();
        });
    }

    @Override
    public Future<List<String>> keys() {
        return broker.attempt(() -> state.keys(broker.now()));
    }

    @Override
    public Future<List<Entry>> history(String key) {
        return broker.attempt(() -> state.history(key, broker.now()));
    }

    @Override
    public Future<Subscription> watch(Watcher watcher) {
        Watch watch = new Watch(broker.vertx().getOrCreateContext(), watcher);
        return broker.attempt(() -> {
            state.present(broker.now()).forEach(watch::report);
            watch.context().runOnContext(v -> watcher.onReplayed());
            watches.add(watch);
            return () -> broker.attempt(() -> {
                watches.remove(watch);
                return null;
            });
        });
    }
}
