package io.tfdc.api;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.management.Health;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.StrategyVersion;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingParts;
import io.tfdc.processing.ProcessingSettings;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.WholeStream;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.SampleRuns;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole system in one process with an API in front: some runs of two chambers, the last of them faulty. */
final class ApiSite implements AutoCloseable {
    static final ChamberId GOOD = new ChamberId("TOOL-1", "A");
    static final ChamberId FAULTY = new ChamberId("TOOL-1", "B");
    static final int RUNS = 16;
    static final SampleRuns SAMPLES = SampleRuns.small();

    final Vertx vertx = Vertx.vertx();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final ChartStore store;
    final MessageStream notifications;
    final MessageStream letters;
    final ApiServer server;
    final ApiParts parts;
    private final EmbeddedBroker broker = EmbeddedBroker.create(vertx);
    private final Processing processing;
    private final Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
    private final HttpClient client = HttpClient.newHttpClient();

    ApiSite(Path folder) {
        this(folder, settings(Optional.empty()), Optional.empty(), ClusterOperations.none());
    }

    static ApiSettings settings(Optional<TlsFiles> tls) {
        return new ApiSettings("127.0.0.1", 0, tls, 10_000, 10_000, 1 << 20, Duration.ofMillis(200));
    }

    ApiSite(Path folder, ApiSettings settings, Optional<TokenFile> tokens, ClusterOperations cluster) {
        store = await(SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, Clock.systemUTC()));
        notifications = await(broker.stream(Streams.notifications(1)));
        letters = await(broker.stream(Streams.deadLetters(1)));
        await(store.putStrategy(new StrategyVersion(
                SampleStrategy.ID, 1, SampleStrategy.YAML, "test", Instant.parse("2026-01-01T00:00:00Z"))));
        ActiveStrategies strategies =
                await(ActiveStrategies.follow(vertx, store, SampleStrategy.book(), Duration.ofMillis(200)));
        processing = await(Processing.start(vertx, parts(strategies)));
        parts = new ApiParts(
                store,
                strategies,
                new DeadLetters(letters, Clock.systemUTC()),
                notifications,
                cluster,
                new EchoBus(),
                new Health(Map.of("store", ready::get)),
                () -> new NodeStatus("defender-3", "pod", "stable", false, 7, OptionalInt.of(2), chamber -> true),
                processing::stats,
                Clock.systemUTC(),
                () -> SAMPLES.context(FAULTY, RUNS).end());
        Authenticator authenticator =
                tokens.isPresent() ? new Authentication(tokens, Optional.empty(), false) : ApiSite::caller;
        server = new ApiServer(settings, parts, authenticator, tokens, List.of());
        await(vertx.deployVerticle(server));
    }

    /** In these tests a token is the name of a role. */
    private static io.vertx.core.Future<Caller> caller(String authorization) {
        return Role.of(authorization.replace("Bearer ", ""))
                .map(role -> io.vertx.core.Future.succeededFuture(new Caller("the " + role.text(), EnumSet.of(role))))
                .orElseGet(() -> io.vertx.core.Future.failedFuture(Authentication.unknown()));
    }

    private static final class EchoBus implements BusWatch {
        @Override
        public JsonObject addresses() {
            return new JsonObject().put("sendable", new io.vertx.core.json.JsonArray(List.of("echo")));
        }

        @Override
        public io.vertx.core.Future<JsonObject> send(String address, JsonObject body) {
            if (!address.equals("echo")) {
                throw new IllegalArgumentException("expected echo");
            }
            return io.vertx.core.Future.succeededFuture(body);
        }
    }

    private ProcessingParts parts(ActiveStrategies strategies) {
        ProcessingSettings settings = ProcessingSettings.defaults();
        return new ProcessingParts(
                settings,
                store,
                CacheOptions.DEFAULT,
                new WholeStream(
                                notifications,
                                subjects.everyCompleted(),
                                "test",
                                settings.ackWait(),
                                settings.maxInFlight())
                        .feed(),
                subjects,
                await(broker.stream(Streams.alarms(1))),
                letters,
                io.vertx.core.Future::succeededFuture,
                strategies::book,
                Ownership.everything(),
                new SimpleMeterRegistry(),
                Clock.systemUTC(),
                Tracing.OFF);
    }

    /** Feeds the runs and waits until they are judged. */
    ApiSite fed() {
        AtomicInteger done = new AtomicInteger();
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, run -> done.incrementAndGet());
        for (ChamberId chamber : List.of(GOOD, FAULTY)) {
            await(store.putChamberMetadata(
                    new ChamberMetadata(chamber, 5, 1, Duration.ofMinutes(1), 300, SampleRuns.BEGIN)));
            for (int number = 0; number < RUNS; number++) {
                boolean faulty = chamber.equals(FAULTY) && number >= RUNS - 2;
                await(store.putTChart(SAMPLES.run(chamber, number, faulty ? 60 : 0)));
                await(notifications.publish(
                        subjects.completed(chamber),
                        NotificationCodec.encode(SAMPLES.notification(chamber, number)),
                        SAMPLES.id(chamber, number).toString(),
                        Map.of()));
            }
        }
        eventually("runs judged", () -> done.get() == 2 * RUNS);
        return this;
    }

    /** An answer. */
    record Answer(int status, String text, HttpResponse<byte[]> response) {
        JsonObject json() {
            return new JsonObject(text);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(Role role, String path) {
        return call(role, "GET", path, Optional.empty(), Map.of());
    }

    Answer post(Role role, String path, JsonObject body, String... headers) {
        return call(role, "POST", path, Optional.of(body.encode()), headers(headers));
    }

    static Map<String, String> headers(String... headers) {
        return headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
    }

    /** @param role null for no credentials */
    Answer call(Role role, String method, String path, Optional<String> body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        if (body.isPresent() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        if (role != null) {
            request.header("Authorization", "Bearer " + role.text());
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    new String(response.body(), java.nio.charset.StandardCharsets.UTF_8),
                    response);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Set<Role> without(Set<Role> roles) {
        EnumSet<Role> others = EnumSet.allOf(Role.class);
        others.removeAll(roles);
        others.remove(Role.ADMIN);
        if (roles.contains(Role.VIEWER)) {
            others.clear();
        }
        return others;
    }

    @Override
    public void close() {
        await(processing.stop(Duration.ofSeconds(5)));
        await(store.close());
        await(broker.close());
        await(vertx.close());
    }
}
