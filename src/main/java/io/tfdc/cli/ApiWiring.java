package io.tfdc.cli;

import io.tfdc.api.ActiveStrategies;
import io.tfdc.api.ApiParts;
import io.tfdc.api.ApiServer;
import io.tfdc.api.ApiSettings;
import io.tfdc.api.Authentication;
import io.tfdc.api.BusWatch;
import io.tfdc.api.ClusterOperations;
import io.tfdc.api.JwtTokens;
import io.tfdc.api.NodeStatus;
import io.tfdc.api.TlsFiles;
import io.tfdc.api.TokenFile;
import io.tfdc.config.ApiConfig;
import io.tfdc.config.ApiJwtConfig;
import io.tfdc.console.BusTap;
import io.tfdc.console.Console;
import io.tfdc.management.Health;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts API and console of a process as its configuration says. */
final class ApiWiring {
    private final Vertx vertx;
    private final ApiConfig config;

    ApiWiring(Vertx vertx, ApiConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /** What the API needs of the process it belongs to. */
    record Process(
            ChartStore store,
            ActiveStrategies strategies,
            SiteStreams streams,
            ClusterOperations cluster,
            Health health,
            Supplier<NodeStatus> status,
            Supplier<ProcessingStats> stats) {}

    /** The port listened on; nothing if the API is off. */
    Future<Optional<Integer>> start(Process process) {
        if (!config.enabled()) {
            return Future.succeededFuture(Optional.empty());
        }
        BusTap tap = BusTap.start(vertx, new HashSet<>(config.busAddresses()));
        return vertx.executeBlocking(() -> server(parts(process, tap), tap), false)
                .compose(server -> vertx.deployVerticle(server).map(deployed -> Optional.of(server.port())));
    }

    private ApiServer server(ApiParts parts, BusTap tap) throws IOException {
        Optional<TokenFile> tokens = Optional.empty();
        if (config.tokens().isPresent()) {
            tokens = Optional.of(TokenFile.open(config.tokens().get()));
        }
        Authentication authentication = new Authentication(tokens, jwts(), config.anonymousRead());
        return new ApiServer(settings(), parts, authentication, tokens, List.of(new Console(tap)));
    }

    private Optional<JwtTokens> jwts() throws IOException {
        ApiJwtConfig jwt = config.jwt();
        return jwt.keys().isEmpty()
                ? Optional.empty()
                : Optional.of(JwtTokens.open(
                        vertx, jwt.keys().get(), jwt.issuer().orElse(""), jwt.audience(), jwt.rolesClaim()));
    }

    private ApiSettings settings() {
        Optional<TlsFiles> tls = config.tls().certificate().isEmpty()
                ? Optional.empty()
                : Optional.of(new TlsFiles(
                        config.tls().certificate().get(),
                        config.tls().privateKey().orElseThrow()));
        return new ApiSettings(
                config.host(),
                config.port(),
                tls,
                config.requestsPerSecond(),
                config.burst(),
                config.maxBody().bytes(),
                config.reloadEvery());
    }

    private static ApiParts parts(Process process, BusWatch bus) {
        Clock clock = Clock.systemUTC();
        return new ApiParts(
                process.store(),
                process.strategies(),
                new DeadLetters(process.streams().deadLetters(), clock),
                process.streams().notifications(),
                process.cluster(),
                bus,
                process.health(),
                process.status(),
                process.stats(),
                clock,
                clock);
    }
}
