package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every broker promises about messages that nobody stores, and about itself. */
abstract class PlainMessagingContract extends BrokerContract {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name = unique("plain");

    @Test
    void requestsAreAnsweredOrFailWithTheReason() {
        assertFails(Reason.NO_RESPONDERS, broker.request("nobody." + name, bytes("?"), PATIENCE));
        String asked = "ask." + name + ".x";
        MessageBroker.Subscription subscription = await(broker.subscribe(
                "ask." + name + ".*",
                request -> request.reply(bytes(request.subject() + "=" + text(request.payload())))));
        assertEquals(asked + "=5", text(await(broker.request(asked, bytes("5"), PATIENCE))));
        await(subscription.cancel());
        eventually("no longer there", () -> hasNoResponders(broker.request(asked, bytes("5"), PATIENCE)));
        await(broker.subscribe("mute." + name, request -> {}));
        assertFails(Reason.TIMEOUT, broker.request("mute." + name, bytes("?"), Duration.ofMillis(200)));
    }

    private static boolean hasNoResponders(Future<?> request) {
        return assertThrows(BrokerException.class, () -> await(request)).reason() == Reason.NO_RESPONDERS;
    }

    @Test
    void plainMessagesReachWhoListensOnItsContext() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Context context = kit.vertx().getOrCreateContext();
        AtomicBoolean elsewhere = new AtomicBoolean();
        await(Future.<MessageBroker.Subscription>future(promise ->
                context.runOnContext(v -> broker.subscribe("news." + name + ".>", delivery -> {
                            elsewhere.compareAndSet(false, Vertx.currentContext() != context);
                            heard.add(delivery.subject());
                            delivery.reply(bytes("to nobody"));
                        })
                        .onComplete(promise))));
        await(broker.publish("news." + name + ".a.b", bytes("1")));
        await(broker.publish("other." + name, bytes("2")));
        await(broker.publish("news." + name + ".c", bytes("3")));
        eventually("two", () -> heard.size() == 2);
        assertEquals(List.of("news." + name + ".a.b", "news." + name + ".c"), heard);
        assertFalse(elsewhere.get());
        assertFails(Reason.REFUSED, broker.publish("news. bad", bytes("x")));
        assertFails(Reason.REFUSED, broker.subscribe("a..b", delivery -> {}));
    }

    @Test
    void plainMessagesToAStoredSubjectAreStoredAndStoredOnesReachListeners() {
        MessageStream stream = workQueue(name);
        List<String> heard = new CopyOnWriteArrayList<>();
        await(broker.subscribe(name + ".>", delivery -> heard.add(text(delivery.payload()))));
        await(broker.publish(name + ".a", bytes("plain")));
        eventually("stored", () -> await(stream.size()) == 1);
        publish(stream, name + ".a", "stored");
        eventually("heard", () -> heard.size() == 2);
        assertEquals(List.of("plain", "stored"), heard);
    }

    @Test
    void tellsItsStatusAndFailsOnceClosed() {
        MessageStream stream = workQueue(name);
        assertEquals(BrokerStatus.CONNECTED, broker.status());
        List<BrokerStatus> changes = new CopyOnWriteArrayList<>();
        broker.onStatus(changes::add);
        await(broker.close());
        eventually("closed", () -> broker.status() == BrokerStatus.CLOSED);
        eventually("told", () -> changes.contains(BrokerStatus.CLOSED));
        assertFails(Reason.UNAVAILABLE, stream.publish(name + ".a", bytes("x"), "", Map.of()));
        assertFails(Reason.UNAVAILABLE, broker.publish("x", bytes("x")));
        assertFails(Reason.UNAVAILABLE, stream.size());
        await(broker.close());
    }
}
