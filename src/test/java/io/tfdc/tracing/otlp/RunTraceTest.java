package io.tfdc.tracing.otlp;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingParts;
import io.tfdc.processing.ProcessingSettings;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.RunFailed;
import io.tfdc.processing.WholeStream;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.simulator.feed.FeedPace;
import io.tfdc.simulator.feed.RunFeeder;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.OtlpReceiver;
import io.tfdc.testing.OtlpReceiver.Received;
import io.tfdc.testing.SampleRuns;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
import io.tfdc.tracing.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector, a real NATS server, the pipeline on a SQLite file, and a receiver of traces: each is what it is in an installation. */
@Tag("integration")
class RunTraceTest {
    private static final Clock CLOCK = Clock.fixed(SampleRuns.BEGIN.plusSeconds(864_000), ZoneOffset.UTC);
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");
    private static final Subjects SUBJECTS = new Subjects(Subjects.DEFAULT_TEMPLATE);

    private final VertxTestKit kit = new VertxTestKit(Duration.ofSeconds(5));
    private final Vertx vertx = kit.vertx();
    private final SampleRuns runs = SampleRuns.small();
    private final OtlpReceiver receiver = new OtlpReceiver(vertx, new HttpServerOptions());
    private final OtlpTracing collector = tracing("collector");
    private final OtlpTracing defender = tracing("defender");
    private final LinkedBlockingQueue<RunCompleted> completions = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RunFailed> failures = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private NatsServer nats;
    private MessageBroker broker;
    private ChartStore store;
    private MessageStream notifications;
    private MessageStream alarms;
    private MessageStream letters;
    private Processing processing;

    @BeforeEach
    void start() {
        nats = NatsServer.start();
        broker = await(kit.onContext(() -> NatsBroker.connect(vertx, NatsOptions.of("trace", nats.url()))));
        store = await(SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, CLOCK));
        notifications = await(broker.stream(Streams.notifications(1)));
        alarms = await(broker.stream(Streams.alarms(1)));
        letters = await(broker.stream(Streams.deadLetters(1)));
        ProcessingSettings settings = ProcessingSettings.defaults();
        processing = await(Processing.start(
                vertx,
                new ProcessingParts(
                        settings,
                        store,
                        CacheOptions.DEFAULT,
                        new WholeStream(
                                        notifications,
                                        SUBJECTS.everyCompleted(),
                                        "trace",
                                        settings.ackWait(),
                                        settings.maxInFlight())
                                .feed(),
                        SUBJECTS,
                        alarms,
                        letters,
                        Future::succeededFuture,
                        SampleStrategy::book,
                        Ownership.everything(),
                        new SimpleMeterRegistry(),
                        CLOCK,
                        defender)));
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, m -> completions.add(m.body()));
        vertx.eventBus().<RunFailed>localConsumer(RunFailed.ADDRESS, m -> failures.add(m.body()));
    }

    @AfterEach
    void stop() {
        await(processing.stop(Duration.ofSeconds(10)));
        await(store.close());
        await(broker.close());
        await(collector.close());
        await(defender.close());
        receiver.close();
        kit.close();
        nats.close();
    }

    @Test
    void aRunIsOneTraceFromTheCollectorToTheAcknowledgement() throws Exception {
        // The last one is far off, so that there is an alarm to publish.
        feed(IntStream.range(0, 8)
                .mapToObj(number -> simulated(number, number == 7 ? 60 : 0))
                .toList());
        RunId run = runs.id(CHAMBER, 7);
        List<Received> trace = traceOf(run, true);

        Files.writeString(
                Files.createDirectories(Path.of(System.getProperty("project.build.directory", "target"), "screenshots"))
                        .resolve("trace.svg"),
                TracePicture.draw(trace));
        assertEquals(
                List.of(
                        "collect run < ",
                        "store T-chart < collect run",
                        "publish notification < collect run",
                        "process run < publish notification",
                        "wait for turn < process run",
                        "fetch T-chart < process run",
                        "load history < process run",
                        "compute U-chart < process run",
                        "evaluate strategy < process run",
                        "store limits and events < process run",
                        "store U-chart < process run",
                        "publish alarms < process run",
                        "acknowledge < process run"),
                edges(trace));
        assertTrue(trace.stream().noneMatch(Received::failed), trace.toString());
        assertEquals(
                List.of("collector", "collector", "collector"),
                trace.stream()
                        .limit(3)
                        .map(span -> span.resource().get("service.name"))
                        .toList());
        Received process = named(trace, "process run");
        assertEquals("CONSUMER", process.kind());
        assertEquals("defender", process.resource().get("service.name"));
        assertEquals("ETCH01", process.attributes().get("defender.tool"));
        assertEquals("A", process.attributes().get("defender.chamber"));
        assertEquals(run.context(), process.attributes().get("defender.context"));
        assertEquals("processed", process.attributes().get("defender.outcome"));
        assertEquals("1", process.attributes().get("defender.deliveries"));

        List<StoredMessage> published = await(alarms.read(1, 100));
        assertTrue(
                published.stream()
                        .anyMatch(alarm -> alarm.headers().get("traceparent").contains(process.trace())),
                published.toString());
    }

    @Test
    void aMessageWithoutAContextOrWithABrokenOneIsProcessedAllTheSame() throws Exception {
        List<Map<String, String>> contexts = List.of(
                Map.of(),
                Map.of("traceparent", ""),
                Map.of("traceparent", "nonsense"),
                Map.of("traceparent", "00-00000000000000000000000000000000-0000000000000000-01"),
                Map.of("traceparent", "ff-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01"),
                Map.of("traceparent", "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01-" + "c".repeat(2000)),
                Map.of("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01", "tracestate", "=,;;=~"));
        for (int number = 0; number < contexts.size(); number++) {
            publish(runs.run(CHAMBER, number), contexts.get(number));
            assertEquals(runs.id(CHAMBER, number), next(completions).run());
        }
        for (int number = 0; number < contexts.size() - 1; number++) {
            Received process = named(traceOf(runs.id(CHAMBER, number), false), "process run");
            assertEquals("", process.parent(), "a trace of its own, with " + contexts.get(number));
        }
        Received last = named(traceOf(runs.id(CHAMBER, contexts.size() - 1), false), "process run");
        assertEquals("1".repeat(32), last.trace(), "a state that can't be read doesn't spoil the parent");
    }

    @Test
    void headersAreNamesAndHaveNoCase() throws Exception {
        publish(runs.run(CHAMBER, 1), Map.of("Traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01"));
        next(completions);
        Received process = named(traceOf(runs.id(CHAMBER, 1), false), "process run");
        assertEquals("1".repeat(32), process.trace());
        assertEquals("2".repeat(16), process.parent());
    }

    @Test
    void whatItsBeginnerDoesNotKeepIsNotKeptHere() throws Exception {
        publish(runs.run(CHAMBER, 1), Map.of("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-00"));
        publish(runs.run(CHAMBER, 2), Map.of());
        next(completions);
        next(completions);
        traceOf(runs.id(CHAMBER, 2), false);
        assertTrue(
                receiver.spans().stream().noneMatch(span -> span.trace().equals("1".repeat(32))),
                "spans of a trace that is not sampled");
    }

    @Test
    void aRunThatFailsSaysSoAndItsReplayGoesOnWithItsTrace() throws Exception {
        TChart good = runs.run(CHAMBER, 1);
        TChart damaged = new TChart(good.context(), good.svids(), good.stepSvid(), List.of(new byte[] {1, 2, 3}));
        publish(damaged, Map.of("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01"));
        assertEquals(RunFailed.Action.DEAD_LETTERED, next(failures).action());
        List<Received> trace = traceOf(runs.id(CHAMBER, 1), false);
        Received process = named(trace, "process run");
        assertTrue(process.failed());
        assertTrue(process.events().contains("exception"), process.events());
        assertEquals("dead_lettered", process.attributes().get("defender.outcome"));
        assertTrue(named(trace, "compute U-chart").failed());
        assertFalse(named(trace, "settle failed run").failed());
        StoredMessage letter = await(letters.read(1, 100)).get(0);
        assertTrue(
                letter.headers().get("traceparent").contains("1".repeat(32)),
                letter.headers().toString());
    }

    @Test
    void aReceiverThatIsAwayHoldsNothingUp() throws Exception {
        receiver.close();
        for (int number = 0; number < 3; number++) {
            publish(runs.run(CHAMBER, number), Map.of());
            assertEquals(runs.id(CHAMBER, number), next(completions).run());
        }
    }

    @Test
    void credentialsTravelInHeadersAndNowhereElse() throws Exception {
        publish(runs.run(CHAMBER, 1), Map.of());
        next(completions);
        List<Received> trace = traceOf(runs.id(CHAMBER, 1), false);
        assertTrue(receiver.requestHeaders().stream()
                .allMatch(headers -> "Bearer s3cret".equals(headers.get("authorization"))));
        assertFalse(trace.toString().contains("s3cret"));
    }

    private OtlpTracing tracing(String service) {
        return OtlpTracing.open(new OtlpSettings(
                receiver.endpoint("http"),
                1,
                Duration.ofSeconds(2),
                Map.of("authorization", "Bearer s3cret"),
                OtlpSettings.Tls.DEFAULT,
                Map.of("service.name", service)));
    }

    private SimulatedRun simulated(int number, double shift) {
        var context = runs.context(CHAMBER, number);
        List<String> names = new ArrayList<>(List.of(SampleRuns.STEP));
        List<double[]> columns = new ArrayList<>(List.of(IntStream.range(0, runs.points())
                .mapToDouble(i -> 1 + (i * runs.steps()) / runs.points())
                .toArray()));
        for (int svid = 0; svid < runs.svids(); svid++) {
            names.add(SampleRuns.svid(svid));
            columns.add(runs.values(number, svid, svid == 0 ? shift : 0));
        }
        return new SimulatedRun(
                context,
                runs.times(context),
                names,
                names.stream().map(name -> "a.u.").toList(),
                columns.toArray(double[][]::new),
                SampleRuns.STEP,
                List.of(),
                List.of(),
                List.of());
    }

    /** As the collector does, one run after the other, each awaited. */
    private void feed(List<SimulatedRun> fed) throws InterruptedException {
        Iterator<SimulatedRun> source = fed.iterator();
        RunFeeder[] feeder = new RunFeeder[1];
        Promise<Long> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> {
            feeder[0] = new RunFeeder(
                    vertx,
                    () -> source.hasNext() ? source.next() : null,
                    Long.MAX_VALUE,
                    FeedPace.unlimited(1),
                    store,
                    (notification, headers) -> notifications.publish(
                            SUBJECTS.completed(notification.run().chamber()),
                            NotificationCodec.encode(notification),
                            notification.run().toString(),
                            headers),
                    (run, chart) -> {},
                    1,
                    collector);
            vertx.eventBus()
                    .<RunCompleted>localConsumer(
                            RunCompleted.ADDRESS,
                            m -> feeder[0].completed(m.body().run()));
            feeder[0].start().onComplete(done);
        });
        assertEquals(fed.size(), await(done.future()));
    }

    private void publish(TChart chart, Map<String, String> headers) {
        await(store.putTChart(chart));
        RunId run = chart.context().id();
        await(notifications.publish(
                SUBJECTS.completed(CHAMBER),
                NotificationCodec.encode(runs.notification(
                        CHAMBER, Integer.parseInt(run.context().substring(4)))),
                "",
                headers));
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(VertxTestKit.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(taken != null, "nothing came");
        return taken;
    }

    /** All of a run's trace, in the order of its steps, once it has arrived with its ends. */
    private List<Received> traceOf(RunId run, boolean collected) {
        eventually(
                "the trace of " + run,
                () -> receiver.spans().stream()
                        .anyMatch(span -> span.name().equals("process run")
                                && run.context().equals(span.attributes().get("defender.context"))));
        String trace = receiver.spans().stream()
                .filter(span -> span.name().equals("process run")
                        && run.context().equals(span.attributes().get("defender.context")))
                .findFirst()
                .orElseThrow()
                .trace();
        if (collected) {
            eventually(
                    "the collector's part",
                    () -> receiver.spans().stream()
                            .anyMatch(span ->
                                    span.trace().equals(trace) && span.name().equals("collect run")));
        }
        List<String> order = Arrays.stream(Step.values()).map(Step::text).toList();
        return receiver.spans().stream()
                .filter(span -> span.trace().equals(trace))
                .sorted(Comparator.comparingInt(span -> order.indexOf(span.name())))
                .toList();
    }

    private static List<String> edges(List<Received> trace) {
        Map<String, String> names = trace.stream().collect(Collectors.toMap(Received::id, Received::name));
        return trace.stream()
                .map(span -> span.name() + " < " + names.getOrDefault(span.parent(), ""))
                .toList();
    }

    private static Received named(List<Received> trace, String name) {
        return trace.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing in " + edges(trace)));
    }
}
