package io.tfdc.cli.demo;

import io.tfdc.api.ApiParts;
import io.tfdc.api.ApiServer;
import io.tfdc.api.ApiSettings;
import io.tfdc.api.Authentication;
import io.tfdc.api.Authenticator;
import io.tfdc.api.Caller;
import io.tfdc.api.ClusterOperations;
import io.tfdc.api.NodeStatus;
import io.tfdc.api.Role;
import io.tfdc.console.BusTap;
import io.tfdc.console.Console;
import io.tfdc.management.Health;
import io.tfdc.processing.DeadLetters;
import io.tfdc.processing.RunCompleted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * API and console of a demonstration, on the loopback interface alone. Everybody on the machine may look; who opens the address with the
 * demonstration's token may do everything.
 */
final class DemoServer {
    private static final String HOST = "127.0.0.1";
    private static final long MOST_BODY = 2 << 20;

    private DemoServer() {}

    /** The address to open in a browser. */
    static Future<String> start(Vertx vertx, DemoSystem system, int port, Instant siteStart) {
        String token = Long.toString(System.nanoTime() & 0xFFFFFFFFL, 36);
        BusTap tap = BusTap.start(vertx, Set.of("console.echo"));
        ApiServer server = new ApiServer(
                new ApiSettings(HOST, port, Optional.empty(), 200, 1_000, MOST_BODY, Duration.ofMinutes(1)),
                parts(system, tap, siteClock(vertx, siteStart)),
                authenticator(token),
                Optional.empty(),
                List.of(new Console(tap)));
        return vertx.deployVerticle(server)
                .map(deployed -> "http://" + HOST + ':' + server.port() + "/#token=" + token);
    }

    /** The simulated fab has a time of its own: that of its latest run. */
    private static InstantSource siteClock(Vertx vertx, Instant start) {
        AtomicReference<Instant> latest = new AtomicReference<>(start);
        vertx.eventBus()
                .<RunCompleted>localConsumer(
                        RunCompleted.ADDRESS,
                        run -> latest.accumulateAndGet(run.body().end(), (a, b) -> a.isAfter(b) ? a : b));
        return latest::get;
    }

    private static Authenticator authenticator(String token) {
        Authenticator others = new Authentication(Optional.empty(), Optional.empty(), true);
        return authorization -> authorization.equals("Bearer " + token)
                ? Future.succeededFuture(new Caller("demo", Set.of(Role.ADMIN)))
                : others.authenticate(authorization);
    }

    private static ApiParts parts(DemoSystem system, BusTap tap, InstantSource siteClock) {
        Clock clock = Clock.systemUTC();
        return new ApiParts(
                system.store(),
                system.strategies(),
                new DeadLetters(system.letters(), clock),
                system.notifications(),
                ClusterOperations.none(),
                tap,
                new Health(Map.of("processing", system.processing()::isReady)),
                () -> NodeStatus.standalone("", "demo"),
                system.processing()::stats,
                clock,
                siteClock);
    }
}
