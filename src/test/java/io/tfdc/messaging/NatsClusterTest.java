package io.tfdc.messaging;

import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsCluster;
import io.tfdc.testing.NatsDistribution;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** What hand-over rests on holds on a cluster of three servers as well, where updates of consumers are checked less than on one server. */
@Tag("integration")
class NatsClusterTest {
    private static NatsCluster oldest;
    private static NatsCluster newest;

    @BeforeAll
    static void start() {
        oldest = NatsCluster.start(NatsDistribution.Suite.TRIXIE);
        newest = NatsCluster.start(NatsDistribution.Suite.SID);
    }

    @AfterAll
    static void stop() {
        if (newest != null) {
            newest.close();
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    private static Future<MessageBroker> connect(Vertx vertx, NatsCluster cluster) {
        return NatsBroker.connect(
                vertx, NatsOptions.of("contract", cluster.urls().toArray(String[]::new)));
    }

    @Nested
    class OldestRelease extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsClusterTest.connect(vertx, oldest);
        }

        @Override
        int replicas() {
            return NatsCluster.SIZE;
        }
    }

    @Nested
    class NewestRelease extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsClusterTest.connect(vertx, newest);
        }

        @Override
        int replicas() {
            return NatsCluster.SIZE;
        }
    }
}
