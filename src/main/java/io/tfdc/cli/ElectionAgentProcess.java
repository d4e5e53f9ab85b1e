package io.tfdc.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.ElectionAgentConfig;
import io.tfdc.config.PeerTlsConfig;
import io.tfdc.election.agent.AgentSettings;
import io.tfdc.election.agent.ElectionAgent;
import io.tfdc.election.agent.KubernetesSettings;
import io.tfdc.election.raft.RaftSettings;
import io.tfdc.management.Health;
import io.tfdc.management.ManagementVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process of the {@code election-agent} role from start to end: management port and agent. */
final class ElectionAgentProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ElectionAgentProcess.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration KUBERNETES_TIMEOUT = Duration.ofSeconds(5);
    private static final long READY_CHECK_MILLIS = 20;

    private final DefenderConfig config;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile @Nullable ElectionAgent agent;

    ElectionAgentProcess(DefenderConfig config) {
        this.config = config;
    }

    /** Runs until a signal or a failed start; yields the exit code. */
    int run() {
        AgentSettings settings = settings(config);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));
        Signals.onTermination(() -> stop(vertx, ExitCode.OK));
        vertx.getOrCreateContext()
                .runOnContext(v -> start(vertx, settings).onFailure(error -> {
                    if (!stopping) {
                        LOG.error("the process can't start: {}", error.getMessage(), error);
                        stop(vertx, ExitCode.FAILED);
                    }
                }));
        return exit.join();
    }

    private Future<Void> start(Vertx vertx, AgentSettings settings) {
        Health health = new Health(Map.of("replicas", () -> {
            ElectionAgent started = agent;
            return started != null && started.isReady();
        }));
        ManagementVerticle management =
                new ManagementVerticle(config.http().host(), config.http().port(), health, meters);
        return vertx.deployVerticle(management)
                .compose(deployed -> ElectionAgent.start(vertx, settings, meters))
                .onSuccess(started -> agent = started)
                .compose(started -> ready(vertx, started))
                .onSuccess(started -> LOG.atInfo()
                        .addKeyValue("port", started.port())
                        .addKeyValue("managementPort", management.port())
                        .addKeyValue("replica", settings.raft().replica())
                        .addKeyValue("replicas", settings.raft().peers().size())
                        .log("READY"))
                .mapEmpty();
    }

    /** Waits until the replicas have a leader, which takes as long as the others take to come. */
    private Future<ElectionAgent> ready(Vertx vertx, ElectionAgent started) {
        return started.isReady() || stopping
                ? Future.succeededFuture(started)
                : vertx.timer(READY_CHECK_MILLIS).compose(v -> ready(vertx, started));
    }

    private void stop(Vertx vertx, int code) {
        stopping = true;
        LOG.info("ending");
        Thread closer = new Thread(
                () -> {
                    ElectionAgent started = agent;
                    await("agent", started == null ? Future.succeededFuture() : started.close());
                    await("Vert.x", vertx.close());
                    LOG.atInfo().addKeyValue("exitCode", code).log("ended");
                    exit.complete(code);
                },
                "shutdown");
        closer.start();
    }

    private static void await(String what, Future<?> closed) {
        try {
            closed.toCompletionStage().toCompletableFuture().get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("{} did not close in order: {}", what, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the command with {@link ExitCode#USAGE} if this replica is not among its peers. */
    static AgentSettings settings(DefenderConfig config) {
        ElectionAgentConfig agent = config.electionAgent();
        String replica = agent.replica().or(() -> config.pod().name()).orElseGet(ElectionAgentProcess::hostName);
        // A single replica is asked by nobody else: it listens on the loopback address, on any port.
        boolean single = agent.peers().isEmpty();
        Map<String, String> peers = single ? Map.of(replica, "127.0.0.1:0") : agent.addresses();
        if (!peers.containsKey(replica)) {
            throw CommandException.usage("electionAgent.peers: expected this replica, \"" + replica + "\", among "
                    + peers.keySet() + "; electionAgent.replica gives it another name");
        }
        RaftSettings raft = new RaftSettings(
                replica,
                peers,
                agent.founders().isEmpty() ? peers.keySet() : Set.copyOf(agent.founders()),
                single ? "127.0.0.1" : agent.host(),
                agent.storage(),
                agent.electionTimeout(),
                agent.requestTimeout(),
                RaftSettings.SNAPSHOT_EVERY,
                peerTls(agent));
        Optional<KubernetesSettings> kubernetes = agent.kubernetes()
                ? Optional.of(new KubernetesSettings(
                        URI.create(agent.kubernetesServer()),
                        agent.kubernetesToken(),
                        Optional.of(agent.kubernetesAuthority()),
                        KUBERNETES_TIMEOUT))
                : Optional.empty();
        return new AgentSettings(
                agent.host(),
                agent.port(),
                agent.zone().orElse(""),
                agent.certificate()
                        .map(chain -> new AgentSettings.Certificate(
                                chain, agent.privateKey().orElseThrow())),
                agent.connectionAge(),
                agent.connectionGrace(),
                raft,
                kubernetes);
    }

    /** Files of TLS between replicas. */
    static Optional<RaftSettings.Tls> peerTls(ElectionAgentConfig agent) {
        PeerTlsConfig tls = agent.peerTls();
        return tls.enabled()
                ? Optional.of(new RaftSettings.Tls(
                        tls.trustedCertificates().orElseThrow(),
                        tls.certificate().orElseThrow(),
                        tls.privateKey().orElseThrow()))
                : Optional.empty();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
