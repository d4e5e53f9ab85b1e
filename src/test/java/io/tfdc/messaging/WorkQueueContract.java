package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.StreamConfig.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every broker promises about who gets a work queue's messages, and when again: hand-over between members rests on it. */
abstract class WorkQueueContract extends BrokerContract {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void anIdIsKnownEvenAfterItsMessageWasConsumed() {
        String name = unique("consumed");
        MessageStream stream = workQueue(name);
        await(stream.publish(name + ".a", bytes("one"), "id", Map.of()));
        Received received = Received.from(await(stream.createConsumer(consumerConfig("c", name + ".a"))), 1);
        await(received.message(0).ack());
        assertTrue(
                await(stream.publish(name + ".a", bytes("one"), "id", Map.of())).duplicate());
        assertEquals(0, await(stream.size()));
    }

    @Test
    void openingAStreamAgainKeepsWhatItHoldsAndUpdatesIt() {
        String name = unique("again");
        publish(workQueue(name), name + ".a", "one");
        MessageStream again = await(broker.stream(new StreamConfig(
                name, List.of(name + ".>"), Retention.WORK_QUEUE, LONG, 500, Duration.ofMinutes(1), 1, 100)));
        assertEquals(1, await(again.size()));
        assertFails(Reason.TOO_LARGE, again.publish(name + ".a", new byte[501], "", Map.of()));
        assertFails(Reason.REFUSED, broker.stream(streamConfig(name, Retention.LIMITS, LONG, Duration.ofMinutes(2))));
    }

    @Test
    void noTwoStreamsStoreTheSameSubject() {
        String name = unique("taken");
        workQueue(name);
        assertFails(
                Reason.REFUSED,
                broker.stream(new StreamConfig(
                        unique("other"),
                        List.of(name + ".a.*"),
                        Retention.LIMITS,
                        LONG,
                        -1,
                        Duration.ofMinutes(2),
                        1,
                        10)));
    }

    @Test
    void theBrokerBoundsWhatIsUnacknowledged() {
        String name = unique("pending");
        MessageStream stream = workQueue(name);
        for (int i = 0; i < 5; i++) {
            publish(stream, name + ".a", "m" + i);
        }
        Received received =
                Received.from(await(stream.createConsumer(consumerConfig("c", LONG, -1, 2, name + ".a"))), 10);
        received.awaitPayloads("m0", "m1");
        assertEquals(List.of(new ConsumerInfo("c", List.of(name + ".a"), 3, 2)), await(stream.consumers()));
        await(received.message(0).ack());
        received.awaitPayloads("m0", "m1", "m2");
    }

    @Test
    void whatIsDelayedDoesNotHoldUpTheNext() {
        String name = unique("behind");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received = Received.from(await(stream.createConsumer(consumerConfig("c", name + ".a"))), 1);
        await(received.message(0).nak(LONG));
        publish(stream, name + ".a", "two");
        received.awaitPayloads("one", "two");
    }

    @Test
    void afterTheLastDeliveryAMessageStaysButComesNoMore() {
        String name = unique("maxdeliver");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received =
                Received.from(await(stream.createConsumer(consumerConfig("c", LONG, 2, 10, name + ".a"))), 10);
        await(received.message(0).nak(Duration.ZERO));
        await(received.message(1).nak(Duration.ZERO));
        publish(stream, name + ".a", "two");
        received.awaitPayloads("one", "one", "two");
        await(received.message(2).ack());
        assertEquals(1, await(stream.size()));
        await(stream.deleteConsumer("c"));
        Received fresh = Received.from(await(stream.createConsumer(consumerConfig("d", name + ".a"))), 10);
        assertEquals(1, fresh.message(0).deliveries());
    }

    @Test
    void whatIsTerminatedIsGone() {
        String name = unique("term");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received =
                Received.from(await(stream.createConsumer(consumerConfig("c", SHORT, -1, 1, name + ".a"))), 1);
        await(received.message(0).terminate("unreadable\nblob"));
        publish(stream, name + ".a", "two");
        received.awaitPayloads("one", "two");
        await(received.message(1).ack());
        eventually("empty", () -> await(stream.size()) == 0);
    }

    @Test
    void filtersOfAWorkQueueMustNotOverlap() {
        String name = unique("overlap");
        MessageStream stream = workQueue(name);
        await(stream.createConsumer(consumerConfig("c1", name + ".t1.a", name + ".t1.b")));
        await(stream.createConsumer(consumerConfig("c2", name + ".t2.*")));
        assertFails(Reason.FILTER_OVERLAP, stream.createConsumer(consumerConfig("c3", name + ".t3.a", name + ".t1.b")));
        assertFails(Reason.FILTER_OVERLAP, stream.createConsumer(consumerConfig("c3", name + ".t2.a")));
        assertFails(Reason.FILTER_OVERLAP, stream.createConsumer(consumerConfig("c3", name + ".*.a")));
        assertFails(Reason.FILTER_OVERLAP, stream.createConsumer(consumerConfig("c3", name + ".>")));
        await(stream.createConsumer(consumerConfig("c3", name + ".t1.c", name + ".t3.>")));
    }

    @Test
    void filtersMayOverlapWhereAgeAloneDecides() {
        String name = unique("share");
        MessageStream stream = await(broker.stream(streamConfig(name, Retention.LIMITS, LONG, Duration.ofMinutes(2))));
        await(stream.createConsumer(consumerConfig("c1", name + ".a")));
        await(stream.createConsumer(consumerConfig("c2", name + ".>")));
        assertEquals(2, await(stream.consumers()).size());
    }

    @Test
    void creatingAgainOpensAndOtherFiltersAreRefused() {
        String name = unique("same");
        MessageStream stream = workQueue(name);
        await(stream.createConsumer(consumerConfig("c", name + ".a", name + ".b")));
        publish(stream, name + ".a", "one");
        Received received =
                Received.from(await(stream.createConsumer(consumerConfig("c", name + ".a", name + ".b"))), 5);
        received.awaitPayloads("one");
        assertFails(Reason.REFUSED, stream.createConsumer(consumerConfig("c", name + ".a", name + ".c")));
        assertFails(Reason.REFUSED, stream.createConsumer(consumerConfig("c", name + ".a")));
        assertEquals(
                List.of(name + ".a", name + ".b"),
                await(stream.consumers()).get(0).filters());
    }

    @Test
    void theStreamBoundsItsConsumers() {
        String name = unique("bound");
        MessageStream stream = await(broker.stream(new StreamConfig(
                name, List.of(name + ".>"), Retention.WORK_QUEUE, LONG, -1, Duration.ofMinutes(2), 1, 2)));
        await(stream.createConsumer(consumerConfig("c1", name + ".a")));
        await(stream.createConsumer(consumerConfig("c2", name + ".b")));
        assertFails(Reason.REFUSED, stream.createConsumer(consumerConfig("c3", name + ".c")));
        await(stream.deleteConsumer("c1"));
        await(stream.createConsumer(consumerConfig("c3", name + ".c")));
    }

    @Test
    void whoeverPullsFromADeletedConsumerIsTold() {
        String name = unique("lost");
        MessageStream stream = workQueue(name);
        WorkConsumer consumer = await(stream.createConsumer(consumerConfig("c", name + ".a")));
        AtomicInteger lost = new AtomicInteger();
        consumer.onLost(gone -> lost.incrementAndGet());
        Received.from(consumer, 5);
        await(stream.deleteConsumer("c"));
        eventually("told", () -> lost.get() == 1);
        assertFails(Reason.NOT_FOUND, consumer.start(5, message -> {}));
        assertFails(Reason.NOT_FOUND, stream.deleteConsumer("c"));
        assertEquals(List.of(), await(stream.consumers()));
    }

    @Test
    void aConsumerWhoseHandsAreFullIsToldToo() {
        String name = unique("full");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        publish(stream, name + ".a", "two");
        WorkConsumer consumer = await(stream.createConsumer(consumerConfig("c", name + ".a")));
        AtomicInteger lost = new AtomicInteger();
        consumer.onLost(gone -> lost.incrementAndGet());
        Received received = Received.from(consumer, 1);
        WorkMessage held = received.message(0);
        await(stream.deleteConsumer("c"));
        held.ack();
        eventually("told", () -> lost.get() == 1);
        assertEquals(2, await(stream.size()));
    }

    @Test
    void shrinkingGivesSubjectsAwayAndLeavesWhatIsInFlight() {
        String name = unique("shrink");
        MessageStream stream = workQueue(name);
        Received old = Received.from(await(stream.createConsumer(consumerConfig("old", name + ".a", name + ".b"))), 1);
        publish(stream, name + ".a", "a1");
        old.awaitPayloads("a1");
        publish(stream, name + ".a", "a2");
        publish(stream, name + ".b", "b1");
        await(stream.shrinkConsumer("old", List.of(name + ".b")));
        await(old.message(0).ack());
        old.awaitPayloads("a1", "b1");
        Received heir = Received.from(await(stream.createConsumer(consumerConfig("new", name + ".a"))), 5);
        heir.awaitPayloads("a2");
        await(heir.message(0).ack());
        await(old.message(1).ack());
        assertEquals(0, await(stream.size()));
        assertEquals(List.of("a1", "b1"), old.payloads());
    }

    @Test
    void filtersNeverGrowAndNeverVanish() {
        String name = unique("grow");
        MessageStream stream = workQueue(name);
        await(stream.createConsumer(consumerConfig("c", name + ".a", name + ".b")));
        assertFails(Reason.REFUSED, stream.shrinkConsumer("c", List.of()));
        assertFails(Reason.REFUSED, stream.shrinkConsumer("c", List.of(name + ".a", name + ".c")));
        assertFails(Reason.NOT_FOUND, stream.shrinkConsumer("nobody", List.of(name + ".a")));
        await(stream.shrinkConsumer("c", List.of(name + ".b")));
        assertFails(Reason.REFUSED, stream.shrinkConsumer("c", List.of(name + ".a")));
        assertEquals(List.of(new ConsumerInfo("c", List.of(name + ".b"), 0, 0)), await(stream.consumers()));
    }

    @Test
    void aConsumerThatNobodyPullsFromVanishes() {
        String name = unique("inactive");
        MessageStream stream = workQueue(name);
        ConsumerConfig config = new ConsumerConfig("c", List.of(name + ".a"), LONG, -1, 10, Duration.ofSeconds(1));
        Received received = Received.from(await(stream.createConsumer(config)), 5);
        publish(stream, name + ".a", "one");
        received.awaitPayloads("one");
        WorkConsumer idle = await(stream.createConsumer(
                new ConsumerConfig("idle", List.of(name + ".b"), LONG, -1, 10, Duration.ofMillis(500))));
        eventually(
                "idle one gone",
                () -> await(stream.consumers()).stream()
                        .map(ConsumerInfo::name)
                        .toList()
                        .equals(List.of("c")));
        assertFails(Reason.NOT_FOUND, idle.start(1, message -> {}));
    }
}
