package io.tfdc.leader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import java.util.Optional;
import java.util.OptionalInt;

/** Answers to operators as JSON trees, told apart by {@code type}; map and heartbeats as they stand in the buckets. */
final class ReplyJson {
    private static final int MAX_ROWS = 20_000;

    private ReplyJson() {}

    static ObjectNode tree(OperatorReply reply) {
        ObjectNode json = JsonTree.object();
        json.put("type", reply.getClass().getSimpleName());
        if (reply instanceof OperatorReply.Done done) {
            json.put("summary", done.summary());
        } else if (reply instanceof OperatorReply.Refused refused) {
            json.put("reason", refused.reason());
        } else if (reply instanceof OperatorReply.Status status) {
            json.set("leader", view(status.leader()));
            status.map().ifPresent(map -> json.set("map", nested(CoordinationJson.encode(map))));
            ArrayNode rows = json.putArray("members");
            status.members().forEach(row -> rows.add(row(row)));
            json.set("operator", LeaderJson.tree(status.operator()));
        } else if (reply instanceof OperatorReply.DryRun run) {
            json.put("members", run.members());
            LeaderJson.moves(json.putArray("moves"), run.moves());
            json.set("statistics", statistics(run.statistics()));
        } else if (reply instanceof OperatorReply.Explanation why) {
            json.put("chamber", why.chamber().toString());
            why.owner().ifPresent(id -> json.put("owner", id.toString()));
            ArrayNode releasing = json.putArray("releasing");
            why.releasing().forEach(id -> releasing.add(id.toString()));
            json.put("weight", why.weight());
            why.pinned().ifPresent(id -> json.put("pinned", id.toString()));
        }
        return json;
    }

    static OperatorReply read(JsonTree json) {
        String type = json.text("type");
        return switch (type) {
            case "Done" -> new OperatorReply.Done(json.text("summary"));
            case "Refused" -> new OperatorReply.Refused(json.text("reason"));
            case "Status" ->
                new OperatorReply.Status(
                        view(json.child("leader")),
                        json.has("map") ? Optional.of(map(json.child("map"))) : Optional.empty(),
                        json.list("members", MAX_ROWS, ReplyJson::row),
                        LeaderJson.state(json.child("operator")));
            case "DryRun" ->
                new OperatorReply.DryRun(
                        json.size("members"), LeaderJson.moves(json), statistics(json.child("statistics")));
            case "Explanation" ->
                new OperatorReply.Explanation(
                        json.chamber("chamber"),
                        id(json, "owner"),
                        json.list("releasing", MAX_ROWS, element -> StableId.parse(JsonTree.text(element))),
                        json.count("weight"),
                        id(json, "pinned"));
            default -> throw new IllegalArgumentException("type: unknown reply");
        };
    }

    private static Optional<StableId> id(JsonTree json, String name) {
        return json.has(name) ? Optional.of(json.id(name)) : Optional.empty();
    }

    private static JsonNode nested(byte[] bytes) {
        return JsonTree.parse(bytes).node();
    }

    private static AssignmentMap map(JsonTree json) {
        return CoordinationJson.decodeAssignmentMap(JsonTree.bytes((ObjectNode) json.node()));
    }

    private static ObjectNode row(OperatorReply.MemberRow row) {
        ObjectNode json = JsonTree.object();
        json.set("heartbeat", nested(CoordinationJson.encode(row.heartbeat())));
        json.put("silentMillis", row.silentMillis());
        json.put("chambers", row.chambers());
        json.put("weight", row.weight());
        json.put("verdict", row.verdict());
        return json;
    }

    private static OperatorReply.MemberRow row(JsonNode element) {
        JsonTree json = new JsonTree(element);
        return new OperatorReply.MemberRow(
                CoordinationJson.decodeHeartbeat(
                        JsonTree.bytes((ObjectNode) json.child("heartbeat").node())),
                json.count("silentMillis"),
                json.size("chambers"),
                json.count("weight"),
                json.text("verdict"));
    }

    private static ObjectNode view(LeaderView view) {
        ObjectNode json = JsonTree.object();
        json.put("phase", view.phase().name());
        json.put("epoch", view.epoch());
        json.put("version", view.version());
        json.put("lifecycle", view.lifecycle().name());
        json.put("activeMembers", view.activeMembers());
        json.put("standbys", view.standbys());
        view.intended().ifPresent(intended -> json.put("intended", intended));
        json.put("pendingChanges", view.pendingChanges());
        json.put("windowMillis", view.windowMillis());
        json.put("releasing", view.releasing());
        json.put("deaf", view.deaf());
        return json;
    }

    private static LeaderView view(JsonTree json) {
        return new LeaderView(
                json.constant("phase", MemberState.class),
                json.count("epoch"),
                json.count("version"),
                json.constant("lifecycle", AssignmentMap.Lifecycle.class),
                json.size("activeMembers"),
                json.size("standbys"),
                json.has("intended") ? OptionalInt.of(json.size("intended")) : OptionalInt.empty(),
                json.size("pendingChanges"),
                json.count("windowMillis"),
                json.size("releasing"),
                json.flag("deaf"));
    }

    private static ObjectNode statistics(PlanStatistics statistics) {
        ObjectNode json = JsonTree.object();
        json.put("chambers", statistics.chambers());
        json.put("members", statistics.members());
        json.put("moved", statistics.moved());
        json.put("minCount", statistics.minCount());
        json.put("maxCount", statistics.maxCount());
        json.put("minWeight", statistics.minWeight());
        json.put("maxWeight", statistics.maxWeight());
        json.put("meanWeight", statistics.meanWeight());
        json.put("floorRatio", statistics.floorRatio());
        return json;
    }

    private static PlanStatistics statistics(JsonTree json) {
        return new PlanStatistics(
                json.size("chambers"),
                json.size("members"),
                json.size("moved"),
                json.size("minCount"),
                json.size("maxCount"),
                json.count("minWeight"),
                json.count("maxWeight"),
                json.number("meanWeight"),
                json.number("floorRatio"));
    }
}
