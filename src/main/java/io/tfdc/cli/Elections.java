package io.tfdc.cli;

import io.tfdc.config.ClusterConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.ElectionConfig;
import io.tfdc.config.TlsConfig;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.election.ClusterSizeSource;
import io.tfdc.election.ElectionService;
import io.tfdc.election.embedded.EmbeddedElection;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.election.natskv.KeyValueElection;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.OptionalInt;

/** The election service that the configuration names. */
final class Elections {
    private Elections() {}

    /** What a member needs of an election. */
    record Election(ElectionService service, ClusterSizeSource size, ElectionTimes times) {}

    /** Connects; agents are asked only when they are needed. Call it on the context that will use it. */
    static Future<Election> open(Vertx vertx, DefenderConfig config, MessageBroker broker) {
        ElectionConfig election = config.election();
        ElectionTimes times = times(election);
        ClusterSizeSource unknown = (namespace, pod) -> Future.succeededFuture(OptionalInt.empty());
        return switch (election.kind()) {
            case AGENT -> {
                AgentElection agents = agents(vertx, election, name(config));
                yield Future.succeededFuture(new Election(agents, agents, times));
            }
            case NATS_KV ->
                broker.bucket(KeyValueElection.bucket(config.nats().replicas()))
                        .map(bucket -> new Election(
                                new KeyValueElection(bucket, name(config), election.requestTimeout(), System::nanoTime),
                                unknown,
                                times));
            case EMBEDDED -> Future.succeededFuture(new Election(EmbeddedElection.create(), unknown, times));
        };
    }

    /** Clusters of different scope elect leaders of their own, and so do those that only look on. */
    private static String name(DefenderConfig config) {
        String shadow = config.cluster().mode() == ClusterConfig.Mode.SHADOW ? "-shadow" : "";
        return config.cluster().scoped(config.election().name()) + shadow;
    }

    static AgentElection agents(Vertx vertx, ElectionConfig election) {
        return agents(vertx, election, election.name());
    }

    private static AgentElection agents(Vertx vertx, ElectionConfig election, String name) {
        return new AgentElection(
                vertx, new AgentClientOptions(election.agents(), name, election.requestTimeout(), tls(election.tls())));
    }

    private static Optional<AgentClientOptions.Tls> tls(TlsConfig tls) {
        return tls.enabled()
                ? Optional.of(
                        new AgentClientOptions.Tls(tls.trustedCertificates(), tls.certificate(), tls.privateKey()))
                : Optional.empty();
    }

    static ElectionTimes times(ElectionConfig election) {
        return new ElectionTimes(
                election.term(), election.renewInterval(), election.campaignInterval(), election.margin());
    }
}
