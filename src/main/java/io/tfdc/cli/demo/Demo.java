package io.tfdc.cli.demo;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.simulator.Fab;
import io.tfdc.simulator.FabConfig;
import io.tfdc.simulator.RecordedRuns;
import io.tfdc.simulator.RunSource;
import io.tfdc.storage.Retention;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One demonstration from start to end. {@link #run} blocks its thread, which must not be an event loop; {@link #stop} may come from any
 * other.
 */
public final class Demo {
    private static final String STORE_FILE = "charts.db";
    private static final long REFRESH_MILLIS = 150;
    private static final long WAIT_SECONDS = 60;
    private static final long COUNTERS_SECONDS = 2;
    /** Runs that did not count for the baseline, because something was missing, make learning last a little longer. */
    private static final int SPARED_BEYOND_LEARNING = 5;
    /** Enough for the charts' history and rules; the demonstration must not fill the disk. */
    private static final Retention SHORT = new Retention(Duration.ofMinutes(10), Duration.ofDays(1));

    private final DemoOptions options;
    private final DemoView view;
    private final Consumer<String> served;
    private final CompletableFuture<Long> finished = new CompletableFuture<>();
    private volatile @Nullable Runnable stopper;
    private volatile boolean stopped;

    /** How it is watched. */
    public enum Display {
        /** Not at all; the result is what counts. */
        NOTHING,
        /** A terminal's screen, redrawn in place. */
        SCREEN,
        /** Some lines now and then. */
        LINES
    }

    public Demo(DemoOptions options, Display display, PrintWriter out, boolean colours) {
        this(options, display, out, colours, address -> {});
    }

    /** @param served told the address to open in a browser, empty for none, before the first run */
    public Demo(DemoOptions options, Display display, PrintWriter out, boolean colours, Consumer<String> served) {
        this.options = options;
        this.view = DemoView.of(display, out, colours);
        this.served = served;
    }

    /** Where the runs come from and whose they are. */
    private record Origin(
            RunSource source, List<ChamberId> chambers, List<ChamberMetadata> metadata, String title, Instant start) {}

    /**
     * Demonstrates until the runs are done or {@link #stop} is called.
     *
     * @throws IOException if a file can't be read or the store can't be written
     * @throws IllegalArgumentException if a strategy is refused
     */
    public DemoSummary run() throws IOException {
        DemoStrategies strategies = DemoStrategies.load(options);
        Origin origin = origin(strategies.learningRuns());
        Path keep = options.keep();
        Path folder = keep == null ? Files.createTempDirectory("defender-demo-") : Files.createDirectories(keep);
        Vertx vertx = Vertx.vertx();
        try {
            return run(vertx, folder.resolve(STORE_FILE), strategies, origin);
        } finally {
            view.close();
            await(vertx.close());
            if (keep == null) {
                delete(folder);
            }
        }
    }

    /** Ends the demonstration; {@link #run} returns soon. */
    public void stop() {
        stopped = true;
        Runnable now = stopper;
        if (now != null) {
            now.run();
        }
    }

    private DemoSummary run(Vertx vertx, Path file, DemoStrategies strategies, Origin origin) throws IOException {
        Retention retention = options.keep() == null ? SHORT : Retention.DEFAULT;
        DemoSystem system = await(DemoSystem.start(vertx, file, retention, strategies));
        await(Future.all(
                origin.metadata.stream().map(system.store()::putChamberMetadata).toList()));
        Context context = vertx.getOrCreateContext();
        String address =
                options.isServed() ? await(DemoServer.start(vertx, system, options.servePort(), origin.start)) : "";
        served.accept(address);
        DemoBoard board = new DemoBoard(
                address.isEmpty() ? origin.title : origin.title + "  " + address,
                options.runs(),
                origin.chambers,
                strategies.learningRuns(),
                System.nanoTime());
        try {
            DemoRun run = on(context, () -> new DemoRun(vertx, system, origin.source, board, options));
            on(
                    context,
                    () -> run.start().onComplete(done -> {
                        if (done.failed()) {
                            finished.completeExceptionally(done.cause());
                        } else {
                            finished.complete(done.result());
                        }
                    }));
            stopper = () -> context.runOnContext(v -> run.stop());
            if (stopped) {
                run.stop();
            }
            watch(context, board);
            long endNanos = System.nanoTime();
            await(run.settled().timeout(COUNTERS_SECONDS, TimeUnit.SECONDS).otherwiseEmpty());
            return on(context, () -> board.summary(endNanos));
        } finally {
            await(system.stop());
        }
    }

    private void watch(Context context, DemoBoard board) throws IOException {
        while (true) {
            view.show(on(context, () -> board.snapshot(System.nanoTime())));
            try {
                finished.get(REFRESH_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException goesOn) {
                // draw again
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private Origin origin(int learningRuns) throws IOException {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(2, ChronoUnit.DAYS);
        if (options.traces().isEmpty()) {
            Fab fab = new Fab(FabConfig.standard(options.seed(), start)
                    .withTools(options.tools())
                    .withFaults(options.faultRate(), learningRuns + SPARED_BEYOND_LEARNING));
            String title = options.tools() + " tools, " + fab.chambers().size() + " chambers, seed " + options.seed();
            return new Origin(fab, fab.chambers(), fab.metadata(), title, start);
        }
        RecordedRuns traces = new RecordedRuns(options.traces(), start);
        List<ChamberMetadata> unknown = traces.chambers().stream()
                .map(chamber -> new ChamberMetadata(chamber, 0, 0, Duration.ZERO, 0, start))
                .toList();
        return new Origin(traces, traces.chambers(), unknown, "recorded traces: " + traces.chambers(), start);
    }

    private static <T> T on(Context context, Callable<T> task) throws IOException {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(v -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.completeExceptionally(e);
            }
        });
        return get(done);
    }

    private static <T> T await(Future<T> future) throws IOException {
        return get(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T get(CompletableFuture<T> done) throws IOException {
        try {
            return done.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static IOException failure(@Nullable Throwable cause) {
        if (cause instanceof UncheckedIOException unchecked) {
            return new IOException(unchecked.getMessage(), unchecked);
        }
        if (cause instanceof IOException io) {
            return io;
        }
        return new IOException(cause == null ? "failed" : String.valueOf(cause.getMessage()), cause);
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new IOException("interrupted");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
