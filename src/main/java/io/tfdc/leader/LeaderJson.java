package io.tfdc.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Operators' wishes and decisions as JSON. Reading is strict and bounded; unknown fields are ignored and every failure is an
 * {@link IllegalArgumentException} that names the field.
 */
public final class LeaderJson {
    /** A broker carries 1 MiB unless told otherwise; the rest is for headers. */
    private static final int MAX_MESSAGE_BYTES = 1_000_000;

    private static final int MAX_IDS = 10_000;
    private static final int MAX_PINS = 10_000;
    private static final int MAX_MOVES = 100_000;

    private LeaderJson() {}

    public static byte[] encode(OperatorState state) {
        return JsonTree.bytes(tree(state));
    }

    static ObjectNode tree(OperatorState state) {
        ObjectNode json = JsonTree.object();
        json.put("paused", state.paused());
        ids(json.putArray("cordoned"), state.cordoned());
        ids(json.putArray("drained"), state.drained());
        ObjectNode pins = json.putObject("pins");
        state.pins().forEach((chamber, id) -> pins.put(chamber.toString(), id.toString()));
        state.target().ifPresent(target -> json.put("target", target));
        return json;
    }

    public static OperatorState decodeOperatorState(byte[] bytes) {
        return state(JsonTree.parse(bytes));
    }

    static OperatorState state(JsonTree json) {
        JsonNode pinned = json.child("pins").node();
        if (pinned.size() > MAX_PINS) {
            throw new IllegalArgumentException("pins: expected at most " + MAX_PINS);
        }
        TreeMap<ChamberId, StableId> pins = new TreeMap<>();
        pinned.properties()
                .forEach(pin -> pins.put(ChamberId.parse(pin.getKey()), StableId.parse(JsonTree.text(pin.getValue()))));
        return new OperatorState(
                json.flag("paused"),
                ids(json, "cordoned"),
                ids(json, "drained"),
                pins,
                json.has("target") ? OptionalInt.of(json.size("target")) : OptionalInt.empty());
    }

    private static void ids(ArrayNode array, Collection<StableId> ids) {
        ids.forEach(id -> array.add(id.toString()));
    }

    private static SortedSet<StableId> ids(JsonTree json, String name) {
        return new TreeSet<>(json.list(name, MAX_IDS, element -> StableId.parse(JsonTree.text(element))));
    }

    public static byte[] encode(OperatorCommand command) {
        ObjectNode json = JsonTree.object();
        json.put("type", command.getClass().getSimpleName());
        if (command instanceof OperatorCommand.PlanFor plan) {
            json.put("size", plan.size());
        } else if (command instanceof OperatorCommand.Target target) {
            json.put("size", target.size());
        } else if (command instanceof OperatorCommand.Drain drain) {
            json.put("id", drain.id().toString());
        } else if (command instanceof OperatorCommand.Cordon cordon) {
            json.put("id", cordon.id().toString());
        } else if (command instanceof OperatorCommand.Uncordon uncordon) {
            json.put("id", uncordon.id().toString());
        } else if (command instanceof OperatorCommand.Pin pin) {
            json.put("chamber", pin.chamber().toString());
            json.put("id", pin.id().toString());
        } else if (command instanceof OperatorCommand.Unpin unpin) {
            json.put("chamber", unpin.chamber().toString());
        } else if (command instanceof OperatorCommand.Explain explain) {
            json.put("chamber", explain.chamber().toString());
        } else if (command instanceof OperatorCommand.Rollback rollback) {
            json.put("version", rollback.version());
        }
        return JsonTree.bytes(json);
    }

    public static OperatorCommand decodeOperatorCommand(byte[] bytes) {
        JsonTree json = JsonTree.parse(bytes);
        String type = json.text("type");
        return switch (type) {
            case "Status" -> new OperatorCommand.Status();
            case "PlanFor" -> new OperatorCommand.PlanFor(json.size("size"));
            case "Drain" -> new OperatorCommand.Drain(json.id("id"));
            case "Cordon" -> new OperatorCommand.Cordon(json.id("id"));
            case "Uncordon" -> new OperatorCommand.Uncordon(json.id("id"));
            case "Pause" -> new OperatorCommand.Pause();
            case "Resume" -> new OperatorCommand.Resume();
            case "Pin" -> new OperatorCommand.Pin(json.chamber("chamber"), json.id("id"));
            case "Unpin" -> new OperatorCommand.Unpin(json.chamber("chamber"));
            case "Rebalance" -> new OperatorCommand.Rebalance();
            case "Rollback" -> new OperatorCommand.Rollback(json.count("version"));
            case "Target" -> new OperatorCommand.Target(json.size("size"));
            case "Explain" -> new OperatorCommand.Explain(json.chamber("chamber"));
            default -> throw new IllegalArgumentException("type: unknown command");
        };
    }

    /** Small enough for a message: of very many moves the first are told, and how many there were. */
    public static byte[] encode(Decision decision) {
        byte[] json = encode(decision, decision.moves(), decision.summary());
        for (int told = decision.moves().size(); json.length > MAX_MESSAGE_BYTES && told > 0; ) {
            told = 3 * told / 4;
            String summary = decision.summary() + " (the first " + told + " of "
                    + decision.moves().size() + " moves are listed)";
            json = encode(decision, decision.moves().subList(0, told), summary);
        }
        return json;
    }

    private static byte[] encode(Decision decision, List<Move> moves, String summary) {
        ObjectNode json = JsonTree.object();
        json.put("at", decision.at().toString());
        json.put("epoch", decision.epoch());
        json.put("version", decision.version());
        json.put("cause", decision.cause().name());
        json.put("summary", summary);
        json.put("by", decision.by());
        json.put("members", decision.members());
        moves(json.putArray("moves"), moves);
        json.put("maxOverMean", decision.maxOverMean());
        return JsonTree.bytes(json);
    }

    public static Decision decodeDecision(byte[] bytes) {
        JsonTree json = JsonTree.parse(bytes);
        return new Decision(
                json.instant("at"),
                json.count("epoch"),
                json.count("version"),
                json.constant("cause", Cause.class),
                json.text("summary"),
                json.text("by"),
                json.size("members"),
                moves(json),
                json.number("maxOverMean"));
    }

    /** Small enough for a message: a status that is too long goes without its map, anything else becomes a refusal. */
    public static byte[] encode(OperatorReply reply) {
        byte[] json = JsonTree.bytes(ReplyJson.tree(reply));
        if (json.length <= MAX_MESSAGE_BYTES) {
            return json;
        }
        return encode(
                reply instanceof OperatorReply.Status status && status.map().isPresent()
                        ? new OperatorReply.Status(
                                status.leader(), Optional.empty(), status.members(), status.operator())
                        : new OperatorReply.Refused("the answer has " + json.length + " bytes, more than a message"));
    }

    public static OperatorReply decodeOperatorReply(byte[] bytes) {
        return ReplyJson.read(JsonTree.parse(bytes));
    }

    static void moves(ArrayNode array, List<Move> moves) {
        for (Move move : moves) {
            ObjectNode json = array.addObject();
            json.put("chamber", move.chamber().toString());
            json.put("from", move.from());
            json.put("to", move.to());
            json.put("reason", move.reason().name());
        }
    }

    static List<Move> moves(JsonTree json) {
        return json.list("moves", MAX_MOVES, element -> {
            JsonTree move = new JsonTree(element);
            return new Move(
                    move.chamber("chamber"),
                    move.has("from") ? move.text("from") : null,
                    move.text("to"),
                    move.constant("reason", Move.Reason.class));
        });
    }
}
