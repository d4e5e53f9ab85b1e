package io.tfdc.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.config.DefenderConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.simulator.Fab;
import io.tfdc.simulator.FabConfig;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.simulator.feed.FeedPace;
import io.tfdc.simulator.feed.RunFeeder;
import io.tfdc.storage.ChartStore;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A simulated fab that feeds the broker and the store of an installation. */
final class SimulatedSite implements RunFeeder.Listener {
    /** A broker or a store may be away for so many seconds. */
    private static final int PATIENCE = 60;

    private static final long PROGRESS_MILLIS = 5_000;
    private static final int METADATA_AT_ONCE = 64;

    private final DefenderConfig config;
    private final Load load;
    private final PrintWriter out;
    private final boolean json;
    private final Map<String, Integer> faults = new TreeMap<>();
    private volatile @Nullable Context context;
    private volatile boolean stopped;
    private @Nullable RunFeeder feeder;
    private long startNanos;
    private long bytes;
    private long samples;
    private long announced;

    /**
     * How much.
     *
     * @param runsPerSecond 0 for no limit
     * @param runs {@link Long#MAX_VALUE} for no end
     */
    record Load(
            long seed,
            int chambers,
            double faultRate,
            int learningRuns,
            int svids,
            double hz,
            double runsPerSecond,
            int outstanding,
            long runs) {
        FabConfig fab(Instant start) {
            return FabConfig.standard(seed, start)
                    .withChambers(chambers)
                    .withFaults(faultRate, learningRuns)
                    .withLoad(svids, hz);
        }

        FeedPace pace() {
            return new FeedPace(runsPerSecond == 0 ? Double.POSITIVE_INFINITY : runsPerSecond, outstanding);
        }
    }

    SimulatedSite(DefenderConfig config, Load load, PrintWriter out, boolean json) {
        this.config = config;
        this.load = load;
        this.out = out;
        this.json = json;
    }

    /** Feeds until the runs are done or {@link #stop} is called, then prints the summary. */
    void run() {
        FabConfig fab = fab();
        TracingWiring tracing = TracingWiring.open(config, "defender-simulate");
        ShortLived.run(vertx -> {
            context = vertx.getOrCreateContext();
            Future<MessageBroker> broker = Connections.broker(vertx, config);
            Future<ChartStore> store = Connections.store(vertx, config);
            return Future.all(broker, store)
                    .compose(both -> SiteStreams.open(broker.result(), config.nats()))
                    .compose(streams -> feed(vertx, fab, streams, store.result(), tracing.tracing()))
                    .eventually(() -> Future.join(close(store, ChartStore::close), close(broker, MessageBroker::close)))
                    .eventually(tracing::close);
        });
        summarise();
    }

    /** Makes no more runs; any thread. */
    void stop() {
        stopped = true;
        Context known = context;
        if (known != null) {
            known.runOnContext(v -> {
                if (feeder != null) {
                    feeder.stop();
                }
            });
        }
    }

    @Override
    public void announcing(SimulatedRun run, TChart chart) {
        bytes += chart.blobBytes();
        samples += run.points();
        run.faults().stream()
                .filter(fault -> fault.age() == 0)
                .forEach(fault -> faults.merge(fault.kind().text(), 1, Integer::sum));
    }

    @Override
    public void announced(RunId run) {
        announced++;
        if (feeder != null) {
            feeder.completed(run);
        }
    }

    private FabConfig fab() {
        try {
            return load.fab(Instant.now());
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private Future<Long> feed(Vertx vertx, FabConfig config, SiteStreams streams, ChartStore store, Tracing tracing) {
        Fab fab = new Fab(config);
        return storeMetadata(store, fab.metadata(), 0).compose(stored -> {
            startNanos = System.nanoTime();
            RunFeeder made = new RunFeeder(
                    vertx,
                    fab,
                    stopped ? 0 : load.runs(),
                    load.pace(),
                    store,
                    (notification, headers) -> publish(streams, notification, headers),
                    this,
                    PATIENCE,
                    tracing);
            feeder = made;
            if (!json) {
                vertx.setPeriodic(PROGRESS_MILLIS, id -> progress());
            }
            return made.start();
        });
    }

    private static Future<Void> storeMetadata(ChartStore store, List<ChamberMetadata> all, int from) {
        if (from >= all.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(all.size(), from + METADATA_AT_ONCE);
        List<Future<Void>> writes =
                all.subList(from, to).stream().map(store::putChamberMetadata).toList();
        return Future.all(writes).compose(done -> storeMetadata(store, all, to));
    }

    private static Future<?> publish(
            SiteStreams streams, CompletionNotification notification, Map<String, String> headers) {
        return streams.notifications()
                .publish(
                        streams.subjects().completed(notification.run().chamber()),
                        NotificationCodec.encode(notification),
                        notification.run().toString(),
                        headers);
    }

    private static <T> Future<Void> close(Future<T> opened, java.util.function.Function<T, Future<Void>> close) {
        return opened.succeeded() ? close.apply(opened.result()) : Future.succeededFuture();
    }

    private void progress() {
        out.printf(Locale.ROOT, "%,d runs, %.1f runs/s, %.1f MB of T-charts%n", announced, perSecond(), bytes / 1e6);
        out.flush();
    }

    private double perSecond() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return announced / Math.max(seconds, 1e-3);
    }

    private void summarise() {
        double rate = perSecond();
        if (json) {
            ObjectNode summary = new ObjectMapper().createObjectNode();
            summary.put("runs", announced).put("runsPerSecond", Math.round(rate * 10) / 10.0);
            summary.put("samples", samples).put("tChartBytes", bytes);
            ObjectNode kinds = summary.putObject("faults");
            faults.forEach(kinds::put);
            out.println(summary);
        } else {
            progress();
            out.println("faults begun: " + faults);
        }
        out.flush();
    }
}
