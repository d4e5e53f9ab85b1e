package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What moving chambers between members asks of a work queue, on one server and on several (decision record 8). */
abstract class HandoverContract extends BrokerContract {
    @Test
    void nobodyCanCreateAConsumerForAChamberThatAnotherHas() {
        String name = unique("taken");
        MessageStream stream = workQueue(name);
        await(stream.createConsumer(consumerConfig("d0-x-0", name + ".a", name + ".b")));
        assertFails(Reason.FILTER_OVERLAP, stream.createConsumer(consumerConfig("d1-y-0", name + ".b")));
        await(stream.shrinkConsumer("d0-x-0", List.of(name + ".a")));
        await(stream.createConsumer(consumerConfig("d1-y-0", name + ".b")));
    }

    @Test
    void deletingAConsumerFencesItsHolder() {
        String name = unique("fence");
        MessageStream stream = workQueue(name);
        WorkConsumer dead = await(stream.createConsumer(consumerConfig("d0-x-0", name + ".a")));
        Received before = Received.from(dead, 10);
        publish(stream, name + ".a", "one");
        publish(stream, name + ".a", "two");
        before.awaitPayloads("one", "two");
        await(stream.deleteConsumer("d0-x-0"));
        Received after = Received.from(await(stream.createConsumer(consumerConfig("d1-y-0", name + ".a"))), 10);
        after.awaitPayloads("one", "two");
        await(before.message(0).ack());
        await(before.message(1).terminate("too late"));
        publish(stream, name + ".a", "three");
        after.awaitPayloads("one", "two", "three");
        assertEquals(3, await(stream.size()), "late acknowledgements are void");
        assertEquals(2, before.count());
        for (int i = 0; i < 3; i++) {
            await(after.message(i).ack());
        }
        eventually("all settled", () -> await(stream.size()) == 0);
    }

    @Test
    void whatWasLeftGoesToTheNewOwnerAtOnceAndFreesItsPlaceHere() {
        String name = unique("left");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "a1");
        publish(stream, name + ".b", "b1");
        Received old =
                Received.from(await(stream.createConsumer(consumerConfig("d0-x-0", name + ".a", name + ".b"))), 1);
        old.awaitPayloads("a1");
        old.message(0).leave();
        old.awaitPayloads("a1", "b1");
        await(old.message(0).ack());
        assertEquals(2, await(stream.size()), "nothing is settled after it was left");
        await(stream.shrinkConsumer("d0-x-0", List.of(name + ".b")));
        Received heir = Received.from(await(stream.createConsumer(consumerConfig("d1-y-0", name + ".a"))), 10);
        heir.awaitPayloads("a1");
        await(heir.message(0).ack());
        await(old.message(1).ack());
        eventually("all settled", () -> await(stream.size()) == 0);
    }

    @Test
    void whatWasLeftAndDidNotMoveComesAgainInTime() {
        String name = unique("later");
        MessageStream stream = workQueue(name);
        publish(stream, name + ".a", "one");
        Received received = Received.from(
                await(stream.createConsumer(consumerConfig("c", Duration.ofSeconds(1), -1, 10, name + ".a"))), 1);
        received.message(0).leave();
        assertEquals(2, received.message(1).deliveries());
        await(received.message(1).ack());
        eventually("all settled", () -> await(stream.size()) == 0);
    }

    @Test
    void severalConsumersKeepToOneBoundAndNoneStarves() {
        String name = unique("bound");
        MessageStream stream = workQueue(name);
        InFlightBound bound = InFlightBound.shared(10);
        List<Received> all = new ArrayList<>();
        for (String chamber : List.of("a", "b", "c", "d")) {
            all.add(Received.from(
                    await(stream.createConsumer(consumerConfig("slice-" + chamber, name + '.' + chamber))), bound));
        }
        for (int i = 0; i < 20; i++) {
            publish(stream, name + ".a", "a" + i);
        }
        Received busy = all.get(0);
        eventually("all places but those kept for the idle", () -> busy.count() == 7);
        publish(stream, name + ".b", "b0");
        all.get(1).awaitPayloads("b0");
        publish(stream, name + ".c", "c0");
        publish(stream, name + ".d", "d0");
        all.get(2).awaitPayloads("c0");
        all.get(3).awaitPayloads("d0");
        assertEquals(7, busy.count(), "ten are in flight");
        for (int i = 0; i < 20; i++) {
            await(busy.message(i).ack());
        }
        all.subList(1, 4).forEach(received -> await(received.message(0).ack()));
        eventually("all settled", () -> await(stream.size()) == 0);
    }

    @Test
    void busyConsumersShareTheirBoundEvenly() {
        String name = unique("fair");
        MessageStream stream = workQueue(name);
        InFlightBound bound = InFlightBound.shared(8);
        Received first = Received.from(await(stream.createConsumer(consumerConfig("slice-a", name + ".a"))), bound);
        for (int i = 0; i < 60; i++) {
            publish(stream, name + ".a", "a" + i);
        }
        eventually("all places", () -> first.count() == 8);
        Received second = Received.from(await(stream.createConsumer(consumerConfig("slice-b", name + ".b"))), bound);
        for (int i = 0; i < 60; i++) {
            publish(stream, name + ".b", "b" + i);
        }
        int settled = 0;
        while (settled < 30) {
            int next = settled;
            await(first.message(next).ack());
            settled++;
        }
        eventually("half of the places", () -> second.count() >= 3);
        assertTrue(
                first.count() - settled + second.count() <= 8,
                () -> "in flight: " + first.payloads() + second.payloads());
    }

    @Test
    void placesOfAConsumerThatEndsGoToTheOthers() {
        String name = unique("end");
        MessageStream stream = workQueue(name);
        InFlightBound bound = InFlightBound.shared(4);
        WorkConsumer ending = await(stream.createConsumer(consumerConfig("slice-a", name + ".a")));
        Received first = Received.from(ending, bound);
        Received second = Received.from(await(stream.createConsumer(consumerConfig("slice-b", name + ".b"))), bound);
        for (int i = 0; i < 10; i++) {
            publish(stream, name + ".a", "a" + i);
            publish(stream, name + ".b", "b" + i);
        }
        eventually("full", () -> first.count() + second.count() == 4);
        await(ending.stop());
        List<WorkMessage> held = new ArrayList<>();
        for (int i = 0; i < first.count(); i++) {
            held.add(first.message(i));
        }
        held.forEach(WorkMessage::leave);
        eventually("all places", () -> second.count() == 4);
        assertEquals(4, bound.held());
    }

    @Test
    void tellsWhichSubjectsHaveMessages() {
        String name = unique("subjects");
        MessageStream stream = workQueue(name);
        assertEquals(Map.of(), await(stream.subjects(name + ".>", 100)));
        publish(stream, name + ".t1.a", "one");
        publish(stream, name + ".t1.a", "two");
        publish(stream, name + ".t2.b", "three");
        publish(stream, name + ".t3.c", "four");
        assertEquals(
                Map.of(name + ".t1.a", 2L, name + ".t2.b", 1L, name + ".t3.c", 1L),
                await(stream.subjects(name + ".*.*", 100)));
        assertEquals(Map.of(name + ".t2.b", 1L), await(stream.subjects(name + ".t2.*", 100)));
        assertEquals(
                List.of(name + ".t1.a", name + ".t2.b"),
                List.copyOf(await(stream.subjects(name + ".>", 2)).keySet()));
        assertFails(Reason.REFUSED, stream.subjects("no subject", 2));
    }
}
