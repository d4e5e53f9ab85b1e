package io.tfdc.cluster;

import io.tfdc.leader.LeaderJson;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Asks the cluster's leader, whoever that is, over the broker. */
public final class OperatorClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final MessageBroker broker;
    private final ClusterNames names;
    private final String by;

    /** @param by who asks, for the log of decisions */
    public OperatorClient(MessageBroker broker, ClusterNames names, String by) {
        this.broker = broker;
        this.names = names;
        this.by = by;
    }

    /** Fails with a {@link io.tfdc.messaging.BrokerException}, {@code NO_RESPONDERS} if nobody leads. */
    public Future<OperatorReply> ask(OperatorCommand command) {
        byte[] request = new JsonObject(Buffer.buffer(LeaderJson.encode(command)))
                .put("by", by)
                .toBuffer()
                .getBytes();
        return broker.request(names.operatorSubject(), request, TIMEOUT).map(LeaderJson::decodeOperatorReply);
    }
}
