package io.tfdc.cluster;

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
        return send(LeaderJson.json(command)).map(LeaderJson::reply);
    }

    /** Sends a command such as {@code {"command": "drain", "id": "defender-3"}}; yields the answer as it comes. */
    public Future<JsonObject> send(JsonObject command) {
        byte[] request = CoordinationJson.bytes(command.put("by", by));
        return broker.request(names.operatorSubject(), request, TIMEOUT)
                .map(answer -> new JsonObject(Buffer.buffer(answer)));
    }

    /** What an answer says. */
    public static OperatorReply read(JsonObject answer) {
        return LeaderJson.reply(answer);
    }

    /** A decision for machines. */
    public static JsonObject json(io.tfdc.leader.Decision decision) {
        return LeaderJson.json(decision);
    }
}
