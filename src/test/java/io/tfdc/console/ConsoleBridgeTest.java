package io.tfdc.console;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.api.Caller;
import io.tfdc.api.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gets through the bridge, and the headers of the console's files. */
class ConsoleBridgeTest {
    private final Vertx vertx = Vertx.vertx();
    private final BusTap tap = BusTap.start(vertx, Set.of(BusTap.ECHO));
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final List<Object> onBus = new CopyOnWriteArrayList<>();
    /** Held: a client that nobody refers to is closed by the garbage collector. */
    private final WebSocketClient client = vertx.createWebSocketClient();

    private HttpServer server;
    private WebSocket socket;

    @BeforeEach
    void start() {
        Router router = Router.router(vertx);
        router.errorHandler(
                413, context -> context.response().setStatusCode(413).end());
        new Console(tap)
                .mount(
                        vertx,
                        router,
                        authorization -> Role.of(authorization.replace("Bearer ", ""))
                                .map(role -> Future.succeededFuture(new Caller("one", Set.of(role))))
                                .orElseGet(() -> Future.failedFuture("unknown")));
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        socket = await(client.connect(server.actualPort(), "127.0.0.1", "/eventbus/websocket"));
        socket.handler(message -> received.add(message.toJsonObject()));
        vertx.eventBus().consumer("some.address", message -> onBus.add(message.body()));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void onlyWhoMayListenDoes() {
        register(BusTap.TAIL, "nobody");
        register(BusTap.TAIL, "viewer");
        refused(2);
        register(BusTap.TAIL, "engineer");
        eventually("messages", () -> {
            vertx.eventBus().publish("some.address", "hello");
            return received.stream().anyMatch(message -> message.encode().contains("hello"));
        });
        JsonObject batch = received.stream()
                .filter(message -> message.getString("type").equals("rec"))
                .findFirst()
                .orElseThrow();
        assertEquals(BusTap.TAIL, batch.getString("address"));
    }

    @Test
    void otherAddressesAreClosedAndNothingCanBeSent() {
        register("processing.run.completed", "admin");
        register("some.address", "admin");
        refused(2);
        for (String type : List.of("send", "publish")) {
            socket.writeTextMessage(new JsonObject()
                    .put("type", type)
                    .put("address", "some.address")
                    .put("body", "in")
                    .encode());
        }
        refused(4);
        assertEquals(List.of(), onBus);
    }

    @Test
    void copiesAreMadeOnlyWhileSomebodyLooks() {
        vertx.eventBus().publish("some.address", "before");
        register(BusTap.TAIL, "admin");
        eventually("messages", () -> {
            vertx.eventBus().publish("some.address", "during");
            return received.stream().anyMatch(message -> message.encode().contains("during"));
        });
        assertTrue(received.stream().noneMatch(message -> message.encode().contains("before")));
        eventually("counted", () -> tap.addresses().encode().contains("some.address"));
        assertThrows(IllegalArgumentException.class, () -> tap.send("some.address", new JsonObject()));
        JsonObject body = new JsonObject().put("a", 1);
        assertEquals(body, await(tap.send(BusTap.ECHO, body)).getJsonObject("answer"));
    }

    @Test
    void filesComeWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
        assertTrue(!policy.contains("unsafe"), policy);
        assertEquals(200, get("/lib/echarts.js").statusCode());
        for (String path :
                List.of("/openapi.yaml", "/webroot/index.html", "/pages/../../openapi.yaml", "/lib/", "/x.js")) {
            assertEquals(404, get(path).statusCode(), path);
        }
    }

    @Test
    void whereThereAreNoWebSocketsMessagesArePosted() throws Exception {
        String session = "/eventbus/000/posted";
        assertEquals("o\n", post(session + "/xhr", "").body());
        JsonObject register = new JsonObject()
                .put("type", "register")
                .put("address", BusTap.TAIL)
                .put("headers", new JsonObject().put("Authorization", "Bearer engineer"));
        String envelope = new JsonArray().add(register.encode()).encode();
        assertEquals(204, post(session + "/xhr_send", envelope).statusCode());
        vertx.setPeriodic(50, id -> vertx.eventBus().publish("some.address", "posted"));
        eventually("messages", () -> {
            try {
                return post(session + "/xhr", "").body().contains("posted");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        String large = new JsonArray().add("x".repeat(20_000)).encode();
        assertEquals(413, post(session + "/xhr_send", large).statusCode());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                                .version(HttpClient.Version.HTTP_1_1)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void register(String address, String token) {
        socket.writeTextMessage(new JsonObject()
                .put("type", "register")
                .put("address", address)
                .put("headers", new JsonObject().put("Authorization", "Bearer " + token))
                .encode());
    }

    private void refused(int times) {
        eventually(
                times + " refusals",
                () -> received.stream()
                                .filter(message -> message.getString("type").equals("err"))
                                .count()
                        == times);
    }
}
