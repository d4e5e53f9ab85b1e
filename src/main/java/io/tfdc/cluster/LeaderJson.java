package io.tfdc.cluster;

import static io.tfdc.cluster.CoordinationJson.chamber;
import static io.tfdc.cluster.CoordinationJson.text;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.Move;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.OperatorState;
import io.tfdc.leader.PlanStatistics;
import io.tfdc.model.ChamberId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the leader writes down and says to operators, as JSON. */
final class LeaderJson {
    /** Moves written into one decision; a message holds no more than a megabyte. */
    private static final int MAX_MOVES = 8_000;

    private LeaderJson() {}

    static byte[] encode(OperatorState state) {
        return CoordinationJson.bytes(json(state));
    }

    static JsonObject json(OperatorState state) {
        JsonObject pins = new JsonObject();
        state.pins().forEach((chamber, id) -> pins.put(chamber.toString(), id.toString()));
        JsonObject json = new JsonObject()
                .put("paused", state.paused())
                .put("cordoned", texts(state.cordoned()))
                .put("drained", texts(state.drained()))
                .put("pins", pins);
        state.target().ifPresent(target -> json.put("target", target));
        return json;
    }

    static OperatorState operatorState(JsonObject json) {
        SortedMap<ChamberId, StableId> pins = new TreeMap<>();
        json.getJsonObject("pins")
                .forEach(pin -> pins.put(chamber(pin.getKey()), StableId.parse(String.valueOf(pin.getValue()))));
        return new OperatorState(
                json.getBoolean("paused"),
                ids(json.getJsonArray("cordoned")),
                ids(json.getJsonArray("drained")),
                pins,
                json.containsKey("target") ? OptionalInt.of(json.getInteger("target")) : OptionalInt.empty());
    }

    static Optional<OperatorState> operatorState(byte[] bytes) {
        return CoordinationJson.read("operator state", bytes, LeaderJson::operatorState);
    }

    static JsonObject json(Decision decision) {
        JsonArray moves = new JsonArray();
        decision.moves().stream().limit(MAX_MOVES).forEach(move -> moves.add(json(move)));
        JsonObject json = new JsonObject()
                .put("at", decision.at().toString())
                .put("epoch", decision.epoch())
                .put("version", decision.version())
                .put("cause", decision.cause().name())
                .put("summary", decision.summary())
                .put("by", decision.by())
                .put("members", decision.members())
                .put("moved", decision.moves().size())
                .put("moves", moves);
        return Double.isFinite(decision.maxOverMean()) ? json.put("maxOverMean", decision.maxOverMean()) : json;
    }

    static Optional<Decision> decision(byte[] bytes) {
        return CoordinationJson.read(
                "decision",
                bytes,
                json -> new Decision(
                        Instant.parse(text(json, "at")),
                        json.getLong("epoch"),
                        json.getLong("version"),
                        AssignmentMap.Cause.valueOf(text(json, "cause")),
                        text(json, "summary"),
                        json.getString("by", ""),
                        json.getInteger("members"),
                        moves(json.getJsonArray("moves")),
                        json.getDouble("maxOverMean", Double.NaN)));
    }

    static JsonObject json(OperatorCommand command) {
        JsonObject json = new JsonObject().put("command", OperatorWords.of(command));
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
            json.put("chamber", pin.chamber().toString()).put("id", pin.id().toString());
        } else if (command instanceof OperatorCommand.Unpin unpin) {
            json.put("chamber", unpin.chamber().toString());
        } else if (command instanceof OperatorCommand.Explain explain) {
            json.put("chamber", explain.chamber().toString());
        } else if (command instanceof OperatorCommand.Rollback rollback) {
            json.put("version", rollback.version());
        }
        return json;
    }

    /** @throws IllegalArgumentException if it is no command */
    static OperatorCommand command(JsonObject json) {
        String word = json.getString("command", "");
        return switch (word) {
            case "status" -> new OperatorCommand.Status();
            case "plan" -> new OperatorCommand.PlanFor(size(json));
            case "drain" -> new OperatorCommand.Drain(id(json));
            case "cordon" -> new OperatorCommand.Cordon(id(json));
            case "uncordon" -> new OperatorCommand.Uncordon(id(json));
            case "pause" -> new OperatorCommand.Pause();
            case "resume" -> new OperatorCommand.Resume();
            case "pin" -> new OperatorCommand.Pin(chamber(text(json, "chamber")), id(json));
            case "unpin" -> new OperatorCommand.Unpin(chamber(text(json, "chamber")));
            case "rebalance" -> new OperatorCommand.Rebalance();
            case "rollback" -> new OperatorCommand.Rollback(json.getLong("version", 0L));
            case "target" -> new OperatorCommand.Target(size(json));
            case "explain" -> new OperatorCommand.Explain(chamber(text(json, "chamber")));
            default ->
                throw new IllegalArgumentException("command: expected one of " + OperatorWords.ALL + ", found \""
                        + (word.length() > 40 ? word.substring(0, 40) : word) + '"');
        };
    }

    static JsonObject json(OperatorReply reply) {
        if (reply instanceof OperatorReply.Done done) {
            return new JsonObject().put("reply", "done").put("summary", done.summary());
        } else if (reply instanceof OperatorReply.Refused refused) {
            return new JsonObject().put("reply", "refused").put("reason", refused.reason());
        } else if (reply instanceof OperatorReply.DryRun plan) {
            return new JsonObject()
                    .put("reply", "plan")
                    .put("members", plan.members())
                    .put("statistics", json(plan.statistics()))
                    .put("moves", moves(plan.moves()));
        } else if (reply instanceof OperatorReply.Explanation why) {
            JsonObject json = new JsonObject()
                    .put("reply", "explanation")
                    .put("chamber", why.chamber().toString())
                    .put("releasing", texts(why.releasing()))
                    .put("weight", why.weight());
            why.owner().ifPresent(owner -> json.put("owner", owner.toString()));
            why.pinned().ifPresent(id -> json.put("pinned", id.toString()));
            return json;
        }
        OperatorReply.Status status = (OperatorReply.Status) reply;
        JsonArray members = new JsonArray();
        status.members().forEach(row -> members.add(json(row)));
        JsonObject json = new JsonObject()
                .put("reply", "status")
                .put("leader", json(status.leader()))
                .put("members", members)
                .put("operator", json(status.operator()));
        status.map().ifPresent(map -> json.put("map", AssignmentMapJson.write(map)));
        return json;
    }

    /** @throws RuntimeException if it is no reply */
    static OperatorReply reply(JsonObject json) {
        return switch (text(json, "reply")) {
            case "done" -> new OperatorReply.Done(text(json, "summary"));
            case "refused" -> new OperatorReply.Refused(text(json, "reason"));
            case "plan" ->
                new OperatorReply.DryRun(
                        json.getInteger("members"),
                        moves(json.getJsonArray("moves")),
                        statistics(json.getJsonObject("statistics")));
            case "explanation" ->
                new OperatorReply.Explanation(
                        chamber(text(json, "chamber")),
                        Optional.ofNullable(json.getString("owner")).map(StableId::parse),
                        List.copyOf(ids(json.getJsonArray("releasing"))),
                        json.getLong("weight"),
                        Optional.ofNullable(json.getString("pinned")).map(StableId::parse));
            case "status" -> status(json);
            default -> throw new IllegalArgumentException("no reply: " + text(json, "reply"));
        };
    }

    private static OperatorReply.Status status(JsonObject json) {
        List<OperatorReply.MemberRow> members = new ArrayList<>();
        for (Object row : json.getJsonArray("members")) {
            JsonObject member = (JsonObject) row;
            members.add(new OperatorReply.MemberRow(
                    CoordinationJson.heartbeat(member.getJsonObject("heartbeat")),
                    member.getLong("silentMillis"),
                    member.getInteger("chambers"),
                    member.getLong("weight"),
                    text(member, "verdict")));
        }
        return new OperatorReply.Status(
                view(json.getJsonObject("leader")),
                Optional.ofNullable(json.getJsonObject("map")).map(AssignmentMapJson::read),
                members,
                operatorState(json.getJsonObject("operator")));
    }

    private static JsonObject json(OperatorReply.MemberRow row) {
        return new JsonObject()
                .put("heartbeat", CoordinationJson.json(row.heartbeat()))
                .put("silentMillis", row.silentMillis())
                .put("chambers", row.chambers())
                .put("weight", row.weight())
                .put("verdict", row.verdict());
    }

    private static JsonObject json(LeaderView view) {
        JsonObject json = new JsonObject()
                .put("phase", view.phase().name())
                .put("epoch", view.epoch())
                .put("version", view.version())
                .put("lifecycle", view.lifecycle().name())
                .put("activeMembers", view.activeMembers())
                .put("standbys", view.standbys())
                .put("pendingChanges", view.pendingChanges())
                .put("windowMillis", view.windowMillis())
                .put("releasing", view.releasing())
                .put("deaf", view.deaf());
        view.intended().ifPresent(size -> json.put("intended", size));
        return json;
    }

    private static LeaderView view(JsonObject json) {
        return new LeaderView(
                MemberState.valueOf(text(json, "phase")),
                json.getLong("epoch"),
                json.getLong("version"),
                AssignmentMap.Lifecycle.valueOf(text(json, "lifecycle")),
                json.getInteger("activeMembers"),
                json.getInteger("standbys"),
                json.containsKey("intended") ? OptionalInt.of(json.getInteger("intended")) : OptionalInt.empty(),
                json.getInteger("pendingChanges"),
                json.getLong("windowMillis"),
                json.getInteger("releasing"),
                json.getBoolean("deaf"));
    }

    private static JsonObject json(PlanStatistics statistics) {
        return new JsonObject()
                .put("chambers", statistics.chambers())
                .put("members", statistics.members())
                .put("moved", statistics.moved())
                .put("minCount", statistics.minCount())
                .put("maxCount", statistics.maxCount())
                .put("minWeight", statistics.minWeight())
                .put("maxWeight", statistics.maxWeight())
                .put("meanWeight", statistics.meanWeight())
                .put("floorRatio", statistics.floorRatio())
                .put("maxOverMean", statistics.maxOverMean());
    }

    private static PlanStatistics statistics(JsonObject json) {
        return new PlanStatistics(
                json.getInteger("chambers"),
                json.getInteger("members"),
                json.getInteger("moved"),
                json.getInteger("minCount"),
                json.getInteger("maxCount"),
                json.getLong("minWeight"),
                json.getLong("maxWeight"),
                json.getDouble("meanWeight"),
                json.getDouble("floorRatio"));
    }

    private static JsonArray moves(List<Move> moves) {
        JsonArray array = new JsonArray();
        moves.stream().limit(MAX_MOVES).forEach(move -> array.add(json(move)));
        return array;
    }

    private static JsonObject json(Move move) {
        JsonObject json = new JsonObject()
                .put("chamber", move.chamber().toString())
                .put("to", move.to())
                .put("reason", move.reason().name());
        return move.from() == null ? json : json.put("from", move.from());
    }

    private static List<Move> moves(JsonArray array) {
        List<Move> moves = new ArrayList<>();
        for (Object item : array) {
            JsonObject move = (JsonObject) item;
            moves.add(new Move(
                    chamber(text(move, "chamber")),
                    move.getString("from"),
                    text(move, "to"),
                    Move.Reason.valueOf(text(move, "reason"))));
        }
        return moves;
    }

    private static JsonArray texts(Collection<StableId> ids) {
        JsonArray array = new JsonArray();
        ids.forEach(id -> array.add(id.toString()));
        return array;
    }

    private static SortedSet<StableId> ids(JsonArray array) {
        SortedSet<StableId> ids = new TreeSet<>();
        array.forEach(id -> ids.add(StableId.parse(String.valueOf(id))));
        return ids;
    }

    private static StableId id(JsonObject json) {
        return StableId.parse(text(json, "id"));
    }

    private static int size(JsonObject json) {
        return json.getInteger("size", -1);
    }
}
