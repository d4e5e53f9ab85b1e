package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.StreamConfig.Retention;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A broker under test, and what its contracts say and do over and over. */
abstract class BrokerContract {
    static final Duration LONG = Duration.ofMinutes(5);

    VertxTestKit kit;
    MessageBroker broker;

    abstract Future<MessageBroker> connect(Vertx vertx);

    @BeforeEach
    final void open() {
        kit = new VertxTestKit();
        broker = await(connect(kit.vertx()));
    }

    @AfterEach
    final void close() {
        await(broker.close());
        kit.close();
    }

    /** A name that is new in this run, fit for streams, subjects, buckets and consumers. */
    static String unique(String what) {
        return what + '-' + Long.toString(System.nanoTime(), 36);
    }

    /** Copies of each stream. */
    int replicas() {
        return 1;
    }

    final StreamConfig streamConfig(String name, Retention retention, Duration maxAge, Duration duplicateWindow) {
        return new StreamConfig(
                name, List.of(name + ".>"), retention, maxAge, 1 << 20, duplicateWindow, replicas(), 100);
    }

    final MessageStream workQueue(String name) {
        return await(broker.stream(streamConfig(name, Retention.WORK_QUEUE, LONG, Duration.ofMinutes(2))));
    }

    final ConsumerConfig consumerConfig(String name, String... filters) {
        return consumerConfig(name, LONG, -1, 100, filters);
    }

    final ConsumerConfig consumerConfig(
            String name, Duration ackWait, int maxDeliver, int maxAckPending, String... filters) {
        return new ConsumerConfig(name, List.of(filters), ackWait, maxDeliver, maxAckPending, Duration.ZERO);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static long publish(MessageStream stream, String subject, String payload) {
        return await(stream.publish(subject, bytes(payload), "", Map.of())).sequence();
    }

    static void assertFails(Reason reason, Future<?> future) {
        BrokerException failure = assertThrows(BrokerException.class, () -> await(future));
        assertEquals(reason, failure.reason(), failure.getMessage());
    }

    /** Messages in the order in which they came. */
    static final class Received {
        private final List<WorkMessage> messages = new CopyOnWriteArrayList<>();

        static Received from(WorkConsumer consumer, InFlightBound bound) {
            Received received = new Received();
            await(consumer.start(bound, received.messages::add));
            return received;
        }

        static Received from(WorkConsumer consumer, int maxInFlight) {
            Received received = new Received();
            await(consumer.start(maxInFlight, received.messages::add));
            return received;
        }

        int count() {
            return messages.size();
        }

        WorkMessage message(int index) {
            eventually("message " + index + " of " + payloads(), () -> messages.size() > index);
            return messages.get(index);
        }

        WorkMessage last() {
            return messages.get(messages.size() - 1);
        }

        List<String> payloads() {
            return messages.stream().map(message -> text(message.payload())).toList();
        }

        void awaitPayloads(String... expected) {
            eventually(
                    "payloads " + List.of(expected) + ", found " + payloads(),
                    () -> messages.size() >= expected.length);
            assertEquals(List.of(expected), payloads());
        }
    }
}
