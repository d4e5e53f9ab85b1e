package io.tfdc.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/startup}, {@code /health/live} (aliases {@code /healthz}, {@code /livez}), {@code /health/ready} (aliases
 * {@code /ready}, {@code /readyz}) and {@code /metrics} on a port of its own.
 */
public final class ManagementVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementVerticle.class);
    private static final String JSON = "application/json";

    private final String host;
    private final int port;
    private final Health health;
    private final PrometheusMeterRegistry meters;
    private volatile @Nullable HttpServer server;

    /** @param port 0 picks a free one, see {@link #port()} */
    public ManagementVerticle(String host, int port, Health health, PrometheusMeterRegistry meters) {
        this.host = host;
        this.port = port;
        this.health = health;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(60)
                .setMaxInitialLineLength(2048)
                .setMaxHeaderSize(8192)
                // Probes and scrapes would drown the traces of everything else.
                .setTracingPolicy(TracingPolicy.IGNORE);
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    LOG.atInfo().addKeyValue("port", listening.actualPort()).log("management port open");
                });
    }

    /** The port listened on, once deployed. */
    public int port() {
        HttpServer listening = server;
        return listening == null ? -1 : listening.actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live", "/healthz", "/livez" -> probe(request, health.liveness());
            case "/health/startup" -> probe(request, health.startup());
            case "/health/ready", "/ready", "/readyz" -> probe(request, health.readiness());
            case "/metrics" -> metrics(request);
            default -> end(request, 404, "text/plain", "unknown path\n");
        }
    }

    private static void probe(HttpServerRequest request, Health.Report report) {
        end(request, report.up() ? 200 : 503, JSON, report.json().encode());
    }

    /** Rendering all meters takes a few milliseconds, too long for the event loop. */
    private void metrics(HttpServerRequest request) {
        vertx.executeBlocking(meters::scrape, false)
                .onSuccess(text -> end(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
                .onFailure(error -> end(request, 500, "text/plain", "metrics can't be rendered\n"));
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", type).end(body);
    }
}
