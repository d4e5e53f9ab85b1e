package io.tfdc.simulator.feed;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.simulator.RunSource;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.simulator.TChartPacker;
import io.tfdc.storage.ChartStore;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays the data collector for a source of runs: T-chart to the store, then the notification, in order per chamber. Runs are made and
 * packed on a thread of their own; everything else happens on the context that the feeder was made on. The number of runs on their
 * way is bounded by the pace, so memory is too.
 */
public final class RunFeeder {
    private static final long NANOS = 1_000_000_000L;
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final RunSource source;
    private final ChartStore store;
    private final Notifier notifier;
    private final Listener listener;
    private final int attempts;
    private final Tracing tracing;
    private final WorkerExecutor maker;
    private final TChartPacker packer = new TChartPacker();
    private final Promise<Long> finished = Promise.promise();
    private final Map<ChamberId, Future<?>> lastOfChamber = new HashMap<>();
    private final Set<RunId> outstanding = new HashSet<>();
    private FeedPace pace;
    private long runsLeft;
    private long fed;
    private int making;
    private int announcing;
    private long nextDueNanos;
    private long timer = -1;
    private boolean ended;

    /** The way to the broker. */
    @FunctionalInterface
    public interface Notifier {
        /**
         * Publishes a notification under its run's key and succeeds when it is stored.
         *
         * @param headers of the message
         */
        Future<?> publish(CompletionNotification notification, Map<String, String> headers);
    }

    /** Hears of every run on the feeder's context. */
    public interface Listener {
        /** The run is about to be announced: whoever wants its truth must note it now. */
        void announcing(SimulatedRun run, TChart chart);

        /** The run's notification was stored by the broker. */
        default void announced(RunId run) {
            // most listeners hear of the run's end from the pipeline
        }
    }

    /**
     * Must be made on a Vert.x context.
     *
     * @param maxRuns how many runs to feed, {@link Long#MAX_VALUE} for all that the source has
     * @param attempts how often storing and publishing are tried, a second apart, before the feed fails; at least 1
     * @param tracing where the traces of the runs begin
     */
    public RunFeeder(
            Vertx vertx,
            RunSource source,
            long maxRuns,
            FeedPace pace,
            ChartStore store,
            Notifier notifier,
            Listener listener,
            int attempts,
            Tracing tracing) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.source = source;
        this.runsLeft = maxRuns;
        this.pace = pace;
        this.store = store;
        this.notifier = notifier;
        this.listener = listener;
        this.attempts = attempts;
        this.tracing = tracing;
        this.maker = vertx.createSharedWorkerExecutor("defender-simulator", 1);
    }

    /** Starts; the future yields the number of runs announced when the source has ended and every run is completed. */
    public Future<Long> start() {
        nextDueNanos = System.nanoTime();
        fill();
        return finished.future();
    }

    /** Changes the pace of the runs to come. */
    public void pace(FeedPace next) {
        pace = next;
        nextDueNanos = System.nanoTime();
        fill();
    }

    /** Tells that a run is processed and makes room for another; without effect for runs not on their way. */
    public void completed(RunId run) {
        if (outstanding.remove(run)) {
            fill();
        }
    }

    /** Makes no more runs; {@link #start}'s future completes as if the source had ended. */
    public void stop() {
        runsLeft = 0;
        fill();
    }

    /** Runs announced so far. */
    public long fed() {
        return fed;
    }

    /** Runs on their way. */
    public int outstanding() {
        return outstanding.size() + making;
    }

    private void fill() {
        while (!ended && runsLeft > 0 && outstanding() < pace.maxOutstanding() && isDue()) {
            runsLeft--;
            making++;
            maker.executeBlocking(this::make, true).onComplete(made -> {
                making--;
                if (made.failed()) {
                    fail(made.cause());
                } else {
                    announce(made.result());
                }
            });
        }
        if ((ended || runsLeft <= 0) && outstanding() == 0 && announcing == 0) {
            finish();
        }
    }

    /** Whether the pace lets a run start now; if not, sets the alarm clock. */
    private boolean isDue() {
        if (!pace.isLimited()) {
            return true;
        }
        long now = System.nanoTime();
        long wait = nextDueNanos - now;
        if (wait > 0) {
            if (timer < 0) {
                timer = vertx.setTimer(Math.max(1, wait / 1_000_000), id -> {
                    timer = -1;
                    fill();
                });
            }
            return false;
        }
        long interval = (long) (NANOS / pace.runsPerSecond());
        nextDueNanos = Math.max(nextDueNanos, now - 10 * interval) + interval;
        return true;
    }

    private record Made(SimulatedRun run, TChart chart) {}

    private @Nullable Made make() {
        SimulatedRun run = source.next();
        return run == null ? null : new Made(run, packer.pack(run));
    }

    private void announce(@Nullable Made made) {
        if (made == null) {
            ended = true;
            fill();
            return;
        }
        RunId id = made.run.context().id();
        outstanding.add(id);
        announcing++;
        listener.announcing(made.run, made.chart);
        Span trace = tracing.begin(Step.COLLECT, id);
        Future<?> stored = storeEvents(made.run)
                .compose(done -> trace.follow(
                        Step.STORE_T_CHART, span -> persistently(() -> store.putTChart(made.chart), attempts)));
        Future<?> before = lastOfChamber.getOrDefault(id.chamber(), Future.succeededFuture());
        CompletionNotification notification = new CompletionNotification(
                id, made.run.context().end(), made.run.context().attributes());
        Future<?> announced = Future.all(before, stored)
                .compose(done -> trace.follow(
                        Step.PUBLISH,
                        span -> persistently(() -> notifier.publish(notification, span.headers()), attempts)));
        lastOfChamber.put(id.chamber(), announced);
        announced.onComplete(done -> context.runOnContext(then -> {
            trace.end(done.cause());
            announcing--;
            if (done.failed()) {
                fail(done.cause());
            } else {
                fed++;
                listener.announced(id);
                fill();
            }
        }));
    }

    private Future<?> storeEvents(SimulatedRun run) {
        Future<?> stored = Future.succeededFuture();
        for (ChamberEvent event : run.before()) {
            stored = stored.compose(done -> persistently(() -> store.putChamberEvent(event), attempts));
        }
        return stored;
    }

    /** Everything written here can be written again without harm. */
    private Future<Void> persistently(Supplier<Future<?>> write, int left) {
        Future<Void> written = write.get().mapEmpty();
        return left <= 1
                ? written
                : written.recover(failure -> vertx.timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                        .compose(waited -> persistently(write, left - 1)));
    }

    private void fail(Throwable cause) {
        runsLeft = 0;
        if (finished.tryFail(cause)) {
            release();
        }
    }

    private void finish() {
        if (finished.tryComplete(fed)) {
            release();
        }
    }

    private void release() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        maker.close();
    }
}
