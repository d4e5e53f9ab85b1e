package io.tfdc.storage.cache;

import io.tfdc.model.ChamberId;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.database.SqliteDatabase;
import io.tfdc.storage.database.SqliteWorker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The U-chart history of the chambers that this process owns, in memory. A request is answered from memory when the cache holds
 * every run that could be part of the answer, else by the store, whose newest runs are then kept. Call {@link #add} after each
 * run stored, and {@link #invalidate} when a chamber comes from or goes to another owner.
 *
 * <p>A chamber that nobody prefetched is loaded at its first request. The database has one connection on the one thread of the worker pool {@code history-cache}. Should it fail, the cache starts
 * over empty; the store is the truth. Futures complete on the caller's context. Safe for use from any thread.
 */
public final class HistoryCache {
    private static final int PREFETCHES_AT_ONCE = 8;

    private final ChartStore store;
    private final CacheOptions options;
    private final SqliteWorker worker;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    /** Worker thread only. */
    private HistoryTable table;

    private volatile CacheStats size = new CacheStats(0, 0, 0, 0, 0, 0);

    private HistoryCache(ChartStore store, CacheOptions options, SqliteWorker worker, HistoryTable table) {
        this.store = store;
        this.options = options;
        this.worker = worker;
        this.table = table;
    }

    /** Opens an empty cache in front of a store; closing it leaves the store open. */
    public static Future<HistoryCache> open(Vertx vertx, ChartStore store, CacheOptions options) {
        SqliteWorker worker = new SqliteWorker(vertx, "history-cache");
        return worker.run(() -> HistoryTable.open(options, 1))
                .map(table -> new HistoryCache(store, options, worker, table));
    }

    /** As {@link ChartStore#history}. */
    public Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        try {
            StoreKeys.checkMax(max);
        } catch (StoreException e) {
            return Future.failedFuture(e);
        }
        return find(chamber, group, before, max).compose(lookup -> {
            if (lookup.found() == null) {
                misses.increment();
            } else {
                hits.increment();
            }
            return answer(lookup, chamber, group, before, max);
        });
    }

    /**
     * The answer found, or one from the store. A chamber that is new here is loaded first, whatever the group, then the group if
     * that wasn't enough; the newest runs, which later requests will want too, rather than those before the given time.
     */
    private Future<List<UChart>> answer(
            HistoryTable.Lookup lookup, ChamberId chamber, String group, Instant before, int max) {
        List<UChart> found = lookup.found();
        if (found != null) {
            return Future.succeededFuture(found);
        }
        if (!lookup.loadable()) {
            return store.history(chamber, group, before, max);
        }
        return (lookup.prefetched()
                        ? Future.succeededFuture(lookup)
                        : prefetch(chamber).compose(done -> find(chamber, group, before, max)))
                .compose(second -> second.found() == null && second.loadable()
                        ? loadGroup(chamber, second.stay(), group, max)
                                .compose(done -> find(chamber, group, before, max))
                        : Future.succeededFuture(second))
                .compose(last -> {
                    List<UChart> runs = last.found();
                    return runs != null ? Future.succeededFuture(runs) : store.history(chamber, group, before, max);
                });
    }

    private Future<HistoryTable.Lookup> find(ChamberId chamber, String group, Instant before, int max) {
        return guarded(
                new HistoryTable.Lookup(null, -1, false, false),
                () -> table.find(chamber, group, StoreKeys.millis(before), max));
    }

    private Future<Void> loadGroup(ChamberId chamber, long stay, String group, int max) {
        int depth = Math.max(max, options.depth());
        return store.history(chamber, group, Instant.MAX, depth)
                .compose(
                        newest -> update(() -> table.fill(chamber, stay, group, newest, depth, newest.size() < depth)));
    }

    /**
     * Takes a run after it was stored. A run older than what is known of its chamber may not be the version that the store
     * decided for, so it is read back first. Never fails.
     */
    public Future<Void> add(UChart chart) {
        return guarded(0L, () -> table.add(chart)).compose(stay -> {
            if (stay == 0) {
                return Future.succeededFuture();
            }
            return store.getUChart(chart.id(), chart.context().end())
                    .transform(read -> read.succeeded() && read.result().isPresent()
                            ? update(() -> table.addVerified(stay, read.result().get()))
                            : invalidate(chart.id().chamber()));
        });
    }

    /** Loads the newest runs of chambers that are about to be worked on; the number of chambers loaded. Never fails. */
    public Future<Integer> prefetch(Collection<ChamberId> chambers) {
        List<ChamberId> waiting = List.copyOf(chambers);
        AtomicInteger loaded = new AtomicInteger();
        return Lanes.each(
                        0,
                        waiting.size(),
                        PREFETCHES_AT_ONCE,
                        i -> prefetch(waiting.get(i))
                                .onSuccess(done -> loaded.incrementAndGet())
                                .otherwiseEmpty())
                .map(done -> loaded.get());
    }

    private Future<Void> prefetch(ChamberId chamber) {
        int runs = options.prefetchRuns();
        return guarded(-1L, () -> table.enter(chamber).stay)
                .compose(stay -> store.uCharts(chamber, Instant.MIN, Instant.MAX, runs)
                        .compose(newest ->
                                update(() -> table.fillChamber(chamber, stay, newest, newest.size() < runs))));
    }

    /** Forgets a chamber, because its history may change without this cache being told. Never fails. */
    public Future<Void> invalidate(ChamberId chamber) {
        return update(() -> table.drop(chamber));
    }

    /** What the cache did and holds; doesn't block. */
    public CacheStats stats() {
        CacheStats now = size;
        return new CacheStats(hits.sum(), misses.sum(), now.evictions(), now.bytes(), now.chambers(), now.runs());
    }

    public Future<Void> close() {
        return worker.close(() -> {
            table.close();
            return this;
        });
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private Future<Void> update(SqliteDatabase.Work work) {
        return guarded(Boolean.FALSE, () -> {
                    work.run();
                    return Boolean.TRUE;
                })
                .mapEmpty();
    }

    /** Runs a step on the worker thread; if it fails, the cache starts over and the answer is {@code otherwise}. */
    private <T> Future<T> guarded(T otherwise, Step<T> step) {
        return worker.run(() -> {
            try {
                T result = step.run();
                size = table.stats(0, 0);
                return result;
            } catch (SQLException | StoreException e) {
                HistoryTable broken = table;
                table = HistoryTable.open(options, broken.nextNumber());
                broken.close();
                return otherwise;
            }
        });
    }
}
