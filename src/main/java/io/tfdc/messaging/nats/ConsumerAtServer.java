package io.tfdc.messaging.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.tfdc.messaging.BrokerException.Reason;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the server knows of a consumer. */
final class ConsumerAtServer {
    /** Patience of who asks again: a server that has just lost its leader drops requests. */
    static final Duration SHORT = Duration.ofSeconds(1);

    private final NatsLink link;
    private final String stream;
    private final String name;

    ConsumerAtServer(NatsLink link, String stream, String name) {
        this.link = link;
        this.stream = stream;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Subject at which messages are asked for. */
    String nextSubject() {
        return "$JS.API.CONSUMER.MSG.NEXT." + stream + '.' + name;
    }

    /** How many deliveries it has made, empty if it does not exist. */
    Future<OptionalLong> deliveries(Duration patience) {
        String operation = "look for consumer " + name;
        return link.request(operation, "$JS.API.CONSUMER.INFO." + stream + '.' + name, null, new byte[0], patience)
                .compose(answer -> {
                    try {
                        ConsumerInfo info = new ConsumerInfo(answer).throwOnHasError();
                        return Future.succeededFuture(
                                OptionalLong.of(info.getDelivered().getConsumerSequence()));
                    } catch (JetStreamApiException e) {
                        return NatsErrors.reason(e) == Reason.NOT_FOUND
                                ? Future.succeededFuture(OptionalLong.empty())
                                : Future.failedFuture(NatsErrors.of(operation, e));
                    }
                });
    }

    /** Deletes it, if it exists. */
    Future<Void> delete() {
        return link.<@Nullable Void>blocking("delete consumer " + name, () -> {
            try {
                link.management().deleteConsumer(stream, name);
            } catch (JetStreamApiException e) {
                if (NatsErrors.reason(e) != Reason.NOT_FOUND) {
                    throw e;
                }
            }
            return null;
        });
    }
}
