package io.tfdc.processing;

import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.processing.RunFailed.Action;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.SampleRuns;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline on the embedded broker and a SQLite file. */
class ProcessingTest {
    private static final Clock CLOCK = Clock.fixed(SampleRuns.BEGIN.plusSeconds(864_000), ZoneOffset.UTC);
    private static final ChamberId A = new ChamberId("ETCH01", "A");
    private static final ChamberId B = new ChamberId("ETCH01", "B");

    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final EmbeddedBroker broker = EmbeddedBroker.create(vertx);
    private final SampleRuns runs = SampleRuns.small();
    private final LinkedBlockingQueue<RunCompleted> completions = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RunFailed> failures = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private ChartStore store;
    private MessageStream notifications;
    private MessageStream alarms;
    private MessageStream letters;
    private int incarnation;

    @BeforeEach
    void open() throws Exception {
        store = await(SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, CLOCK));
        notifications = await(broker.stream(stream("dc-notifications", "dc.>", StreamConfig.Retention.WORK_QUEUE)));
        alarms = await(broker.stream(stream("fdc-alarms", "fdc.alarm.>", StreamConfig.Retention.LIMITS)));
        letters = await(broker.stream(stream("dc-dlq", "dlq.>", StreamConfig.Retention.LIMITS)));
        EventCatalog.register(vertx);
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, m -> completions.add(m.body()));
        vertx.eventBus().<RunFailed>localConsumer(RunFailed.ADDRESS, m -> failures.add(m.body()));
    }

    @AfterEach
    void close() throws Exception {
        await(store.close());
        await(broker.close());
        kit.close();
    }

    @Test
    void runsBecomeChartsAndAlarmsInTheOrderOfTheirChamber() throws Exception {
        Processing processing = start();
        for (int number = 0; number < 20; number++) {
            publish(runs.run(A, number, number == 19 ? 60 : 0));
            publish(runs.run(B, number, 0));
        }
        List<RunCompleted> done = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            done.add(next(completions));
        }
        for (ChamberId chamber : List.of(A, B)) {
            List<String> order = done.stream()
                    .filter(run -> run.run().chamber().equals(chamber))
                    .map(run -> run.run().context())
                    .toList();
            assertEquals(order.stream().sorted().toList(), order);
            assertEquals(20, charts(chamber).size());
        }
        RunCompleted shifted = done.stream()
                .filter(run -> run.run().equals(runs.id(A, 19)))
                .findFirst()
                .orElseThrow();
        assertEquals(1, shifted.deliveries());
        assertTrue(shifted.events().size() > 0, shifted.toString());
        assertTrue(await(alarms.size()) >= shifted.events().size());
        assertEquals(0, await(notifications.size()));
        await(processing.stop(Duration.ofSeconds(10)));
        assertEquals(List.of(), await(notifications.consumers()));
        assertTrue(processing.stats().cacheHitRate() > 0.5 || processing.stats().received() == 0);
    }

    @Test
    void aDamagedRunIsADeadLetterAndTheNextOneOfItsChamberIsProcessedAtOnce() throws Exception {
        Processing processing = start();
        TChart good = runs.run(A, 1);
        byte[] damaged = good.blobs().get(0).clone();
        new Random(7).nextBytes(damaged);
        await(store.putTChart(new TChart(good.context(), good.svids(), good.stepSvid(), List.of(damaged))));
        notifyOf(1);
        publish(runs.run(A, 2));

        RunFailed failed = next(failures);
        assertEquals(Action.DEAD_LETTERED, failed.action());
        assertEquals(runs.id(A, 2), next(completions).run());
        DeadLetters.DeadLetter letter =
                await(new DeadLetters(letters, CLOCK).list(10)).get(0);
        assertEquals("TraceException", letter.error());
        assertEquals("header", letter.section());
        assertEquals(0, letter.offset());
        assertTrue(letter.reason().contains("ETCH01:A:ctx_00001, blob 0"), letter.reason());
        assertEquals(0, await(notifications.size()));

        await(store.putTChart(good));
        await(new DeadLetters(letters, CLOCK).replay(letter, notifications));
        assertEquals(runs.id(A, 1), next(completions).run());
        assertEquals(0, await(letters.size()));
        await(processing.stop(Duration.ofSeconds(10)));
    }

    @Test
    void aRunWhoseTChartComesLateIsProcessedWhenItIsThere() throws Exception {
        Processing processing = start();
        notifyOf(1);
        assertEquals(Action.RETRIED, next(failures).action());
        await(store.putTChart(runs.run(A, 1)));
        RunCompleted done = next(completions);
        assertEquals(runs.id(A, 1), done.run());
        assertEquals(2, done.deliveries());
        await(processing.stop(Duration.ofSeconds(10)));
    }

    @Test
    void aNotificationPublishedTwiceChangesNothing() throws Exception {
        Processing processing = start();
        for (int number = 0; number < 10; number++) {
            publish(runs.run(A, number, number == 9 ? 60 : 0));
            next(completions);
        }
        List<UChart> charts = charts(A);
        long published = await(alarms.size());
        for (int number : new int[] {9, 4, 9}) {
            await(notifications.publish(
                    "dc.ETCH01.A.completed", NotificationCodec.encode(runs.notification(A, number)), "", Map.of()));
            assertEquals(RunCompleted.Outcome.REPEATED, next(completions).outcome());
        }
        await(processing.stop(Duration.ofSeconds(10)));
        Processing restarted = start();
        await(notifications.publish(
                "dc.ETCH01.A.completed", NotificationCodec.encode(runs.notification(A, 9)), "", Map.of()));
        assertEquals(RunCompleted.Outcome.REPEATED, next(completions).outcome());
        assertEquals(charts, charts(A));
        assertEquals(published, await(alarms.size()));
        await(restarted.stop(Duration.ofSeconds(10)));
    }

    @Test
    void aNotificationUnderAnotherChambersSubjectIsADeadLetter() throws Exception {
        Processing processing = start();
        await(notifications.publish(
                "dc.ETCH01.B.completed", NotificationCodec.encode(runs.notification(A, 1)), "", Map.of()));
        await(notifications.publish("dc.ETCH01.B.completed", new byte[] {'{'}, "", Map.of()));
        assertEquals(Action.DEAD_LETTERED, next(failures).action());
        assertEquals(Action.DEAD_LETTERED, next(failures).action());
        List<DeadLetters.DeadLetter> dead = await(new DeadLetters(letters, CLOCK).list(10));
        assertEquals(
                "notification of chamber ETCH01:A came under the subject dc.ETCH01.B.completed",
                dead.get(0).reason());
        assertEquals("notification", dead.get(1).section());
        await(processing.stop(Duration.ofSeconds(10)));
    }

    @Test
    void aSecondProcessTakesOverWhatTheFirstLeftBehind() throws Exception {
        Processing first = start();
        for (int number = 0; number < 5; number++) {
            publish(runs.run(A, number));
            next(completions);
        }
        Processing second = start();
        for (int number = 5; number < 10; number++) {
            publish(runs.run(A, number));
            assertEquals(runs.id(A, number), next(completions).run());
        }
        assertEquals(10, charts(A).size());
        await(second.stop(Duration.ofSeconds(10)));
        await(first.stop(Duration.ofSeconds(10)));
    }

    @Test
    void aChamberOfWhichTheStoreKnowsNoWeightIsWeighedByItsRuns() throws Exception {
        Processing processing = start(ProcessingSettings.defaults().withWeightInterval(Duration.ofSeconds(1)));
        for (int number = 0; number < 3; number++) {
            publish(runs.run(A, number));
            next(completions);
        }
        TChart run = runs.run(A, 0);
        eventually("the chamber is weighed", () -> !weights().isEmpty());
        ChamberMetadata weighed = weights().get(0);
        assertEquals(A, weighed.chamber());
        assertEquals(run.svids().size(), weighed.svidCount());
        assertEquals(Duration.between(run.context().start(), run.context().end()), weighed.contextDuration());
        assertTrue(weighed.weight() > 0, weighed::toString);
        await(processing.stop(Duration.ofSeconds(10)));
    }

    private List<ChamberMetadata> weights() {
        return VertxTestKit.await(store.chamberMetadata());
    }

    private Processing start() throws Exception {
        return start(ProcessingSettings.defaults());
    }

    private Processing start(ProcessingSettings settings) throws Exception {
        WholeStream work = new WholeStream(
                notifications, "dc.*.*.completed", "t" + incarnation++, settings.ackWait(), settings.maxInFlight());
        return await(Processing.start(
                vertx,
                new ProcessingParts(
                        settings,
                        store,
                        CacheOptions.DEFAULT,
                        work.feed(),
                        new Subjects(Subjects.DEFAULT_TEMPLATE),
                        alarms,
                        letters,
                        Future::succeededFuture,
                        SampleStrategy::book,
                        Ownership.everything(),
                        new SimpleMeterRegistry(),
                        CLOCK,
                        Tracing.OFF)));
    }

    private void publish(TChart chart) throws Exception {
        await(store.putTChart(chart));
        byte[] payload = NotificationCodec.encode(new CompletionNotification(
                chart.context().id(), chart.context().end(), chart.context().attributes()));
        ChamberId chamber = chart.context().id().chamber();
        await(notifications.publish(
                "dc." + chamber.tool() + '.' + chamber.chamber() + ".completed",
                payload,
                chart.context().id().toString(),
                Map.of()));
    }

    private void notifyOf(int number) throws Exception {
        await(notifications.publish(
                "dc.ETCH01.A.completed",
                NotificationCodec.encode(runs.notification(A, number)),
                runs.id(A, number).toString(),
                Map.of()));
    }

    private List<UChart> charts(ChamberId chamber) throws Exception {
        return await(store.uCharts(chamber, Instant.EPOCH, CLOCK.instant(), 1000));
    }

    private static StreamConfig stream(String name, String subject, StreamConfig.Retention retention) {
        return new StreamConfig(
                name, List.of(subject), retention, Duration.ofDays(7), 1 << 20, Duration.ofMinutes(2), 1, -1);
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) throws Exception {
        T item = queue.poll(20, TimeUnit.SECONDS);
        assertNotNull(item, "nothing came within 20 s");
        return item;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
