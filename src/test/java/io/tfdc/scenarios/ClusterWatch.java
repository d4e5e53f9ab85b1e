package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees the cluster from outside: the consumers that come and go, as the broker announces them. */
final class ClusterWatch implements AutoCloseable {
    private static final String ADVISORIES = "$JS.EVENT.ADVISORY.CONSUMER.*.dc-notifications.>";

    /** A consumer was created or deleted. */
    record ConsumerChange(String consumer, boolean created, Instant at) {}

    private final Timeline timeline;
    private final List<ConsumerChange> consumers = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    ClusterWatch(MessageBroker broker, Timeline timeline) {
        this.timeline = timeline;
        subscriptions.add(
                await(broker.subscribe(ADVISORIES, delivery -> advisory(delivery.subject(), delivery.payload()))));
    }

    List<ConsumerChange> consumers() {
        return List.copyOf(consumers);
    }

    private void advisory(String subject, byte[] payload) {
        String kind = subject.split("\\.")[4];
        if (!kind.equals("CREATED") && !kind.equals("DELETED")) {
            return;
        }
        JsonObject advisory = new JsonObject(Buffer.buffer(payload));
        String consumer = advisory.getString("consumer");
        Instant at = Instant.parse(advisory.getString("timestamp"));
        consumers.add(new ConsumerChange(consumer, kind.equals("CREATED"), at));
        timeline.add(at, "broker", "consumer " + consumer + ' ' + kind.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::cancel);
    }
}
