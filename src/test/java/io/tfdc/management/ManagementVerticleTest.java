package io.tfdc.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementVerticleTest {
    /** Without the check of blocked threads: on a busy machine the classes of the HTTP server take that long to load. */
    private final Vertx vertx = Vertx.vertx();

    private final AtomicBoolean brokerUp = new AtomicBoolean(true);
    private final AtomicBoolean assigned = new AtomicBoolean(true);
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ManagementVerticle verticle = new ManagementVerticle(
            "127.0.0.1",
            0,
            new Health(
                    Map.of("broker", brokerUp::get), Map.of("assignments", assigned::get), new Pulse(System::nanoTime)),
            meters);

    @BeforeEach
    void deploy() throws Exception {
        vertx.deployVerticle(verticle).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void readinessFollowsTheChecksAndLivenessDoesNot() throws Exception {
        assertEquals(
                "200 {\"status\":\"UP\",\"checks\":{\"broker\":\"UP\",\"assignments\":\"UP\"}}", get("/health/ready"));
        brokerUp.set(false);
        assertEquals(
                "503 {\"status\":\"DOWN\",\"checks\":{\"broker\":\"DOWN\",\"assignments\":\"UP\"}}", get("/ready"));
        assertEquals("200 {\"status\":\"UP\"}", get("/health/live"));
        assertEquals("200 {\"status\":\"UP\"}", get("/healthz"));
    }

    @Test
    void theStartIsThroughOnceWhatTheProcessDoesItselfHasComeAboutAndStaysSo() throws Exception {
        brokerUp.set(false);
        assigned.set(false);
        assertEquals("503 {\"status\":\"DOWN\",\"checks\":{\"broker\":\"DOWN\"}}", get("/health/startup"));
        brokerUp.set(true);
        assertEquals("200 {\"status\":\"UP\",\"checks\":{\"broker\":\"UP\"}}", get("/health/startup"));
        assertTrue(get("/health/ready").startsWith("503"), "others have not told it what to do");
        brokerUp.set(false);
        assertEquals("200 {\"status\":\"UP\"}", get("/health/startup"));
    }

    @Test
    void metersAreScraped() throws Exception {
        meters.counter("defender.messages.received").increment(3);
        String text = get("/metrics");
        assertTrue(text.contains("defender_messages_received_total 3.0"), text);
        assertTrue(get("/nothing").startsWith("404"));
    }

    private String get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + verticle.port() + path);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
