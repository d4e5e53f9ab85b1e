package io.tfdc.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.config.DefenderConfig;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.processing.EventCatalog;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingParts;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.RunFailed;
import io.tfdc.processing.WholeStream;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategySource;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Publishes runs, has them processed in this process and measures. Everything happens on one event-loop context. */
final class PipelineBench {
    private static final int CONCURRENT_WRITES = 8;
    private static final int CONCURRENT_PUBLICATIONS = 64;
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final String STRATEGY = """
            apiVersion: fdc/v1
            strategy: bench
            version: 1
            mode: active
            match: { toolType: BENCH }
            chart:
              partitionBy: [tool, chamber, recipe, recipeVersion]
              history: 100
              limits:
                stat: { method: mean-mr, k: 6, baselineRuns: 20 }
            indicators:
              - { svid: "*", step: "*", stat: [mean, std, min, max, range, median] }
            rules:
              - id: outside
                when: { outside: stat, of: "*" }
                severity: alarm
              - id: shift
                when: { nelson: { rules: [1, 2], of: "*" } }
                severity: warning
            """;

    private final Vertx vertx;
    private final BenchPlan plan;
    private final BenchSite site;
    private final BenchRuns runs;
    private final Tracing tracing;
    private final Map<RunId, Long> published = new HashMap<>();
    private final Histogram calculation = new Histogram(3);
    private final Histogram latency = new Histogram(3);
    private int indicators;
    private int open;
    private Promise<Void> allDone = Promise.promise();

    private PipelineBench(Vertx vertx, BenchPlan plan, BenchSite site, BenchRuns runs, Tracing tracing) {
        this.vertx = vertx;
        this.plan = plan;
        this.site = site;
        this.runs = runs;
        this.tracing = tracing;
    }

    static BenchReport measure(DefenderConfig config, BenchPlan plan) {
        int total = plan.warmUpRuns() + plan.runs() + plan.steadyRuns();
        BenchRuns runs = new BenchRuns(plan, Instant.now(), total);
        TracingWiring tracing = TracingWiring.open(config, "defender-bench");
        return ShortLived.run(vertx -> BenchSite.open(vertx, config, plan.embedded())
                .compose(site -> new PipelineBench(vertx, plan, site, runs, tracing.tracing())
                        .measure(config)
                        .eventually(site::close))
                .eventually(tracing::close));
    }

    private Future<BenchReport> measure(DefenderConfig config) {
        EventCatalog.register(vertx);
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, m -> completed(m.body()));
        Promise<BenchReport> failed = Promise.promise();
        vertx.eventBus().<RunFailed>localConsumer(RunFailed.ADDRESS, message -> {
            if (message.body().action() == RunFailed.Action.DEAD_LETTERED) {
                failed.tryFail("a run failed: " + message.body().failure().reason());
            }
        });
        int warm = plan.warmUpRuns();
        int backlog = warm + plan.runs();
        int total = backlog + plan.steadyRuns();
        double[] perSecond = new double[1];
        Future<BenchReport> measured = store(0, total)
                .compose(stored -> Processing.start(vertx, parts(config)))
                .compose(processing -> backlog(0, warm)
                        .compose(seconds -> backlog(warm, backlog))
                        .compose(seconds -> {
                            perSecond[0] = plan.runs() / seconds;
                            return steady(backlog, total);
                        })
                        .eventually(() -> processing.stop(STOP)))
                .map(done ->
                        new BenchReport(plan, runs.run(0).blobBytes(), indicators, perSecond[0], calculation, latency));
        return Future.any(measured, failed.future())
                .compose(first -> measured.succeeded() ? measured : failed.future());
    }

    private ProcessingParts parts(DefenderConfig config) {
        StrategyBook book = StrategyBook.compile(List.of(new StrategySource("bench", STRATEGY)));
        WholeStream work = new WholeStream(
                site.streams().notifications(),
                site.streams().subjects().everyCompleted(),
                "bench",
                config.processing().ackWait(),
                config.processing().maxConcurrent());
        return new ProcessingParts(
                DefenderProcess.settings(config.processing()),
                site.store(),
                new CacheOptions(config.processing().cacheSize().bytes(), 128, 128),
                work.feed(),
                site.streams().subjects(),
                site.streams().alarms(),
                site.streams().deadLetters(),
                Future::succeededFuture,
                () -> book,
                Ownership.everything(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                tracing);
    }

    private void completed(RunCompleted run) {
        Long start = published.remove(run.run());
        if (start == null) {
            return;
        }
        indicators = run.indicators();
        calculation.recordValue(Math.max(1, run.calculation().toNanos() / 1000));
        latency.recordValue(Math.max(1, (System.nanoTime() - start) / 1000));
        if (--open == 0) {
            allDone.complete();
        }
    }

    /** Stores T-charts, some at a time. */
    private Future<Void> store(int from, int to) {
        ChartStore store = site.store();
        return Lanes.each(from, to, CONCURRENT_WRITES, number -> store.putTChart(runs.run(number)));
    }

    /** Publishes as fast as the broker takes them; yields the seconds until the last acknowledgement. */
    private Future<Double> backlog(int from, int to) {
        begin(to - from);
        long start = System.nanoTime();
        return Lanes.each(from, to, CONCURRENT_PUBLICATIONS, this::publish)
                .compose(all -> allDone.future())
                .map(done -> (System.nanoTime() - start) / 1e9);
    }

    /** Publishes on a fixed schedule, however the pipeline keeps up. */
    private Future<Void> steady(int from, int to) {
        if (from == to) {
            return Future.succeededFuture();
        }
        begin(to - from);
        long start = System.nanoTime();
        double interval = 1e9 / plan.rate();
        int[] next = {from};
        vertx.setPeriodic(1, timer -> {
            while (next[0] < to && System.nanoTime() - start >= (next[0] - from) * interval) {
                publish(next[0]++).onFailure(error -> allDone.tryFail(error));
            }
            if (next[0] == to) {
                vertx.cancelTimer(timer);
            }
        });
        return allDone.future();
    }

    private void begin(int expected) {
        open = expected;
        allDone = Promise.promise();
        calculation.reset();
        latency.reset();
    }

    private Future<Void> publish(int number) {
        CompletionNotification notification = runs.notification(number);
        published.put(notification.run(), System.nanoTime());
        return site.streams()
                .notifications()
                .publish(
                        site.streams().subjects().completed(notification.run().chamber()),
                        NotificationCodec.encode(notification),
                        notification.run().toString(),
                        Map.of())
                .mapEmpty();
    }
}
