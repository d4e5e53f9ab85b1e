package io.tfdc.messaging.embedded;

import io.tfdc.messaging.MessageBroker.Delivery;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.tfdc.messaging.SubjectFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Publish and request without storage. Guarded by the broker. */
final class PlainSubjects {
    private final Vertx vertx;
    private final List<Listener> listeners = new ArrayList<>();

    private record Listener(SubjectFilter filter, Context context, Handler<Delivery> handler, EmbeddedBroker broker) {}

    private record Plain(EmbeddedBroker broker, String subject, String inbox, byte[] payload) implements Delivery {
        @Override
        public Future<Void> reply(byte[] answer) {
            return inbox.isEmpty() ? Future.succeededFuture() : broker.publish(inbox, answer);
        }
    }

    PlainSubjects(Vertx vertx) {
        this.vertx = vertx;
    }

    Subscription subscribe(EmbeddedBroker broker, String subject, Handler<Delivery> handler) {
        Listener listener = new Listener(new SubjectFilter(subject), vertx.getOrCreateContext(), handler, broker);
        listeners.add(listener);
        return () -> broker.attempt(() -> {
            listeners.remove(listener);
            return null;
        });
    }

    /** Hands the message to everybody who listens; tells to how many. */
    int deliver(String subject, String inbox, byte[] payload) {
        int receivers = 0;
        for (Listener listener : listeners) {
            if (listener.filter().matches(subject)) {
                Delivery delivery = new Plain(listener.broker(), subject, inbox, payload);
                listener.context().runOnContext(v -> listener.handler().handle(delivery));
                receivers++;
            }
        }
        return receivers;
    }
}
