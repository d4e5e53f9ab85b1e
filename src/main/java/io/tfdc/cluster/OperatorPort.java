package io.tfdc.cluster;

import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import io.tfdc.leader.LeaderJson;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where operators' requests come in, from the broker or the event bus: a command as {@link LeaderJson} has it, and {@code by}, the name of who
 * asks. Holds at most {@value #MAX_OPEN} requests. Owned by the leader's context.
 */
final class OperatorPort {
    private static final int MAX_BYTES = 4096;
    private static final int MAX_OPEN = 100;
    private static final int MAX_NAME = 64;

    private final Consumer<LeaderEvent> events;
    private final Map<Long, Consumer<byte[]>> open = new LinkedHashMap<>();
    private long lastTicket;

    OperatorPort(Consumer<LeaderEvent> events) {
        this.events = events;
    }

    /** Takes a request from the broker. */
    void receive(MessageBroker.Delivery delivery) {
        receive(delivery.payload(), delivery::reply);
    }

    /** Takes a request from the event bus. */
    void receive(Message<JsonObject> message) {
        receive(message.body().toBuffer().getBytes(), answer -> message.reply(new JsonObject(Buffer.buffer(answer))));
    }

    private void receive(byte[] request, Consumer<byte[]> answer) {
        if (open.size() >= MAX_OPEN) {
            refuse(answer, MAX_OPEN + " requests wait for their answers");
        } else if (request.length > MAX_BYTES) {
            refuse(answer, "the request has more than " + MAX_BYTES + " bytes");
        } else {
            try {
                OperatorCommand command = LeaderJson.decodeOperatorCommand(request);
                long ticket = ++lastTicket;
                open.put(ticket, answer);
                events.accept(new LeaderEvent.CommandReceived(command, by(request), ticket));
            } catch (IllegalArgumentException e) {
                refuse(answer, String.valueOf(e.getMessage()));
            }
        }
    }

    private static String by(byte[] request) {
        Object by = new JsonObject(Buffer.buffer(request)).getValue("by");
        String name = by instanceof String text ? text : "";
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    /** Answers a request. */
    void reply(LeaderEffect.Reply reply) {
        Consumer<byte[]> answer = open.remove(reply.ticket());
        if (answer != null) {
            answer.accept(LeaderJson.encode(reply.reply()));
        }
    }

    private static void refuse(Consumer<byte[]> answer, String reason) {
        answer.accept(LeaderJson.encode(new OperatorReply.Refused(reason)));
    }
}
