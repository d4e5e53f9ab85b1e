package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and looks every now and then whether certificate or tokens have been renewed. */
public final class ApiServer extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int WORKERS = 2;
    private static final int MAX_URI = 8192;
    /** Then the blocked thread is reported. */
    private static final long LONGEST_BACKTEST_MINUTES = 30;

    private final ApiSettings settings;
    private final ApiParts parts;
    private final Authenticator authenticator;
    private final Optional<TokenFile> tokens;
    private final List<Pages> pages;
    private volatile @Nullable HttpServer server;
    private String certificate = "";

    /** Pages beside the API on the same port. */
    public interface Pages {
        /** Adds routes behind those of the API. */
        void mount(io.vertx.core.Vertx vertx, Router router, Authenticator authenticator);
    }

    /** @param tokens the file that the authenticator reads, to be looked at for changes */
    public ApiServer(
            ApiSettings settings,
            ApiParts parts,
            Authenticator authenticator,
            Optional<TokenFile> tokens,
            List<Pages> pages) {
        this.settings = settings;
        this.parts = parts;
        this.authenticator = authenticator;
        this.tokens = tokens;
        this.pages = List.copyOf(pages);
    }

    /** The port listened on, once deployed. */
    public int port() {
        HttpServer listening = server;
        return listening == null ? -1 : listening.actualPort();
    }

    @Override
    public Future<?> start() {
        return vertx.executeBlocking(this::prepare, false).compose(prepared -> {
            Router router = prepared.router();
            HttpServer made = vertx.createHttpServer(prepared.options()).requestHandler(router);
            vertx.setPeriodic(settings.reloadEvery().toMillis(), id -> reload(made));
            return made.listen().onSuccess(listening -> server = listening);
        });
    }

    private record Prepared(Router router, HttpServerOptions options) {}

    /** Reading the contract and the certificate takes longer than an event loop has. */
    private Prepared prepare() throws IOException {
        Contract contract = Contract.load();
        ApiRouter api = new ApiRouter(
                authenticator,
                new RateLimit(settings.requestsPerSecond(), settings.burst(), System::nanoTime),
                new AuditLog(vertx, parts.store()),
                parts.clock(),
                settings.maxBody());
        Router router = api.build(vertx, contract, handlers(contract));
        pages.forEach(page -> page.mount(vertx, router, authenticator));
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setIdleTimeout(120)
                .setCompressionSupported(true)
                .setMaxInitialLineLength(MAX_URI)
                .setMaxHeaderSize(16_384);
        if (settings.tls().isPresent()) {
            TlsFiles files = settings.tls().get();
            certificate = files.stamp();
            options.setSsl(true).setUseAlpn(true).setKeyCertOptions(files.read());
        }
        return new Prepared(router, options);
    }

    private Map<String, OperationHandler> handlers(Contract contract) {
        WorkerExecutor workers = vertx.createSharedWorkerExecutor("api", WORKERS);
        WorkerExecutor backtests =
                vertx.createSharedWorkerExecutor("backtest", 1, LONGEST_BACKTEST_MINUTES, TimeUnit.MINUTES);
        List<OperationHandler.Resource> resources = new ArrayList<>();
        resources.add(new StatusResource(contract, parts.store(), parts.health(), parts.status(), parts.stats()));
        resources.add(new FleetResource(vertx, parts.store(), parts.clock(), parts.siteClock()));
        resources.add(new ChartResource(vertx, parts.store(), parts.strategies()));
        resources.add(new TraceResource(parts.store(), workers));
        resources.add(new AlarmResource(parts.store(), parts.clock(), parts.siteClock()));
        resources.add(new StrategyResource(
                parts.store(), parts.strategies(), new BacktestJobs(parts.store(), backtests), workers, parts.clock()));
        resources.add(new DeadLetterResource(parts.deadLetters(), parts.notifications()));
        resources.add(new ClusterResource(parts.cluster(), parts.clock()));
        resources.add(new DiagnosticsResource(vertx, workers));
        resources.add(new BusResource(parts.bus()));
        resources.add(new AuditResource(parts.store(), parts.clock()));
        Map<String, OperationHandler> handlers = new HashMap<>();
        resources.forEach(resource -> handlers.putAll(resource.operations()));
        return handlers;
    }

    private void reload(HttpServer listening) {
        vertx.executeBlocking(
                        () -> {
                            if (tokens.isPresent() && tokens.get().reload()) {
                                LOG.info("token file read again");
                            }
                            return settings.tls().isPresent()
                                    ? settings.tls().get().stamp()
                                    : "";
                        },
                        true)
                .compose(stamp -> stamp.equals(certificate) ? Future.succeededFuture() : renew(listening, stamp))
                .onFailure(error -> LOG.warn(
                        "tokens or certificate can't be read again, those before stay: {}", error.getMessage()));
    }

    private Future<Void> renew(HttpServer listening, String stamp) {
        return vertx.executeBlocking(() -> settings.tls().orElseThrow().read(), true)
                .compose(pem -> listening.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(pem)))
                .map(updated -> {
                    certificate = stamp;
                    LOG.info("certificate read again");
                    return null;
                });
    }
}
