package io.tfdc.api;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.Move;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.OperatorState;
import io.tfdc.leader.PlanStatistics;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** The leader's answers as the API shows them. */
final class ClusterJson {
    private static final int MOST_MOVES = 1_000;

    private ClusterJson() {}

    /** An answer; a refusal is a conflict. */
    static JsonObject of(OperatorReply reply) {
        if (reply instanceof OperatorReply.Refused refused) {
            throw Problem.conflict(refused.reason());
        }
        if (reply instanceof OperatorReply.Status status) {
            return status(status);
        }
        if (reply instanceof OperatorReply.DryRun plan) {
            return new JsonObject()
                    .put("members", plan.members())
                    .put("moved", plan.moves().size())
                    .put("moves", moves(plan.moves()))
                    .put("statistics", statistics(plan.statistics()));
        }
        if (reply instanceof OperatorReply.Explanation why) {
            return new JsonObject()
                    .put("chamber", why.chamber().toString())
                    .put("owner", why.owner().map(StableId::toString).orElse(null))
                    .put("releasing", texts(why.releasing()))
                    .put("weight", why.weight())
                    .put("pinned", why.pinned().map(StableId::toString).orElse(null));
        }
        return new JsonObject().put("summary", reply instanceof OperatorReply.Done done ? done.summary() : "done");
    }

    static JsonObject of(Decision decision) {
        return new JsonObject()
                .put("at", decision.at().toString())
                .put("epoch", decision.epoch())
                .put("version", decision.version())
                .put("cause", AlarmJson.text(decision.cause()))
                .put("summary", decision.summary())
                .put("by", decision.by())
                .put("members", decision.members())
                .put("maxOverMean", Numbers.finite(decision.maxOverMean()))
                .put("moved", decision.moves().size())
                .put("moves", moves(decision.moves()));
    }

    private static JsonObject status(OperatorReply.Status status) {
        JsonArray members = new JsonArray();
        status.members().forEach(row -> members.add(member(row)));
        JsonObject json = new JsonObject()
                .put("leader", leader(status.leader()))
                .put("members", members)
                .put("operator", operator(status.operator()));
        status.map()
                .ifPresent(map -> json.put("version", map.version())
                        .put("epoch", map.epoch())
                        .put("cause", AlarmJson.text(map.cause()))
                        .put("writtenAt", map.writtenAt().toString())
                        .put("chambers", map.owners().size())
                        .put("releasing", map.releasing().size()));
        return json;
    }

    private static JsonObject leader(LeaderView view) {
        return new JsonObject()
                .put("phase", AlarmJson.text(view.phase()))
                .put("epoch", view.epoch())
                .put("version", view.version())
                .put("lifecycle", AlarmJson.text(view.lifecycle()))
                .put("activeMembers", view.activeMembers())
                .put("standbys", view.standbys())
                .put("intended", view.intended().isPresent() ? view.intended().getAsInt() : null)
                .put("pendingChanges", view.pendingChanges())
                .put("windowMillis", view.windowMillis())
                .put("releasing", view.releasing())
                .put("deaf", view.deaf());
    }

    private static JsonObject member(OperatorReply.MemberRow row) {
        Heartbeat beat = row.heartbeat();
        return new JsonObject()
                .put("id", beat.id().map(StableId::toString).orElse(""))
                .put("pod", beat.podName())
                .put("build", beat.build())
                .put("state", AlarmJson.text(beat.state()))
                .put("leading", beat.leading())
                .put("version", beat.version())
                .put("silentMillis", row.silentMillis())
                .put("chambers", row.chambers())
                .put("weight", row.weight())
                .put("verdict", row.verdict())
                .put("processed", beat.progress().processed())
                .put("inFlight", beat.progress().inFlight())
                .put("paused", beat.progress().paused());
    }

    private static JsonObject operator(OperatorState state) {
        JsonObject pins = new JsonObject();
        state.pins().forEach((chamber, id) -> pins.put(chamber.toString(), id.toString()));
        return new JsonObject()
                .put("paused", state.paused())
                .put("cordoned", texts(state.cordoned()))
                .put("drained", texts(state.drained()))
                .put("pins", pins)
                .put("target", state.target().isPresent() ? state.target().getAsInt() : null);
    }

    private static JsonObject statistics(PlanStatistics statistics) {
        return new JsonObject()
                .put("chambers", statistics.chambers())
                .put("members", statistics.members())
                .put("moved", statistics.moved())
                .put("movedShare", Numbers.finite(statistics.movedShare()))
                .put("minCount", statistics.minCount())
                .put("maxCount", statistics.maxCount())
                .put("maxOverMean", Numbers.finite(statistics.maxOverMean()))
                .put("minOverMean", Numbers.finite(statistics.minOverMean()))
                .put("floorRatio", Numbers.finite(statistics.floorRatio()));
    }

    private static JsonArray moves(List<Move> moves) {
        JsonArray array = new JsonArray();
        moves.stream()
                .limit(MOST_MOVES)
                .forEach(move -> array.add(new JsonObject()
                        .put("chamber", move.chamber().toString())
                        .put("from", move.from())
                        .put("to", move.to())
                        .put("reason", AlarmJson.text(move.reason()))));
        return array;
    }

    private static JsonArray texts(Collection<StableId> ids) {
        return new JsonArray(ids.stream().map(StableId::toString).toList());
    }
}
