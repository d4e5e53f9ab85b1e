package io.tfdc.cluster;

import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Map;
import java.util.TreeMap;

/** What a bucket holds at one time, read in one go. */
final class BucketSnapshot {
    /** More keys than any bucket of a cluster has. */
    private static final int MAX_KEYS = 50_000;

    private BucketSnapshot() {}

    /** The entries by key. Call it on a context. */
    static Future<Map<String, Entry>> read(KeyValueBucket bucket) {
        Map<String, Entry> entries = new TreeMap<>();
        Promise<Void> replayed = Promise.promise();
        Future<MessageBroker.Subscription> watch = bucket.watch(new KeyValueBucket.Watcher() {
            @Override
            public void onEntry(Entry entry) {
                if (entry.deleted()) {
                    entries.remove(entry.key());
                } else if (entries.size() < MAX_KEYS) {
                    entries.put(entry.key(), entry);
                }
            }

            @Override
            public void onReplayed() {
                replayed.tryComplete();
            }
        });
        return watch.compose(open -> replayed.future().transform(done -> {
            open.cancel();
            return Future.succeededFuture(entries);
        }));
    }
}
