package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.tfdc.model.LimitSet;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The newest limit versions of the chart groups in work. Our own versions are in it at once, those that others store (an
 * engineer's edit) within a minute. Holds at most {@value #MAX_LIMITS} chart limits. Owned by the processing context.
 */
final class LimitCache {
    static final int MAX_LIMITS = 500_000;
    /** Versions looked at; an older run than all of them is judged by the oldest. */
    private static final int VERSIONS = 4;

    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ChartStore store;
    private final LongSupplier nanos;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long size;

    LimitCache(ChartStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    private record Key(ChamberId chamber, String group, String strategy) {}

    private record Entry(List<LimitSet> newestFirst, long loadedAt) {
        int size() {
            return newestFirst.stream().mapToInt(set -> set.limits().size()).sum();
        }
    }

    /** The limits valid for a run that ends at the given time. */
    Future<Optional<LimitSet>> validAt(ChamberId chamber, String group, String strategy, Instant end) {
        Key key = new Key(chamber, group, strategy);
        Entry known = entries.get(key);
        if (known != null && nanos.getAsLong() - known.loadedAt() < STALE_NANOS) {
            return Future.succeededFuture(select(known.newestFirst(), end));
        }
        return store.limits(chamber, group, strategy, VERSIONS).map(loaded -> {
            put(key, loaded);
            return select(loaded, end);
        });
    }

    /** Takes a version that was just stored. */
    void add(LimitSet stored) {
        Key key = new Key(stored.chamber(), stored.group(), stored.strategy());
        Entry known = entries.get(key);
        if (known != null) {
            List<LimitSet> sets = new ArrayList<>(known.newestFirst());
            sets.removeIf(other -> other.version() == stored.version());
            sets.add(stored);
            sets.sort((a, b) -> Integer.compare(b.version(), a.version()));
            put(key, sets.subList(0, Math.min(VERSIONS, sets.size())));
        }
    }

    /** Forgets a chamber that comes from or goes to another owner. */
    void forget(ChamberId chamber) {
        entries.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().chamber().equals(chamber);
            size -= gone ? entry.getValue().size() : 0;
            return gone;
        });
    }

    private void put(Key key, List<LimitSet> newestFirst) {
        Entry fresh = new Entry(List.copyOf(newestFirst), nanos.getAsLong());
        Entry old = entries.put(key, fresh);
        size += fresh.size() - (old == null ? 0 : old.size());
        Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
        while (size > MAX_LIMITS && entries.size() > 1) {
            size -= eldest.next().getValue().size();
            eldest.remove();
        }
    }

    private static Optional<LimitSet> select(List<LimitSet> newestFirst, Instant end) {
        return newestFirst.stream().filter(set -> !set.validFrom().isAfter(end)).findFirst();
    }
}
