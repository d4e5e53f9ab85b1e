package io.tfdc.simulator.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.simulator.Fab;
import io.tfdc.simulator.FabConfig;
import io.tfdc.simulator.RunSource;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFeederTest {
    private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Fab fab = new Fab(FabConfig.standard(3, START).withTools(2).withMaintenance(10));
    private final List<RunId> announced = new ArrayList<>();
    private final List<SimulatedRun> truth = new ArrayList<>();
    private final AtomicReference<RunFeeder> feeder = new AtomicReference<>();
    private ChartStore store;
    private int highest;
    private int attempts = 1;

    @BeforeEach
    void open() throws Exception {
        store = await(() ->
                SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, InstantSource.system()));
    }

    @AfterEach
    void close() throws Exception {
        await(store::close);
        await(vertx::close);
    }

    @Test
    void everyRunIsStoredBeforeItIsAnnouncedAndInOrderPerChamber() throws Exception {
        long fed = await(() -> feed(
                fab,
                60,
                FeedPace.unlimited(7),
                notification -> store.getTChart(notification.run()).map(chart -> {
                    assertTrue(chart.isPresent(), () -> notification.run() + " is announced before it is stored");
                    return note(notification);
                })));
        assertEquals(60, fed);
        assertEquals(60, announced.size());
        assertTrue(highest <= 7, "on their way: " + highest);
        Map<ChamberId, RunId> last = new HashMap<>();
        for (RunId run : announced) {
            RunId before = last.put(run.chamber(), run);
            assertTrue(before == null || before.compareTo(run) < 0, () -> before + " before " + run);
        }
        for (SimulatedRun run : truth) {
            ChamberId chamber = run.context().id().chamber();
            if (!run.before().isEmpty()) {
                assertEquals(
                        run.before().get(0).type(),
                        await(() -> store.chamberEvents(
                                        chamber, START, run.context().end()))
                                .get(0)
                                .type());
            }
        }
        assertTrue(truth.stream().anyMatch(run -> !run.before().isEmpty()), "no maintenance among the runs");
    }

    @Test
    void aSourceThatEndsEndsTheFeed() throws Exception {
        List<SimulatedRun> three = List.of(fab.next(), fab.next(), fab.next());
        RunSource source = new RunSource() {
            private int at;

            @Override
            public SimulatedRun next() {
                return at < three.size() ? three.get(at++) : null;
            }
        };
        assertEquals(
                3L,
                await(() ->
                        feed(source, Long.MAX_VALUE, FeedPace.unlimited(10), n -> Future.succeededFuture(note(n)))));
    }

    @Test
    void stopLetsWhatIsOnItsWayFinish() throws Exception {
        long fed = await(() -> feed(fab, Long.MAX_VALUE, FeedPace.unlimited(4), notification -> {
            if (announced.size() == 20) {
                feeder.get().stop();
            }
            return Future.succeededFuture(note(notification));
        }));
        assertEquals(announced.size(), fed);
        assertTrue(fed >= 20 && fed <= 25, "fed " + fed);
    }

    @Test
    void aFailingBrokerFailsTheFeed() {
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> await(() -> feed(fab, 50, FeedPace.unlimited(4), n -> Future.failedFuture("broker is gone"))));
        assertEquals("broker is gone", failure.getCause().getMessage());
    }

    @Test
    void aBrokerThatComesBackIsWaitedFor() throws Exception {
        attempts = 3;
        int[] refused = {0};
        long fed = await(() -> feed(
                fab,
                5,
                FeedPace.unlimited(5),
                n -> refused[0]++ < 2 ? Future.failedFuture("away") : Future.succeededFuture(note(n))));
        assertEquals(5, fed);
        assertEquals(5, announced.size());
    }

    @Test
    void aPacedFeedKeepsItsRate() throws Exception {
        long before = System.nanoTime();
        await(() -> feed(fab, 21, new FeedPace(100, 50), n -> Future.succeededFuture(note(n))));
        double seconds = (System.nanoTime() - before) / 1e9;
        assertTrue(seconds >= 0.19, "21 runs at 100 a second took " + seconds + " s");
    }

    private Future<Long> feed(
            RunSource source,
            long runs,
            FeedPace pace,
            java.util.function.Function<CompletionNotification, Future<?>> notifier) {
        RunFeeder made = new RunFeeder(
                vertx,
                source,
                runs,
                pace,
                store,
                (notification, headers) -> notifier.apply(notification),
                new RunFeeder.Listener() {
                    @Override
                    public void announcing(SimulatedRun run, TChart chart) {
                        truth.add(run);
                        highest = Math.max(highest, feeder.get().outstanding());
                    }

                    @Override
                    public void announced(RunId run) {
                        feeder.get().completed(run);
                    }
                },
                attempts,
                Tracing.OFF);
        feeder.set(made);
        return made.start();
    }

    private RunId note(CompletionNotification notification) {
        announced.add(notification.run());
        return notification.run();
    }

    private <T> T await(Supplier<Future<T>> asynchronous) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        vertx.getOrCreateContext()
                .runOnContext(v -> asynchronous.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
        return done.get(60, TimeUnit.SECONDS);
    }
}
