package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageStream.PublishAck;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.tfdc.messaging.StreamConfig.Retention;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every broker promises about storing messages, delivering them and settling them. */
abstract class StreamContract extends BrokerContract {
    private final String name = unique("stream");

    @Test
    void numbersMessagesAndKnowsAnIdAgain() {
        MessageStream stream = workQueue(name);
        assertEquals(new PublishAck(1, false), publishAs("id-1", stream));
        assertEquals(new PublishAck(2, false), publishAs("id-2", stream));
        assertEquals(new PublishAck(1, true), publishAs("id-1", stream));
        assertEquals(new PublishAck(3, false), publishAs("", stream));
        assertEquals(new PublishAck(4, false), publishAs("", stream));
        assertEquals(4, await(stream.size()));
    }

    private PublishAck publishAs(String id, MessageStream stream) {
        return await(stream.publish(name + ".a", bytes("text"), id, Map.of()));
    }

    @Test
    void refusesWhatTheStreamDoesNotStoreOrIsTooLarge() {
        MessageStream stream = await(broker.stream(new StreamConfig(
                name, List.of(name + ".>"), Retention.LIMITS, LONG, 100, Duration.ofMinutes(2), replicas(), 8)));
        assertFails(Reason.REFUSED, stream.publish("elsewhere." + name, bytes("x"), "", Map.of()));
        assertFails(Reason.REFUSED, stream.publish(name + ".*", bytes("x"), "", Map.of()));
        assertFails(Reason.TOO_LARGE, stream.publish(name + ".a", new byte[101], "", Map.of()));
        assertFails(Reason.TOO_LARGE, broker.publish("plain." + name, new byte[2 << 20]));
        assertEquals(0, await(stream.size()));
    }

    @Test
    void deliversPayloadHeadersSequenceAndCountInOrder() {
        MessageStream stream = workQueue(name);
        await(stream.publish(name + ".a", bytes("one"), "m1", Map.of("Kind", "first")));
        publish(stream, name + ".b", "other chamber");
        publish(stream, name + ".a", "two");
        Received received = consume(stream, 10);
        WorkMessage first = received.message(0);
        assertEquals(name + ".a", first.subject());
        assertArrayEquals(bytes("one"), first.payload());
        assertEquals(Map.of("Kind", "first"), first.headers());
        assertEquals(1, first.sequence());
        assertEquals(1, first.deliveries());
        assertEquals(3, received.message(1).sequence());
        publish(stream, name + ".a", "three");
        received.awaitPayloads("one", "two", "three");
    }

    @Test
    void anAcknowledgedMessageLeavesTheQueueAndSettlingTwiceHasNoEffect() {
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        publish(stream, name + ".a", "two");
        Received received = consume(stream, 1);
        WorkMessage first = received.message(0);
        await(first.ack());
        assertEquals(1, await(stream.size()));
        await(first.ack());
        await(first.nak(Duration.ZERO));
        await(first.terminate("twice"));
        await(first.inProgress());
        await(received.message(1).terminate("no\ngood"));
        assertEquals(0, await(stream.size()));
        received.awaitPayloads("one", "two");
    }

    @Test
    void aStreamOfLimitsKeepsAcknowledgedMessages() {
        MessageStream stream = await(broker.stream(streamConfig(name, Retention.LIMITS, LONG, Duration.ofMinutes(2))));
        publish(stream, name + ".a", "one");
        Received first = consume(stream, 10);
        Received second = Received.from(await(stream.createConsumer(consumerConfig("all", name + ".*"))), 10);
        await(first.message(0).ack());
        await(second.message(0).ack());
        assertEquals(1, await(stream.size()));
    }

    @Test
    void neverHasMoreInFlightThanAllowed() {
        MessageStream stream = workQueue(name);
        int count = 200;
        for (int i = 0; i < count; i++) {
            publish(stream, name + ".a", "m" + i);
        }
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Long> seen = new HashSet<>();
        AtomicInteger done = new AtomicInteger();
        WorkConsumer consumer = await(stream.createConsumer(consumerConfig("c", name + ".a")));
        await(kit.onContext(() -> consumer.start(7, message -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            seen.add(message.sequence());
            kit.vertx().setTimer(1 + message.sequence() % 5, t -> {
                inFlight.decrementAndGet();
                message.ack().onSuccess(v -> done.incrementAndGet());
            });
        })));
        eventually("all are done", () -> done.get() == count);
        assertEquals(count, seen.size());
        assertTrue(most.get() > 1 && most.get() <= 7, "in flight at most 7, found " + most);
        assertEquals(0, await(stream.size()));
    }

    @Test
    void aMessageGivenBackComesAgainAfterTheDelayAndCounts() {
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received = consume(stream, 1);
        WorkMessage first = received.message(0);
        long asked = System.nanoTime();
        await(first.nak(Duration.ofMillis(300)));
        WorkMessage second = received.message(1);
        assertTrue(System.nanoTime() - asked >= 250_000_000L, "came before its delay");
        assertEquals(2, second.deliveries());
        await(second.nak(Duration.ZERO));
        await(received.message(2).ack());
    }

    @Test
    void aMessageNotAcknowledgedInTimeComesAgainAndTheOldDeliveryIsVoid() {
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received = Received.from(
                await(stream.createConsumer(consumerConfig("c", Duration.ofMillis(500), -1, 10, name + ".a"))), 2);
        received.message(1);
        await(received.message(0).ack());
        assertEquals(1, await(stream.size()));
        await(received.last().ack());
        eventually("gone", () -> await(stream.size()) == 0);
    }

    @Test
    void progressPostponesRedelivery() {
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received = Received.from(
                await(stream.createConsumer(consumerConfig("c", Duration.ofSeconds(1), -1, 10, name + ".a"))), 2);
        WorkMessage held = received.message(0);
        AtomicInteger beats = new AtomicInteger();
        kit.vertx().setPeriodic(200, t -> held.inProgress().onSuccess(v -> beats.incrementAndGet()));
        eventually("longer than the acknowledgement time", () -> beats.get() >= 8);
        assertEquals(1, received.count());
    }

    @Test
    void stoppedConsumersSettleWhatTheyHaveAndGoOnWhereTheyWere() {
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        publish(stream, name + ".a", "two");
        WorkConsumer consumer = await(stream.createConsumer(consumerConfig("c", name + ".a")));
        Received before = Received.from(consumer, 1);
        WorkMessage held = before.message(0);
        await(consumer.stop());
        await(held.ack());
        assertEquals(1, await(stream.size()));
        assertEquals(1, before.count());
        Received.from(consumer, 1).awaitPayloads("two");
        assertFails(Reason.REFUSED, consumer.start(0, message -> {}));
    }

    @Test
    void readsAndDeletesInPlace() {
        MessageStream stream = workQueue(name);
        for (int i = 1; i <= 4; i++) {
            await(stream.publish(name + ".a", bytes("m" + i), "id" + i, Map.of("N", "" + i)));
        }
        await(stream.delete(2));
        assertFails(Reason.NOT_FOUND, stream.delete(2));
        assertFails(Reason.NOT_FOUND, stream.delete(99));
        List<StoredMessage> read = await(stream.read(1, 2));
        assertEquals(List.of(1L, 3L), read.stream().map(StoredMessage::sequence).toList());
        assertArrayEquals(bytes("m3"), read.get(1).payload());
        assertEquals(Map.of("N", "3"), read.get(1).headers());
        assertEquals(1, await(stream.read(4, 10)).size());
        assertEquals(List.of(), await(stream.read(5, 10)));
        assertEquals(3, await(stream.size()));
    }

    @Test
    void messagesVanishWithAgeAndAnExistingStreamIsOpened() {
        StreamConfig brief = streamConfig(name, Retention.LIMITS, Duration.ofSeconds(1), Duration.ofSeconds(1));
        MessageStream stream = await(broker.stream(brief));
        publishAs("x", stream);
        assertEquals(1, await(await(broker.stream(brief)).size()));
        eventually("vanished", () -> await(stream.size()) == 0);
        eventually("the id is forgotten", () -> !publishAs("x", stream).duplicate());
    }

    @Test
    void futuresAndHandlersStayOnTheCallersContext() {
        MessageStream stream = workQueue(name);
        Context context = kit.vertx().getOrCreateContext();
        List<Context> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        context.runOnContext(v -> stream.publish(name + ".a", bytes("x"), "", Map.of())
                .onComplete(published -> seen.add(Vertx.currentContext()))
                .compose(published -> stream.createConsumer(consumerConfig("c", name + ".a")))
                .onComplete(created -> seen.add(Vertx.currentContext()))
                .compose(consumer -> consumer.start(1, message -> {
                    seen.add(Vertx.currentContext());
                    message.ack().onComplete(acked -> {
                        seen.add(Vertx.currentContext());
                        done.set(true);
                    });
                })));
        eventually("acknowledged", done::get);
        seen.forEach(where -> assertSame(context, where));
        assertEquals(4, seen.size());
    }

    private Received consume(MessageStream stream, int maxInFlight) {
        return Received.from(await(stream.createConsumer(consumerConfig("c", name + ".a"))), maxInFlight);
    }
}
