package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class NatsBrokerTest {
    private static NatsServer oldest;
    private static NatsServer newest;

    @BeforeAll
    static void start() {
        oldest = NatsServer.start(NatsDistribution.obtain(NatsDistribution.Suite.TRIXIE));
        newest = NatsServer.start(NatsDistribution.obtain(NatsDistribution.Suite.SID));
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

    private static Future<MessageBroker> connect(Vertx vertx, NatsServer server) {
        return NatsBroker.connect(vertx, NatsOptions.of("contract", server.url()));
    }

    @Test
    void aServerThatStandsAloneSaysHowManyCopiesItCanKeep() {
        try (VertxTestKit kit = new VertxTestKit()) {
            MessageBroker broker = await(connect(kit.vertx(), newest));
            BrokerException refused = assertThrows(
                    BrokerException.class,
                    () -> await(broker.bucket(new BucketConfig("copies", Duration.ZERO, 1, 1000, 3))));
            assertTrue(refused.getMessage().endsWith("set nats.replicas to 1"), refused.getMessage());
            await(broker.close());
        }
    }

    @Nested
    class StreamsOfOldestRelease extends StreamContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, oldest);
        }
    }

    @Nested
    class QueuesOfOldestRelease extends WorkQueueContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, oldest);
        }
    }

    @Nested
    class HandoverOfOldestRelease extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, oldest);
        }
    }

    @Nested
    class PlainOfOldestRelease extends PlainMessagingContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, oldest);
        }
    }

    @Nested
    class BucketsOfOldestRelease extends BucketContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, oldest);
        }
    }

    @Nested
    class StreamsOfNewestRelease extends StreamContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, newest);
        }
    }

    @Nested
    class QueuesOfNewestRelease extends WorkQueueContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, newest);
        }
    }

    @Nested
    class HandoverOfNewestRelease extends HandoverContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, newest);
        }
    }

    @Nested
    class PlainOfNewestRelease extends PlainMessagingContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, newest);
        }
    }

    @Nested
    class BucketsOfNewestRelease extends BucketContract {
        @Override
        Future<MessageBroker> connect(Vertx vertx) {
            return NatsBrokerTest.connect(vertx, newest);
        }
    }
}
