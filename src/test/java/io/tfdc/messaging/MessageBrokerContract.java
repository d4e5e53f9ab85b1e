package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.MessageStream.PublishAck;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.tfdc.messaging.StreamConfig.Retention;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every broker promises for streams, their consumers and plain messages. */
abstract class MessageBrokerContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final String id = "t" + NAMES.incrementAndGet();
    VertxTestKit kit;
    MessageBroker broker;

    abstract Future<MessageBroker> connect(Vertx vertx);

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        broker = await(connect(kit.vertx()));
    }

    @AfterEach
    void close() {
        await(broker.close());
        kit.close();
    }

    @Test
    void numbersMessagesAndKnowsAnIdAgain() {
        MessageStream stream = queue();
        assertEquals(new PublishAck(1, false), publish(stream, "a", "one", "id-1"));
        assertEquals(new PublishAck(2, false), publish(stream, "a", "two", "id-2"));
        assertEquals(new PublishAck(1, true), publish(stream, "a", "one", "id-1"));
        publish(stream, "a", "no id", "");
        assertEquals(new PublishAck(4, false), publish(stream, "a", "no id", ""));
        assertEquals(4, await(stream.size()));
    }

    @Test
    void refusesWhatTheStreamDoesNotStoreOrIsTooLarge() {
        MessageStream stream = await(broker.stream(config(Retention.LIMITS, 100, 8)));
        fails(Reason.REFUSED, stream.publish("elsewhere." + id, bytes("x"), "", Map.of()));
        fails(Reason.REFUSED, stream.publish(id + ".*", bytes("x"), "", Map.of()));
        fails(Reason.TOO_LARGE, stream.publish(id + ".a", new byte[101], "", Map.of()));
        fails(Reason.TOO_LARGE, broker.publish("plain." + id, new byte[2 << 20]));
        assertEquals(0, await(stream.size()));
    }

    @Test
    void deliversPayloadHeadersSequenceAndCountInOrder() {
        MessageStream stream = queue();
        await(stream.publish(id + ".a", bytes("one"), "m1", Map.of("Kind", "first")));
        publish(stream, "b", "other chamber", "");
        publish(stream, "a", "two", "");
        Received received = consume(stream, "c", 10, "a");
        eventually("two messages", () -> received.size() == 2);
        WorkMessage first = received.get(0);
        assertEquals(id + ".a", first.subject());
        assertArrayEquals(bytes("one"), first.payload());
        assertEquals(Map.of("Kind", "first"), first.headers());
        assertEquals(1, first.sequence());
        assertEquals(1, first.deliveries());
        assertEquals(3, received.get(1).sequence());
        publish(stream, "a", "three", "");
        eventually("a message published later", () -> received.size() == 3);
    }

    @Test
    void anAcknowledgedMessageLeavesTheQueueAndSettlingTwiceHasNoEffect() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        publish(stream, "a", "two", "");
        Received received = consume(stream, "c", 1, "a");
        eventually("one message", () -> received.size() == 1);
        await(received.get(0).ack());
        assertEquals(1, await(stream.size()));
        await(received.get(0).ack());
        await(received.get(0).nak(Duration.ZERO));
        await(received.get(0).terminate("twice"));
        await(received.get(0).inProgress());
        eventually("the second message", () -> received.size() == 2);
        await(received.get(1).terminate("no\ngood"));
        assertEquals(0, await(stream.size()));
    }

    @Test
    void aStreamOfLimitsKeepsAcknowledgedMessages() {
        MessageStream stream = await(broker.stream(config(Retention.LIMITS, 1000, 8)));
        publish(stream, "a", "one", "");
        Received first = consume(stream, "c1", 10, "a");
        Received second = consume(stream, "c2", 10, "*");
        eventually("both have it", () -> first.size() == 1 && second.size() == 1);
        await(first.get(0).ack());
        await(second.get(0).ack());
        assertEquals(1, await(stream.size()));
    }

    @Test
    void neverHasMoreInFlightThanAllowed() {
        MessageStream stream = queue();
        int count = 200;
        for (int i = 0; i < count; i++) {
            publish(stream, "a", "m" + i, "");
        }
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Long> seen = new HashSet<>();
        AtomicInteger done = new AtomicInteger();
        WorkConsumer consumer = await(stream.createConsumer(consumer("c", "a")));
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
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        Received received = consume(stream, "c", 1, "a");
        eventually("first delivery", () -> received.size() == 1);
        long asked = System.nanoTime();
        await(received.get(0).nak(Duration.ofMillis(300)));
        eventually("second delivery", () -> received.size() == 2);
        assertTrue(System.nanoTime() - asked >= 250_000_000L, "came before its delay");
        assertEquals(2, received.get(1).deliveries());
        await(received.get(1).nak(Duration.ZERO));
        eventually("third delivery", () -> received.size() == 3);
        await(received.get(2).ack());
    }

    @Test
    void aMessageNotAcknowledgedInTimeComesAgainAndTheOldDeliveryIsVoid() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        Received received = consume(stream, consumer("c", Duration.ofMillis(500), -1, "a"), 2);
        eventually("it comes again", () -> received.size() >= 2);
        await(received.get(0).ack());
        assertEquals(1, await(stream.size()));
        await(received.last().ack());
        eventually("gone", () -> await(stream.size()) == 0);
    }

    @Test
    void progressPostponesRedelivery() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        Received received = consume(stream, consumer("c", Duration.ofSeconds(1), -1, "a"), 2);
        eventually("delivered", () -> received.size() == 1);
        AtomicInteger beats = new AtomicInteger();
        kit.vertx().setPeriodic(200, t -> received.get(0).inProgress().onSuccess(v -> beats.incrementAndGet()));
        eventually("longer than the acknowledgement time", () -> beats.get() >= 8);
        assertEquals(1, received.size());
    }

    @Test
    void isNotDeliveredMoreOftenThanAllowedButStays() {
        MessageStream stream = queue();
        publish(stream, "a", "poison", "");
        Received received = consume(stream, consumer("c", Duration.ofSeconds(30), 2, "a"), 2);
        eventually("first", () -> received.size() == 1);
        await(received.get(0).nak(Duration.ZERO));
        eventually("second", () -> received.size() == 2);
        await(received.get(1).nak(Duration.ZERO));
        publish(stream, "a", "next", "");
        eventually("the next one", () -> received.size() == 3);
        assertArrayEquals(bytes("next"), received.get(2).payload());
        assertEquals(2, await(stream.size()));
    }

    @Test
    void filtersOfAWorkQueueMustNotOverlap() {
        MessageStream stream = queue();
        await(stream.createConsumer(consumer("c1", "a", "b")));
        fails(Reason.FILTER_OVERLAP, stream.createConsumer(consumer("c2", "b", "c")));
        fails(Reason.FILTER_OVERLAP, stream.createConsumer(consumer("c3", "*")));
        await(stream.createConsumer(consumer("c1", "a", "b")));
        fails(Reason.REFUSED, stream.createConsumer(consumer("c1", "a", "b", "c")));
        await(stream.createConsumer(consumer("c2", "c")));
        assertEquals(
                Set.of("c1", "c2"),
                Set.copyOf(await(stream.consumers()).stream()
                        .map(ConsumerInfo::name)
                        .toList()));
    }

    @Test
    void shrinkingLeavesWhatIsInFlightAndFreesTheRest() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        publish(stream, "b", "two", "");
        Received old = consume(stream, "c1", 10, "a", "b");
        eventually("both in flight", () -> old.size() == 2);
        fails(Reason.REFUSED, stream.shrinkConsumer("c1", List.of()));
        fails(Reason.REFUSED, stream.shrinkConsumer("c1", List.of(id + ".a", id + ".c")));
        fails(Reason.NOT_FOUND, stream.shrinkConsumer("nobody", List.of(id + ".a")));
        await(old.get(1).ack());
        await(stream.shrinkConsumer("c1", List.of(id + ".a")));
        assertEquals(List.of(id + ".a"), await(stream.consumers()).get(0).filters());
        Received fresh = consume(stream, "c2", 10, "b");
        publish(stream, "b", "three", "");
        publish(stream, "a", "four", "");
        eventually("each has its own", () -> fresh.size() == 1 && old.size() == 3);
        await(old.get(0).ack());
        assertArrayEquals(bytes("three"), fresh.get(0).payload());
    }

    @Test
    void deletingAConsumerFencesItAndFreesItsMessages() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        WorkConsumer dying = await(stream.createConsumer(consumer("c1", "a")));
        Received old = new Received();
        AtomicBoolean lost = new AtomicBoolean();
        dying.onLost(v -> lost.set(true));
        await(kit.onContext(() -> dying.start(5, old)));
        eventually("in flight", () -> old.size() == 1);
        await(stream.deleteConsumer("c1"));
        Received fresh = consume(stream, "c2", 5, "a");
        eventually("delivered elsewhere", () -> fresh.size() == 1);
        eventually("the loss is reported", lost::get);
        await(old.get(0).ack());
        assertEquals(1, await(stream.size()));
        await(fresh.get(0).ack());
        assertEquals(0, await(stream.size()));
        fails(Reason.NOT_FOUND, stream.deleteConsumer("c1"));
    }

    @Test
    void stoppedConsumersSettleWhatTheyHaveAndGoOnWhereTheyWere() {
        MessageStream stream = queue();
        publish(stream, "a", "one", "");
        publish(stream, "a", "two", "");
        WorkConsumer consumer = await(stream.createConsumer(consumer("c", "a")));
        Received received = new Received();
        await(kit.onContext(() -> consumer.start(1, received)));
        eventually("one", () -> received.size() == 1);
        await(consumer.stop());
        await(received.get(0).ack());
        assertEquals(1, await(stream.size()));
        assertEquals(1, received.size());
        await(kit.onContext(() -> consumer.start(1, received)));
        eventually("goes on", () -> received.size() == 2);
        assertArrayEquals(bytes("two"), received.get(1).payload());
        fails(Reason.REFUSED, consumer.start(0, received));
    }

    @Test
    void describesWhatIsPendingAndInFlight() {
        MessageStream stream = queue();
        for (int i = 0; i < 5; i++) {
            publish(stream, "a", "m", "");
        }
        Received received = consume(stream, "c", 2, "a");
        eventually("two", () -> received.size() == 2);
        eventually(
                "three pending",
                () -> await(stream.consumers()).equals(List.of(new ConsumerInfo("c", List.of(id + ".a"), 3, 2))));
    }

    @Test
    void readsAndDeletesInPlace() {
        MessageStream stream = queue();
        for (int i = 1; i <= 4; i++) {
            await(stream.publish(id + ".a", bytes("m" + i), "id" + i, Map.of("N", "" + i)));
        }
        await(stream.delete(2));
        fails(Reason.NOT_FOUND, stream.delete(2));
        fails(Reason.NOT_FOUND, stream.delete(99));
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
        StreamConfig brief = new StreamConfig(
                id, List.of(id + ".>"), Retention.LIMITS, Duration.ofSeconds(1), -1, Duration.ofSeconds(1), 1, 8);
        MessageStream stream = await(broker.stream(brief));
        publish(stream, "a", "one", "x");
        assertEquals(1, await(await(broker.stream(brief)).size()));
        eventually("vanished", () -> await(stream.size()) == 0);
        eventually(
                "the id is forgotten", () -> !publish(stream, "a", "one", "x").duplicate());
    }

    @Test
    void requestsAreAnsweredOrFailWithTheReason() {
        fails(Reason.NO_RESPONDERS, broker.request("nobody." + id, bytes("?"), Duration.ofSeconds(5)));
        MessageBroker.Subscription subscription = await(broker.subscribe(
                "ask." + id + ".*",
                request -> request.reply(
                        bytes(request.subject() + "=" + new String(request.payload(), StandardCharsets.UTF_8)))));
        assertEquals(
                "ask." + id + ".x=5",
                new String(
                        await(broker.request("ask." + id + ".x", bytes("5"), Duration.ofSeconds(5))),
                        StandardCharsets.UTF_8));
        await(subscription.cancel());
        eventually(
                "no longer there",
                () -> reason(broker.request("ask." + id + ".x", bytes("5"), Duration.ofSeconds(5)))
                        == Reason.NO_RESPONDERS);
        await(broker.subscribe("mute." + id, request -> {}));
        fails(Reason.TIMEOUT, broker.request("mute." + id, bytes("?"), Duration.ofMillis(200)));
    }

    @Test
    void plainMessagesReachWhoListensOnItsContext() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Context context = kit.vertx().getOrCreateContext();
        AtomicBoolean elsewhere = new AtomicBoolean();
        await(Future.<MessageBroker.Subscription>future(promise ->
                context.runOnContext(v -> broker.subscribe("news." + id + ".>", delivery -> {
                            elsewhere.compareAndSet(false, Vertx.currentContext() != context);
                            heard.add(delivery.subject());
                            delivery.reply(bytes("to nobody"));
                        })
                        .onComplete(promise))));
        await(broker.publish("news." + id + ".a.b", bytes("1")));
        await(broker.publish("other." + id, bytes("2")));
        await(broker.publish("news." + id + ".c", bytes("3")));
        eventually("two", () -> heard.size() == 2);
        assertEquals(List.of("news." + id + ".a.b", "news." + id + ".c"), heard);
        assertFalse(elsewhere.get());
        fails(Reason.REFUSED, broker.publish("news. bad", bytes("x")));
        fails(Reason.REFUSED, broker.subscribe("a..b", delivery -> {}));
    }

    @Test
    void futuresAndHandlersStayOnTheCallersContext() {
        MessageStream stream = queue();
        Context context = kit.vertx().getOrCreateContext();
        List<Context> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        context.runOnContext(v -> stream.publish(id + ".a", bytes("x"), "", Map.of())
                .onComplete(published -> seen.add(Vertx.currentContext()))
                .compose(published -> stream.createConsumer(consumer("c", "a")))
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

    @Test
    void tellsItsStatusAndFailsOnceClosed() {
        MessageStream stream = queue();
        assertEquals(BrokerStatus.CONNECTED, broker.status());
        List<BrokerStatus> changes = new CopyOnWriteArrayList<>();
        broker.onStatus(changes::add);
        await(broker.close());
        eventually("closed", () -> broker.status() == BrokerStatus.CLOSED);
        eventually("told", () -> changes.contains(BrokerStatus.CLOSED));
        fails(Reason.UNAVAILABLE, stream.publish(id + ".a", bytes("x"), "", Map.of()));
        fails(Reason.UNAVAILABLE, broker.publish("x", bytes("x")));
        fails(Reason.UNAVAILABLE, stream.size());
        await(broker.close());
    }

    /** Collects what a consumer delivers. */
    static final class Received implements io.vertx.core.Handler<WorkMessage> {
        private final List<WorkMessage> messages = new CopyOnWriteArrayList<>();

        @Override
        public void handle(WorkMessage message) {
            messages.add(message);
        }

        int size() {
            return messages.size();
        }

        WorkMessage get(int index) {
            return messages.get(index);
        }

        WorkMessage last() {
            return messages.get(messages.size() - 1);
        }
    }

    String id() {
        return id;
    }

    MessageStream queue() {
        return await(broker.stream(config(Retention.WORK_QUEUE, 1 << 20, 64)));
    }

    private StreamConfig config(Retention retention, int maxBytes, int maxConsumers) {
        return new StreamConfig(
                id,
                List.of(id + ".>"),
                retention,
                Duration.ofDays(1),
                maxBytes,
                Duration.ofMinutes(2),
                1,
                maxConsumers);
    }

    private PublishAck publish(MessageStream stream, String lastToken, String text, String messageId) {
        return await(stream.publish(id + "." + lastToken, bytes(text), messageId, Map.of()));
    }

    ConsumerConfig consumer(String name, String... lastTokens) {
        return consumer(name, Duration.ofSeconds(30), -1, lastTokens);
    }

    ConsumerConfig consumer(String name, Duration ackWait, int maxDeliver, String... lastTokens) {
        List<String> filters =
                List.of(lastTokens).stream().map(token -> id + "." + token).toList();
        return new ConsumerConfig(name, filters, ackWait, maxDeliver, 1000, Duration.ZERO);
    }

    private Received consume(MessageStream stream, String name, int maxInFlight, String... lastTokens) {
        return consume(stream, consumer(name, lastTokens), maxInFlight);
    }

    Received consume(MessageStream stream, ConsumerConfig config, int maxInFlight) {
        Received received = new Received();
        WorkConsumer consumer = await(stream.createConsumer(config));
        await(kit.onContext(() -> consumer.start(maxInFlight, received)));
        return received;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void fails(Reason expected, Future<?> future) {
        BrokerException failure = assertThrows(BrokerException.class, () -> await(future));
        assertEquals(expected, failure.reason(), failure.getMessage());
    }

    private static Reason reason(Future<?> future) {
        try {
            await(future);
            throw new AssertionError("expected to fail");
        } catch (BrokerException e) {
            return e.reason();
        }
    }
}
