package io.tfdc.cluster;

import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where operators' requests come in: {@code {"command": "drain", "id": "defender-3", "by": "anna"}}, from the broker or the event bus. Holds
 * at most {@value #MAX_OPEN} requests. Owned by the leader's context.
 */
final class OperatorPort {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_OPEN = 100;
    private static final int MAX_NAME = 64;

    private final Consumer<LeaderEvent> events;
    private final Map<Long, Consumer<JsonObject>> open = new LinkedHashMap<>();
    private long lastTicket;

    OperatorPort(Consumer<LeaderEvent> events) {
        this.events = events;
    }

    /** Takes a request from the broker. */
    void receive(MessageBroker.Delivery delivery) {
        Consumer<JsonObject> answer = json -> delivery.reply(CoordinationJson.bytes(json));
        if (delivery.payload().length > MAX_BYTES) {
            answer.accept(refused("the request has more than " + MAX_BYTES + " bytes"));
            return;
        }
        JsonObject request;
        try {
            request = new JsonObject(Buffer.buffer(delivery.payload()));
        } catch (RuntimeException e) {
            answer.accept(refused("the request is not JSON"));
            return;
        }
        receive(request, answer);
    }

    /** Takes a request from the event bus. */
    void receive(Message<JsonObject> message) {
        receive(message.body(), message::reply);
    }

    private void receive(JsonObject request, Consumer<JsonObject> answer) {
        if (open.size() >= MAX_OPEN) {
            answer.accept(refused(MAX_OPEN + " requests wait for their answers"));
            return;
        }
        try {
            String by = request.getString("by", "");
            long ticket = ++lastTicket;
            LeaderEvent.CommandReceived command = new LeaderEvent.CommandReceived(
                    LeaderJson.command(request), by.length() > MAX_NAME ? by.substring(0, MAX_NAME) : by, ticket);
            open.put(ticket, answer);
            events.accept(command);
        } catch (IllegalArgumentException | ClassCastException e) {
            answer.accept(refused(String.valueOf(e.getMessage())));
        }
    }

    /** Answers a request. */
    void reply(LeaderEffect.Reply reply) {
        Consumer<JsonObject> answer = open.remove(reply.ticket());
        if (answer != null) {
            answer.accept(LeaderJson.json(reply.reply()));
        }
    }

    private static JsonObject refused(String reason) {
        return LeaderJson.json(new OperatorReply.Refused(reason));
    }
}
