package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.StreamConfig.Retention;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What tests of a broker work with: streams and consumers with usual settings, and names that no other test uses. */
interface BrokerUnderTest {
    Duration LONG = Duration.ofMinutes(5);

    Vertx vertx();

    MessageBroker broker();

    /** A name that is new in this run, fit for streams, subjects, buckets and consumers. */
    default String unique(String what) {
        return what + '-' + Long.toString(System.nanoTime(), 36);
    }

    /** Copies of each stream. */
    default int replicas() {
        return 1;
    }

    default StreamConfig streamConfig(String name, Retention retention, Duration maxAge, Duration duplicateWindow) {
        return new StreamConfig(
                name, List.of(name + ".>"), retention, maxAge, 1 << 20, duplicateWindow, replicas(), 100);
    }

    default MessageStream workQueue(String name) {
        return await(broker().stream(streamConfig(name, Retention.WORK_QUEUE, LONG, Duration.ofMinutes(2))));
    }

    default ConsumerConfig consumerConfig(String name, String... filters) {
        return consumerConfig(name, LONG, -1, 100, filters);
    }

    default ConsumerConfig consumerConfig(
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
    final class Received {
        private final List<WorkMessage> messages = new CopyOnWriteArrayList<>();

        public static Received from(WorkConsumer consumer, InFlightBound bound) {
            Received received = new Received();
            await(consumer.start(bound, received.messages::add));
            return received;
        }

        public static Received from(WorkConsumer consumer, int maxInFlight) {
            Received received = new Received();
            await(consumer.start(maxInFlight, received.messages::add));
            return received;
        }

        public int count() {
            return messages.size();
        }

        public WorkMessage message(int index) {
            eventually("message " + index + " of " + payloads(), () -> messages.size() > index);
            return messages.get(index);
        }

        public WorkMessage last() {
            return messages.get(messages.size() - 1);
        }

        public List<String> payloads() {
            return messages.stream().map(message -> text(message.payload())).toList();
        }

        public void awaitPayloads(String... expected) {
            eventually(
                    "payloads " + List.of(expected) + ", found " + payloads(),
                    () -> messages.size() >= expected.length);
            assertEquals(List.of(expected), payloads());
        }
    }
}
