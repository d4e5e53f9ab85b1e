package io.tfdc.cluster;

import io.tfdc.coordination.MemberEvent;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a member whether its broker can be reached: at once that it can't, and that it can only after what is in the bucket of assignments was read
 * anew and told. A watch survives a reconnect and catches up some time later; until then a member that is back within its lease would go on
 * with chambers that were given away meanwhile.
 */
final class Reachability {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private final KeyValueBucket assignments;
    private final KeyValueBucket.Watcher watcher;
    private final Context context;
    private final Consumer<MemberEvent> events;
    /** Counts losses and returns of the connection: what was read before the last of them is not the present. */
    private long changes;

    /**
     * @param watcher is told what was read, on the context
     * @param events any thread
     */
    Reachability(
            KeyValueBucket assignments, KeyValueBucket.Watcher watcher, Context context, Consumer<MemberEvent> events) {
        this.assignments = assignments;
        this.watcher = watcher;
        this.context = context;
        this.events = events;
    }

    /** Any thread. */
    synchronized void changed(BrokerStatus status) {
        long change = ++changes;
        if (status == BrokerStatus.CONNECTED) {
            context.runOnContext(v -> read(change));
        } else {
            events.accept(new MemberEvent.BrokerReachable(false));
        }
    }

    private void read(long change) {
        if (!isLast(change)) {
            return;
        }
        BucketSnapshot.read(assignments).onComplete(done -> {
            if (done.succeeded()) {
                present(done.result(), change);
            } else {
                LOG.debug("assignments can't be read yet: {}", done.cause().getMessage());
                context.owner().setTimer(RETRY.toMillis(), id -> read(change));
            }
        });
    }

    private void present(Map<String, Entry> entries, long change) {
        if (!isLast(change)) {
            return;
        }
        entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::revision))
                .forEach(watcher::onEntry);
        synchronized (this) {
            if (isLast(change)) {
                events.accept(new MemberEvent.BrokerReachable(true));
            }
        }
    }

    private synchronized boolean isLast(long change) {
        return change == changes;
    }
}
