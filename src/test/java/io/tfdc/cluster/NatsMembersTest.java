package io.tfdc.cluster;

import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsCluster;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("integration")
class NatsMembersTest {
    /** Each test has a server of its own: the cluster's names are the same in all of them. */
    abstract static class OnServer extends ClusterContract {
        private final NatsDistribution.Suite suite;
        private NatsServer server;

        OnServer(NatsDistribution.Suite suite) {
            this.suite = suite;
        }

        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            server = NatsServer.start(NatsDistribution.obtain(suite));
            return NatsBroker.connect(vertx, NatsOptions.of("members", server.url()));
        }

        @AfterEach
        void stop() {
            if (server != null) {
                server.close();
            }
        }
    }

    @Nested
    class OldestRelease extends OnServer {
        OldestRelease() {
            super(NatsDistribution.Suite.TRIXIE);
        }
    }

    /** Three servers of the oldest release, where updates of consumers are not checked. */
    @Nested
    class ThreeServers extends ClusterContract {
        private NatsCluster servers;

        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            servers = NatsCluster.start(NatsDistribution.Suite.TRIXIE);
            return NatsBroker.connect(
                    vertx, NatsOptions.of("members", servers.urls().toArray(String[]::new)));
        }

        @Override
        int replicas() {
            return NatsCluster.SIZE;
        }

        @AfterEach
        void stop() {
            if (servers != null) {
                servers.close();
            }
        }
    }

    @Nested
    class NewestRelease extends OnServer {
        NewestRelease() {
            super(NatsDistribution.Suite.SID);
        }
    }
}
