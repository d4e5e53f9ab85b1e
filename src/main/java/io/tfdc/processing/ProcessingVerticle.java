package io.tfdc.processing;

import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.cache.CacheStats;
import io.tfdc.storage.cache.CachedChartStore;
import io.tfdc.storage.cache.HistoryCache;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipeline on one event loop: wires its parts, ticks for progress and statistics, and drains it in the end. */
final class ProcessingVerticle extends VerticleBase {
    private static final long STATS_INTERVAL = 1_000;

    private final ProcessingParts parts;
    private final ProcessingMetrics metrics;
    private volatile ProcessingStats stats = ProcessingStats.NONE;
    private volatile @Nullable Pipeline pipeline;

    ProcessingVerticle(ProcessingParts parts) {
        this.parts = parts;
        this.metrics = new ProcessingMetrics(parts.meters());
        metrics.watch(parts.meters(), this::stats);
    }

    /** What exists from start to stop. */
    private record Pipeline(
            Context context,
            HistoryCache cache,
            CalculationPool calculation,
            ByteGate bytes,
            Outage outage,
            Histories histories,
            WeightUpdates weights,
            Intake intake) {}

    @Override
    public Future<?> start() {
        return HistoryCache.open(vertx, parts.store(), parts.cache()).compose(cache -> {
            Pipeline built = build(cache);
            pipeline = built;
            long progress = parts.settings().progressInterval().toMillis();
            vertx.setPeriodic(progress, id -> built.intake.reportProgress());
            vertx.setPeriodic(STATS_INTERVAL, id -> publishStats(built));
            long look = built.weights.lookInterval().toMillis();
            if (look > 0) {
                vertx.setPeriodic(look, id -> built.weights.look());
            }
            return parts.feed().start(vertx, built.intake);
        });
    }

    @Override
    public Future<?> stop() {
        Pipeline built = pipeline;
        if (built == null) {
            return Future.succeededFuture();
        }
        built.outage.end();
        return Future.join(built.calculation.close(), built.cache.close());
    }

    /** Any thread. */
    ProcessingStats stats() {
        return stats;
    }

    /** Any thread. */
    boolean isReady() {
        Pipeline built = pipeline;
        return built != null && parts.feed().isPulling() && stats.paused().isEmpty();
    }

    /** Any thread. */
    Future<Void> drain(Duration budget) {
        Pipeline built = pipeline;
        if (built == null) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        NotificationFeed feed = parts.feed();
        built.context.runOnContext(v -> feed.stop()
                .transform(stopped -> built.intake.drain(budget))
                .transform(settled -> feed.close())
                .onComplete(drained));
        return drained.future();
    }

    /** Any thread. Never fails. */
    Future<Void> prefetch(Collection<ChamberId> chambers) {
        return forget(chambers).compose(forgotten -> {
            Pipeline built = pipeline;
            return built == null
                    ? Future.succeededFuture()
                    : built.cache.prefetch(chambers).mapEmpty();
        });
    }

    private Future<Void> forget(Collection<ChamberId> chambers) {
        Pipeline built = pipeline;
        Promise<Void> forgotten = Promise.promise();
        if (built == null) {
            forgotten.complete();
        } else {
            built.context.runOnContext(v -> {
                chambers.forEach(built.histories::forgetLimits);
                Future.join(chambers.stream().map(built.cache::invalidate).toList())
                        .<Void>mapEmpty()
                        .onComplete(forgotten);
            });
        }
        return forgotten.future();
    }

    private Pipeline build(HistoryCache cache) {
        ProcessingSettings settings = parts.settings();
        ChartStore store = new CachedChartStore(parts.store(), cache);
        CalculationPool calculation = new CalculationPool(vertx, settings.workers(), settings.limits());
        ByteGate bytes = new ByteGate(settings.maxHeldBytes());
        Histories histories = new Histories(store, new LimitCache(store, System::nanoTime));
        WeightUpdates weights =
                new WeightUpdates(parts.store(), parts.ownership(), parts.clock(), settings.weightInterval());
        NotificationPipeline run = new NotificationPipeline(
                store,
                histories,
                parts.strategies(),
                calculation,
                new AlarmStream(parts.alarms()),
                bytes,
                metrics,
                weights);
        FailureRules rules = new FailureRules(settings.retryDelays());
        Outage outage = new Outage(
                vertx,
                () -> parts.brokerReady().get().compose(ready -> parts.store().ping()),
                () -> resume());
        Intake intake = new Intake(
                vertx,
                settings,
                this::decode,
                run,
                parts.ownership(),
                rules,
                new Settlement(rules, new DeadLetters(parts.deadLetters(), parts.clock())),
                outage,
                new RunReports(vertx.eventBus(), metrics, parts.tracing()));
        return new Pipeline(context, cache, calculation, bytes, outage, histories, weights, intake);
    }

    /** A notification under another chamber's subject would break the order and the ownership of both. */
    private CompletionNotification decode(WorkMessage message) {
        CompletionNotification notification = NotificationCodec.decode(message.payload());
        ChamberId chamber = notification.run().chamber();
        if (!parts.subjects().chamber(message.subject()).equals(Optional.of(chamber))) {
            throw new IllegalArgumentException(
                    "notification of chamber " + chamber + " came under the subject " + message.subject());
        }
        return notification;
    }

    private void resume() {
        Pipeline built = pipeline;
        if (built != null) {
            built.intake.resume();
        }
    }

    private void publishStats(Pipeline built) {
        CacheStats cache = built.cache.stats();
        stats = metrics.stats(
                built.intake.size(),
                built.intake.oldestMillis(),
                built.bytes.held(),
                cache.hits(),
                cache.misses(),
                built.outage.reason());
        vertx.eventBus().publish(ProcessingStats.ADDRESS, stats);
    }
}
