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
            Intake intake,
            PullLoop pull) {}

    @Override
    public Future<?> start() {
        return HistoryCache.open(vertx, parts.store(), parts.cache()).compose(cache -> {
            Pipeline built = build(cache);
            pipeline = built;
            long progress = parts.settings().progressInterval().toMillis();
            vertx.setPeriodic(progress, id -> built.intake.reportProgress());
            vertx.setPeriodic(STATS_INTERVAL, id -> publishStats(built));
            return built.pull.start();
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
        return built != null && built.pull.isPulling() && stats.paused().isEmpty();
    }

    /** Any thread. */
    Future<Void> drain(Duration budget) {
        Pipeline built = pipeline;
        if (built == null) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        built.context.runOnContext(v -> built.pull
                .stop()
                .transform(stopped -> built.intake.drain(budget))
                .transform(settled -> built.pull.close())
                .onComplete(drained));
        return drained.future();
    }

    private Pipeline build(HistoryCache cache) {
        ProcessingSettings settings = parts.settings();
        ChartStore store = new CachedChartStore(parts.store(), cache);
        CalculationPool calculation = new CalculationPool(vertx, settings.workers(), settings.limits());
        ByteGate bytes = new ByteGate(settings.maxHeldBytes());
        NotificationPipeline run = new NotificationPipeline(
                store,
                new Histories(store, new LimitCache(store, System::nanoTime)),
                parts.strategies(),
                calculation,
                new AlarmStream(parts.alarms()),
                bytes,
                metrics);
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
                new RunReports(vertx.eventBus(), metrics));
        PullLoop pull = new PullLoop(vertx, parts.work(), settings.maxInFlight(), intake::accept);
        return new Pipeline(context, cache, calculation, bytes, outage, intake, pull);
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
                built.intake.size(), built.bytes.held(), cache.hits(), cache.misses(), built.outage.reason());
        vertx.eventBus().publish(ProcessingStats.ADDRESS, stats);
    }
}
