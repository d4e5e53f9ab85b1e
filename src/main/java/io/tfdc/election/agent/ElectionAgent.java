package io.tfdc.election.agent;

import grpc.election_agent.v1.ControlGrpcService;
import grpc.election_agent.v1.ElectionGrpcService;
import grpc.health.v1.HealthGrpcService;
import io.micrometer.core.instrument.MeterRegistry;
import io.tfdc.election.raft.LeaseLog;
import io.tfdc.election.raft.RaftLeases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** An agent that runs: a replica of the leases and the gRPC server in front of it. */
public final class ElectionAgent {
    private static final int IDLE_SECONDS = 30;
    private static final int MAX_STREAMS = 1_000;
    private static final long MAX_MESSAGE_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final RaftLeases leases;
    private final AgentState state;
    private final HttpServer server;

    private ElectionAgent(Vertx vertx, RaftLeases leases, AgentState state, HttpServer server) {
        this.vertx = vertx;
        this.leases = leases;
        this.state = state;
        this.server = server;
    }

    /** Recovers the replica and listens; it is ready as soon as the log has a leader. */
    public static Future<ElectionAgent> start(Vertx vertx, AgentSettings settings, MeterRegistry meters) {
        return vertx.executeBlocking(() -> RaftLeases.start(settings.raft()), false)
                .compose(leases -> listen(vertx, settings, meters, leases)
                        .recover(error -> close(vertx, leases).transform(closed -> Future.failedFuture(error))));
    }

    private static Future<ElectionAgent> listen(
            Vertx vertx, AgentSettings settings, MeterRegistry meters, RaftLeases leases) {
        AgentState state = new AgentState(leases);
        CallMetrics metrics = new CallMetrics(meters, settings.raft().replica(), settings.zone(), leases);
        Optional<PodSource> pods = settings.kubernetes().map(kubernetes -> new KubernetesPods(vertx, kubernetes));
        GrpcServer grpc = services(vertx, leases, state, settings.zone(), pods, metrics);
        return vertx.createHttpServer(options(settings))
                .connectionHandler(connection -> limitAge(vertx, settings, connection))
                .requestHandler(grpc)
                .listen(settings.port(), settings.host())
                .map(server -> new ElectionAgent(vertx, leases, state, server));
    }

    /** The services of an agent; a test binds them to leases of its own. */
    static GrpcServer services(
            Vertx vertx, LeaseLog log, AgentState state, String zone, Optional<PodSource> pods, CallMetrics metrics) {
        GrpcServer server = GrpcServer.server(
                vertx,
                new GrpcServerOptions().setMaxMessageSize(MAX_MESSAGE_BYTES).setScheduleDeadlineAutomatically(true));
        server.addService(ElectionGrpcService.of(new ElectionCalls(vertx, log, state, pods, metrics)));
        server.addService(ControlGrpcService.of(new ControlCalls(log, state, zone, metrics)));
        server.addService(HealthGrpcService.of(new HealthCalls(vertx, state)));
        return server;
    }

    private static HttpServerOptions options(AgentSettings settings) {
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        options.getInitialSettings().setMaxConcurrentStreams(MAX_STREAMS);
        settings.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(tls.chain().toString())
                                .addKeyPath(tls.key().toString())));
        return options;
    }

    /** A tenth of jitter keeps clients that came together from coming back together. */
    private static void limitAge(Vertx vertx, AgentSettings settings, HttpConnection connection) {
        long age = settings.connectionAge().toMillis();
        long jittered = age - age / 10 + ThreadLocalRandom.current().nextLong(Math.max(1, age / 5));
        long timer = vertx.setTimer(
                Math.max(1, jittered),
                id -> connection.shutdown(settings.connectionGrace().toMillis(), TimeUnit.MILLISECONDS));
        connection.closeHandler(closed -> vertx.cancelTimer(timer));
    }

    /** The port listened on. */
    public int port() {
        return server.actualPort();
    }

    /** Whether the log has a leader, so that calls can be answered. */
    public boolean isReady() {
        return state.isReady();
    }

    /** Says NOT_SERVING, finishes what is at work, and leaves the log. */
    public Future<Void> close() {
        state.setClosing();
        return server.shutdown(2, TimeUnit.SECONDS).transform(done -> close(vertx, leases));
    }

    private static Future<Void> close(Vertx vertx, RaftLeases leases) {
        return vertx.executeBlocking(
                () -> {
                    leases.close();
                    return null;
                },
                false);
    }
}
