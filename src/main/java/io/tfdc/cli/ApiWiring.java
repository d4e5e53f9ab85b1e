package io.tfdc.cli;

import io.tfdc.api.ActiveStrategies;
import io.tfdc.api.ApiParts;
import io.tfdc.api.ApiServer;
import io.tfdc.api.ApiSettings;
import io.tfdc.api.Authentication;
import io.tfdc.api.BusWatch;
import io.tfdc.api.ClusterOperations;
import io.tfdc.api.JwtRules;
import io.tfdc.api.JwtTokens;
import io.tfdc.api.NodeStatus;
import io.tfdc.api.RoleClaim;
import io.tfdc.api.TlsFiles;
import io.tfdc.api.TokenFile;
import io.tfdc.api.oidc.Login;
import io.tfdc.api.oidc.LoginSettings;
import io.tfdc.api.oidc.OidcSettings;
import io.tfdc.api.oidc.OidcTokens;
import io.tfdc.config.ApiConfig;
import io.tfdc.config.ApiJwtConfig;
import io.tfdc.config.ApiLoginConfig;
import io.tfdc.config.Secret;
import io.tfdc.console.BusTap;
import io.tfdc.console.Console;
import io.tfdc.management.Health;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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
        Optional<OidcTokens> provider = provider();
        Optional<Login> login = login(provider);
        Authentication authentication = new Authentication(
                tokens,
                provider.isPresent() ? provider : keyFile(),
                login.map(Login::sessions),
                config.anonymousRead());
        List<ApiServer.Pages> pages = new ArrayList<>();
        login.ifPresent(pages::add);
        pages.add(new Console(tap));
        return new ApiServer(settings(), parts, authentication, tokens, pages);
    }

    private Optional<JwtTokens> keyFile() throws IOException {
        Optional<Path> keys = config.jwt().keys();
        return keys.isEmpty() ? Optional.empty() : Optional.of(JwtTokens.open(vertx, keys.get(), rules()));
    }

    private Optional<OidcTokens> provider() throws IOException {
        ApiJwtConfig jwt = config.jwt();
        if (!jwt.discover()) {
            return Optional.empty();
        }
        Optional<byte[]> authorities = jwt.trustedCertificates().isEmpty()
                ? Optional.empty()
                : Optional.of(Files.readAllBytes(jwt.trustedCertificates().get()));
        return Optional.of(OidcTokens.of(
                vertx,
                new OidcSettings(
                        jwt.issuer().orElseThrow(), jwt.keysEvery(), jwt.keysAtMostEvery(), jwt.timeout(), authorities),
                rules()));
    }

    private JwtRules rules() {
        ApiJwtConfig jwt = config.jwt();
        return new JwtRules(
                jwt.issuer().orElse(""), jwt.audience(), jwt.leeway(), RoleClaim.of(jwt.rolesClaim(), jwt.roles()));
    }

    private Optional<Login> login(Optional<OidcTokens> provider) {
        ApiLoginConfig login = config.login();
        return login.clientId()
                .flatMap(client -> provider.map(tokens -> new Login(
                        new LoginSettings(
                                client,
                                login.clientSecret().map(Secret::reveal),
                                URI.create(login.publicUrl().orElseThrow()),
                                login.scopes(),
                                login.sessionKey().orElseThrow().reveal(),
                                login.session()),
                        tokens,
                        Clock.systemUTC())));
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
