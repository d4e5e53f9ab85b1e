package io.tfdc.messaging;

import static io.tfdc.messaging.BrokerContract.assertFails;
import static io.tfdc.messaging.BrokerContract.bytes;
import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.tfdc.messaging.StreamConfig.Retention;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.FaultProxy;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that die, freeze or are slow, and connections that break. */
@Tag("integration")
class NatsOutageTest {
    private VertxTestKit kit;
    private NatsServer server;
    private FaultProxy proxy;
    private MessageBroker direct;
    private MessageBroker broker;

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        server = NatsServer.start(NatsDistribution.obtain());
        proxy = FaultProxy.to(server.port());
        direct = await(NatsBroker.connect(kit.vertx(), options(server.url())));
        broker = await(NatsBroker.connect(kit.vertx(), options("nats://127.0.0.1:" + proxy.port())));
    }

    @AfterEach
    void close() {
        await(broker.close());
        await(direct.close());
        kit.close();
        proxy.close();
        server.close();
    }

    private static NatsOptions options(String url) {
        return NatsOptions.of("outages", url).withOperationTimeout(Duration.ofSeconds(1));
    }

    @Test
    void nothingIsLostWhenTheServerIsKilledAndStartedAgain() {
        MessageStream stream = queue(broker);
        int count = 400;
        publish(stream, count);
        Set<Long> done = ConcurrentHashMap.newKeySet();
        consume(stream, done, 10);
        eventually("a quarter", () -> done.size() > count / 4);
        server.restart();
        eventually("all of them", () -> done.size() == count);
        eventually("connected", () -> broker.status() == BrokerStatus.CONNECTED);
        assertEquals(0, await(stream.size()));
    }

    @Test
    void manyConsumersAndSubscriptionsAtOnceLeaveTheConnectionAsItIs() {
        MessageStream stream = queue(broker);
        AtomicInteger lost = new AtomicInteger();
        broker.onStatus(status -> lost.addAndGet(status == BrokerStatus.DISCONNECTED ? 1 : 0));
        proxy.delay(50);
        List<Future<?>> subscribed = new ArrayList<>();
        List<WorkConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            subscribed.add(broker.subscribe("news." + i, delivery -> {}));
            WorkConsumer consumer = await(stream.createConsumer(
                    new ConsumerConfig("c" + i, List.of("q." + i), Duration.ofSeconds(30), -1, 10, Duration.ZERO)));
            await(consumer.start(10, message -> {}));
            consumers.add(consumer);
        }
        await(Future.all(subscribed));
        await(Future.all(consumers.stream().map(WorkConsumer::stop).toList()));
        assertEquals(0, lost.get(), "connections lost");
        assertEquals(BrokerStatus.CONNECTED, broker.status());
    }

    @Test
    void operationsOnAFrozenServerTimeOutAndThenWorkAgain() {
        MessageStream stream = queue(broker);
        KeyValueBucket bucket = await(broker.bucket(new BucketConfig("b", Duration.ZERO, 1, -1, 1)));
        Set<Long> done = ConcurrentHashMap.newKeySet();
        consume(stream, done, 10);
        publish(stream, 20);
        eventually("consumed", () -> done.size() == 20);
        server.freeze();
        assertFails(Reason.TIMEOUT, stream.publish("q.a", bytes("x"), "frozen", Map.of()));
        assertFails(Reason.TIMEOUT, bucket.put("a", bytes("x")));
        assertFails(Reason.TIMEOUT, stream.size());
        assertFails(Reason.TIMEOUT, bucket.get("a"));
        assertFails(Reason.TIMEOUT, broker.request("q.a", bytes("x"), Duration.ofMillis(300)));
        server.thaw();
        eventually("works again", () -> succeeds(stream.publish("q.a", bytes("x"), "frozen", Map.of())));
        publish(stream, 20);
        eventually("consumes again", () -> done.size() >= 41);
    }

    @Test
    void outstandingPublishesToAFrozenServerAreBoundedAndAllFail() {
        MessageStream stream = queue(broker);
        server.freeze();
        List<Future<?>> published = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            published.add(stream.publish("q.a", new byte[100], "", Map.of()));
        }
        Set<Reason> reasons = ConcurrentHashMap.newKeySet();
        AtomicInteger failed = new AtomicInteger();
        published.forEach(future -> future.onFailure(failure -> {
            reasons.add(((BrokerException) failure).reason());
            failed.incrementAndGet();
        }));
        eventually("all failed", () -> failed.get() == published.size());
        assertEquals(Set.of(Reason.UNAVAILABLE, Reason.TIMEOUT), reasons);
        server.thaw();
        eventually("works again", () -> succeeds(stream.publish("q.a", bytes("x"), "", Map.of())));
    }

    @Test
    void aServerThatIsDownAtStartIsUnavailableUntilItIsUp() {
        server.kill();
        assertFails(Reason.UNAVAILABLE, NatsBroker.connect(kit.vertx(), options(server.url())));
        server.restart();
        MessageBroker late = await(NatsBroker.connect(kit.vertx(), options(server.url())));
        assertEquals(BrokerStatus.CONNECTED, late.status());
        await(late.close());
    }

    @Test
    void withoutConnectionOperationsFailAtOnceAndStatusIsTold() {
        MessageStream stream = queue(broker);
        List<BrokerStatus> changes = new java.util.concurrent.CopyOnWriteArrayList<>();
        broker.onStatus(changes::add);
        proxy.refuse(true);
        eventually("noticed", () -> broker.status() == BrokerStatus.DISCONNECTED);
        assertFails(Reason.UNAVAILABLE, stream.publish("q.a", bytes("x"), "", Map.of()));
        assertFails(Reason.UNAVAILABLE, stream.size());
        assertFails(Reason.UNAVAILABLE, broker.publish("x", bytes("x")));
        proxy.refuse(false);
        eventually("back", () -> broker.status() == BrokerStatus.CONNECTED);
        eventually("told", () -> changes.equals(List.of(BrokerStatus.DISCONNECTED, BrokerStatus.CONNECTED)));
    }

    @Test
    void aConsumerDeletedWhileTheConnectionIsAwayIsReportedLost() {
        MessageStream stream = queue(broker);
        WorkConsumer consumer = await(stream.createConsumer(consumer()));
        AtomicInteger lost = new AtomicInteger();
        consumer.onLost(v -> lost.incrementAndGet());
        await(kit.onContext(() -> consumer.start(5, message -> message.ack())));
        proxy.refuse(true);
        eventually("noticed", () -> broker.status() == BrokerStatus.DISCONNECTED);
        await(queue(direct).deleteConsumer("c"));
        proxy.refuse(false);
        eventually("reported", () -> lost.get() == 1);
        await(consumer.stop());
        assertEquals(1, lost.get());
    }

    @Test
    void aWatchGoesOnWhereItWasWhenTheConnectionIsBack() {
        KeyValueBucket near = await(broker.bucket(new BucketConfig("w", Duration.ZERO, 64, -1, 1)));
        KeyValueBucket far = await(direct.bucket(new BucketConfig("w", Duration.ZERO, 64, -1, 1)));
        BucketContract.Seen seen = new BucketContract.Seen();
        await(near.put("a", bytes("0")));
        await(kit.onContext(() -> near.watch(seen)));
        eventually("replayed", () -> seen.events.size() == 2);
        proxy.refuse(true);
        for (int i = 1; i <= 5; i++) {
            await(far.put("a", bytes("" + i)));
        }
        proxy.refuse(false);
        eventually("caught up", () -> seen.events.contains("a=5"));
        await(far.put("a", bytes("6")));
        eventually("goes on", () -> seen.events.contains("a=6"));
        assertEquals(List.of("a=0", "replayed", "a=1", "a=2", "a=3", "a=4", "a=5", "a=6"), seen.events);
    }

    @Test
    void aPartitionThatSwallowsEverythingIsOvercomeWithoutLoss() {
        MessageStream stream = queue(broker);
        Set<Long> done = ConcurrentHashMap.newKeySet();
        consume(stream, done, 10);
        publish(stream, 10);
        eventually("consumed", () -> done.size() == 10);
        proxy.swallow(true);
        assertFails(Reason.TIMEOUT, stream.publish("q.a", bytes("x"), "swallowed", Map.of()));
        publish(queue(direct), 20);
        proxy.swallow(false);
        proxy.cut();
        eventually("all", () -> done.size() >= 30);
        eventually("nothing left", () -> await(queue(direct).size()) == 0);
    }

    @Test
    void whatWasDeliveredIntoABrokenConnectionComesAgainAtOnceAndInItsOrder() {
        MessageStream stream = queue(broker);
        List<Long> done = new CopyOnWriteArrayList<>();
        openForEver(stream, done);
        publish(stream, 10);
        eventually("consumed", () -> done.size() == 10);
        proxy.swallow(true);
        publish(queue(direct), 10);
        eventually("delivered in vain", () -> ackPending() > 0);
        proxy.swallow(false);
        proxy.cut();
        publish(queue(direct), 10);
        eventually("all", () -> done.size() == 30);
        assertEquals(done.stream().sorted().toList(), done);
        eventually("nothing left", () -> await(queue(direct).size()) == 0);
    }

    /** Opens a consumer, and another one whenever it is lost. Nothing comes again of itself within the time of a test. */
    private void openForEver(MessageStream stream, List<Long> done) {
        stream.createConsumer(patientConsumer()).onSuccess(consumer -> {
            consumer.onLost(lost -> openForEver(stream, done));
            consumer.start(5, message -> message.ack().onSuccess(acked -> done.add(message.sequence())));
        });
    }

    private static ConsumerConfig patientConsumer() {
        return new ConsumerConfig("c", List.of("q.a"), Duration.ofMinutes(5), -1, 1000, Duration.ZERO);
    }

    private long ackPending() {
        return await(queue(direct).consumers()).stream()
                .mapToLong(MessageStream.ConsumerInfo::ackPending)
                .sum();
    }

    @Test
    void anAcknowledgementThatGotLostWithTheConnectionIsToldAgain() {
        MessageStream stream = queue(broker);
        WorkConsumer consumer = await(stream.createConsumer(patientConsumer()));
        List<WorkMessage> held = new CopyOnWriteArrayList<>();
        await(kit.onContext(() -> consumer.start(5, held::add)));
        publish(stream, 3);
        eventually("delivered", () -> held.size() == 3);
        proxy.swallow(true);
        List<Future<Void>> acknowledged =
                held.stream().map(message -> kit.onContext(message::ack)).toList();
        assertFails(Reason.TIMEOUT, broker.request("nobody", bytes("x"), Duration.ofMillis(300)));
        proxy.swallow(false);
        proxy.cut();
        await(Future.all(acknowledged));
        assertEquals(0, await(queue(direct).size()));
        assertEquals(3, held.size(), "nothing came again");
    }

    @Test
    void whatWaitsForAnAnswerFailsWithTheConnection() {
        MessageBroker patient = await(NatsBroker.connect(
                kit.vertx(), options("nats://127.0.0.1:" + proxy.port()).withOperationTimeout(Duration.ofMinutes(5))));
        MessageStream stream = queue(patient);
        proxy.swallow(true);
        Future<?> published = stream.publish("q.a", bytes("x"), "", Map.of());
        assertFails(Reason.TIMEOUT, patient.request("nobody", bytes("x"), Duration.ofMillis(300)));
        proxy.swallow(false);
        proxy.cut();
        assertFails(Reason.UNAVAILABLE, published);
        eventually("works again", () -> succeeds(stream.publish("q.a", bytes("x"), "", Map.of())));
        await(patient.close());
    }

    @Test
    void aSlowConnectionKeepsTheBoundOfMessagesInFlight() {
        MessageStream stream = queue(broker);
        publish(stream, 60);
        proxy.delay(100);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean repeated = new AtomicBoolean();
        Set<Long> done = ConcurrentHashMap.newKeySet();
        WorkConsumer consumer = await(stream.createConsumer(consumer()));
        await(kit.onContext(() -> consumer.start(8, message -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            repeated.compareAndSet(false, message.deliveries() > 1);
            kit.vertx().setTimer(20, t -> {
                inFlight.decrementAndGet();
                message.ack().onSuccess(acked -> done.add(message.sequence()));
            });
        })));
        eventually("all", () -> done.size() == 60);
        assertTrue(most.get() > 1 && most.get() <= 8, "in flight: " + most);
        assertFalse(repeated.get(), "a message came twice");
    }

    private MessageStream queue(MessageBroker of) {
        return await(of.stream(new StreamConfig(
                "q", List.of("q.>"), Retention.WORK_QUEUE, Duration.ofDays(1), -1, Duration.ofMinutes(2), 1, 64)));
    }

    private static ConsumerConfig consumer() {
        return new ConsumerConfig("c", List.of("q.a"), Duration.ofSeconds(3), -1, 1000, Duration.ZERO);
    }

    private void consume(MessageStream stream, Set<Long> done, int maxInFlight) {
        await(kit.onContext(() -> open(stream, done, maxInFlight)));
    }

    /** Another one whenever it is lost. */
    private Future<Void> open(MessageStream stream, Set<Long> done, int maxInFlight) {
        return stream.createConsumer(consumer()).compose(consumer -> {
            consumer.onLost(lost -> open(stream, done, maxInFlight));
            return consumer.start(
                    maxInFlight,
                    message ->
                            kit.vertx().setTimer(2, t -> message.ack().onSuccess(v -> done.add(message.sequence()))));
        });
    }

    private static void publish(MessageStream stream, int count) {
        List<Future<?>> published = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            published.add(stream.publish("q.a", bytes("m" + i), "", Map.of()));
        }
        await(Future.all(published));
    }

    private static boolean succeeds(Future<?> future) {
        try {
            await(future);
            return true;
        } catch (BrokerException e) {
            return false;
        }
    }
}
