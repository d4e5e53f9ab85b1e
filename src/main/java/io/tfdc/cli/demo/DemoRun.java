package io.tfdc.cli.demo;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.tfdc.model.TChart;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.RunFailed;
import io.tfdc.simulator.RunSource;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.simulator.feed.FeedPace;
import io.tfdc.simulator.feed.RunFeeder;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * Feeds the system and keeps the board, all on the one context it was made on: as fast as possible until every chamber's charts have
 * limits, then at the wanted rate.
 */
final class DemoRun {
    /** More than are in work at a time, so that processing never waits for the simulator. */
    private static final int OUTSTANDING = 48;

    private static final int CHART_RUNS = 90;
    private static final long CHART_STAYS_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final DemoSystem system;
    private final DemoBoard board;
    private final RunFeeder feeder;
    private final double runsPerSecond;
    private final Promise<Void> settled = Promise.promise();
    private boolean paced;
    private boolean chartPending;
    private long chartShownNanos;

    DemoRun(Vertx vertx, DemoSystem system, RunSource source, DemoBoard board, DemoOptions options) {
        this.system = system;
        this.board = board;
        this.runsPerSecond = options.runsPerSecond();
        this.chartShownNanos = System.nanoTime() - CHART_STAYS_NANOS;
        this.feeder = new RunFeeder(
                vertx,
                source,
                options.runs(),
                FeedPace.unlimited(OUTSTANDING),
                system.store(),
                (notification, headers) -> system.announce(notification),
                this::announcing,
                1,
                Tracing.OFF);
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, message -> completed(message.body()));
        vertx.eventBus().<RunFailed>localConsumer(RunFailed.ADDRESS, message -> failed(message.body()));
        vertx.eventBus().<ProcessingStats>localConsumer(ProcessingStats.ADDRESS, message -> counted(message.body()));
    }

    /** Completes when every run is done. */
    Future<Long> start() {
        return feeder.start();
    }

    /** Feeds no more; what is on its way still finishes. */
    void stop() {
        feeder.stop();
    }

    /** Completes when the pipeline's counters, published every second, have caught up with the runs that are done. */
    Future<Void> settled() {
        return settled.future();
    }

    private void counted(ProcessingStats stats) {
        board.stats(stats);
        if (feeder.outstanding() == 0 && stats.processed() >= board.done()) {
            settled.tryComplete();
        }
    }

    private void announcing(SimulatedRun run, TChart chart) {
        board.announcing(run, chart.blobBytes());
    }

    private void completed(RunCompleted run) {
        board.completed(run).ifPresent(event -> show(run, event));
        if (!paced && runsPerSecond < Double.POSITIVE_INFINITY && !board.isLearning()) {
            paced = true;
            feeder.pace(new FeedPace(runsPerSecond, OUTSTANDING));
        }
        feeder.completed(run.run());
    }

    private void failed(RunFailed failure) {
        board.failed(failure);
        if (failure.action() == RunFailed.Action.DEAD_LETTERED) {
            failure.run().ifPresent(feeder::completed);
        }
    }

    /** Puts the chart behind an event on the board, unless one was put there just now. */
    private void show(RunCompleted run, DefenseEvent event) {
        if (chartPending || System.nanoTime() - chartShownNanos < CHART_STAYS_NANOS) {
            return;
        }
        chartPending = true;
        Evidence evidence = event.evidence().get(0);
        system.store()
                .history(run.run().chamber(), run.group(), run.end().plusMillis(1), CHART_RUNS)
                .onComplete(read -> {
                    chartPending = false;
                    if (read.succeeded() && !read.result().isEmpty()) {
                        chartShownNanos = System.nanoTime();
                        double[] newestFirst = read.result().stream()
                                .mapToDouble(chart -> chart.value(evidence.indicator()))
                                .toArray();
                        board.chart(new AlarmedChart(
                                run.run().chamber(),
                                evidence.indicator(),
                                board.unit(
                                        run.run().chamber(),
                                        evidence.indicator().svid()),
                                evidence.limits(),
                                reversed(newestFirst),
                                event.severity()));
                    }
                });
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }
}
