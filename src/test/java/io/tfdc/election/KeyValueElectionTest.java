package io.tfdc.election;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.election.natskv.KeyValueElection;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class KeyValueElectionTest {
    private abstract static class OnABroker extends ElectionContract {
        private final Map<Vertx, MessageBroker> brokers = new HashMap<>();

        abstract MessageBroker broker(Vertx vertx);

        @Override
        ElectionService connect(Vertx vertx, String election) {
            MessageBroker broker = brokers.computeIfAbsent(vertx, this::broker);
            return new KeyValueElection(
                    await(broker.bucket(KeyValueElection.bucket(1))),
                    election,
                    Duration.ofSeconds(5),
                    System::nanoTime);
        }

        @Override
        @AfterEach
        void close() {
            brokers.values().forEach(broker -> await(broker.close()));
            super.close();
        }
    }

    @Nested
    class OnTheEmbeddedBroker extends OnABroker {
        @Override
        MessageBroker broker(Vertx vertx) {
            return EmbeddedBroker.create(vertx);
        }
    }

    @Nested
    @Tag("integration")
    class OnNats extends OnABroker {
        private static NatsServer server;

        @BeforeAll
        static void start() {
            server = NatsServer.start(NatsDistribution.obtain(NatsDistribution.Suite.TRIXIE));
        }

        @AfterAll
        static void stop() {
            if (server != null) {
                server.close();
            }
        }

        @Override
        MessageBroker broker(Vertx vertx) {
            return await(NatsBroker.connect(vertx, NatsOptions.of("election", server.url())));
        }
    }
}
