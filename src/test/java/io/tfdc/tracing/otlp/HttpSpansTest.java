package io.tfdc.tracing.otlp;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.management.Health;
import io.tfdc.management.ManagementVerticle;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunId;
import io.tfdc.testing.OtlpReceiver;
import io.tfdc.testing.OtlpReceiver.Received;
import io.tfdc.testing.ServerCertificate;
import io.tfdc.tracing.Step;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests as spans, and the way of spans by TLS. */
class HttpSpansTest {
    private static final RunId RUN = new RunId(new ChamberId("ETCH01", "A"), "ctx_1");

    /** Quiet: that nothing gets through is what one test is about. Held, since loggers that nobody holds forget their level. */
    private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter");

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void quiet() {
        EXPORTER.setLevel(Level.OFF);
    }

    @AfterAll
    static void aloud() {
        EXPORTER.setLevel(null);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void requestsAreSpansWithoutTheirQueriesAndProbesAreNone() throws Exception {
        OtlpReceiver receiver = new OtlpReceiver(vertx, new HttpServerOptions());
        OtlpTracing tracing = tracing(receiver.endpoint("http"), OtlpSettings.Tls.DEFAULT);
        Vertx traced = Vertx.builder().withTracer(tracing.httpSpans()).build();
        HttpServer server = await(traced.createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(503).end())
                .listen(0, "127.0.0.1"));
        ManagementVerticle management = new ManagementVerticle(
                "127.0.0.1",
                0,
                new Health(Map.of()),
                new io.micrometer.prometheusmetrics.PrometheusMeterRegistry(
                        io.micrometer.prometheusmetrics.PrometheusConfig.DEFAULT));
        await(traced.deployVerticle(management));

        get("http://127.0.0.1:" + management.port() + "/health/live");
        get("http://127.0.0.1:" + server.actualPort() + "/auth/callback?code=s3cret&state=s3cret");
        eventually("the request's span", () -> !receiver.spans().isEmpty());
        await(traced.close());
        await(tracing.close());

        assertEquals(1, receiver.spans().size(), receiver.spans().toString());
        Received span = receiver.spans().get(0);
        assertEquals("SERVER", span.kind());
        assertEquals("1".repeat(32), span.trace(), "it goes on with the caller's trace");
        assertTrue(span.attributes().containsValue("503"), span.attributes().toString());
        assertTrue(
                span.attributes().toString().contains("/auth/callback"),
                span.attributes().toString());
        assertFalse(span.toString().contains("s3cret"), span.toString());
    }

    @Test
    void spansTravelByTlsToWhomeverTheAuthoritiesVouchFor() throws Exception {
        ServerCertificate certificate = ServerCertificate.of("dns:localhost");
        OtlpReceiver receiver = new OtlpReceiver(
                vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificate.certificate()))
                                .addKeyValue(Buffer.buffer(certificate.key()))));
        OtlpTracing strict = tracing(receiver.endpoint("https"), OtlpSettings.Tls.DEFAULT);
        strict.begin(Step.COLLECT, RUN).end();
        await(strict.close());
        assertEquals(List.of(), receiver.spans());

        OtlpTracing trusting = tracing(
                receiver.endpoint("https"),
                new OtlpSettings.Tls(
                        Optional.of(certificate.certificate().getBytes(StandardCharsets.US_ASCII)), Optional.empty()));
        trusting.begin(Step.COLLECT, RUN).end();
        await(trusting.close());
        assertEquals(
                List.of("collect run"),
                receiver.spans().stream().map(Received::name).toList());
    }

    private static OtlpTracing tracing(URI endpoint, OtlpSettings.Tls tls) {
        return OtlpTracing.open(new OtlpSettings(
                endpoint, 1, Duration.ofSeconds(5), Map.of(), tls, Map.of("service.name", "defender")));
    }

    private static void get(String address) throws Exception {
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address))
                                .header("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01")
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }
}
