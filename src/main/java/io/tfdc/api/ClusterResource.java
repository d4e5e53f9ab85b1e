package io.tfdc.api;

import io.tfdc.coordination.StableId;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Orders to the leader and what it answers. */
final class ClusterResource implements OperationHandler.Resource {
    private static final int DECISIONS = 50;

    private static final int TIMELINE_MINUTES = 120;

    private final ClusterOperations cluster;
    private final InstantSource clock;

    ClusterResource(ClusterOperations cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of(
                "cluster", call -> ask(new OperatorCommand.Status(), call),
                "clusterDecisions", this::decisions,
                "clusterTimeline", this::timeline,
                "clusterPlan", call -> ask(new OperatorCommand.PlanFor(call.number("size", 1)), call),
                "clusterExplain",
                        call -> ask(
                                new OperatorCommand.Explain(new ChamberId(call.text("tool"), call.text("chamber"))),
                                call),
                "clusterCommand", call -> ask(command(call.body()), call));
    }

    private Future<Reply> ask(OperatorCommand command, Call call) {
        return cluster.ask(command, call.caller().name()).map(ClusterJson::of).map(Reply::json);
    }

    private Future<Reply> decisions(Call call) {
        return cluster.decisions(call.number("limit", DECISIONS))
                .map(found -> Reply.json(new JsonObject()
                        .put(
                                "items",
                                new JsonArray(
                                        found.stream().map(ClusterJson::of).toList()))));
    }

    private Future<Reply> timeline(Call call) {
        Instant to = clock.instant();
        Duration back = Duration.ofMinutes(call.number("minutes", TIMELINE_MINUTES));
        return cluster.history().map(history -> Reply.json(new ClusterTimeline(to.minus(back), to).json(history)));
    }

    private static OperatorCommand command(JsonObject body) {
        return switch (body.getString("command")) {
            case "drain" -> new OperatorCommand.Drain(member(body));
            case "cordon" -> new OperatorCommand.Cordon(member(body));
            case "uncordon" -> new OperatorCommand.Uncordon(member(body));
            case "pause" -> new OperatorCommand.Pause();
            case "resume" -> new OperatorCommand.Resume();
            case "pin" -> new OperatorCommand.Pin(chamber(body), member(body));
            case "unpin" -> new OperatorCommand.Unpin(chamber(body));
            case "rebalance" -> new OperatorCommand.Rebalance();
            case "rollback" -> new OperatorCommand.Rollback(number(body, "version"));
            case "target" -> new OperatorCommand.Target((int) number(body, "size"));
            default -> throw Problem.invalid("body", "/command", "unknown");
        };
    }

    private static StableId member(JsonObject body) {
        String text = required(body, "member");
        try {
            return StableId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("body", "/member", "expected defender-N, found \"" + text + '"');
        }
    }

    private static ChamberId chamber(JsonObject body) {
        return ChamberId.parse(required(body, "chamber"));
    }

    private static String required(JsonObject body, String name) {
        String text = body.getString(name);
        if (text == null) {
            throw Problem.invalid("body", '/' + name, "missing for this command");
        }
        return text;
    }

    private static long number(JsonObject body, String name) {
        Long number = body.getLong(name);
        if (number == null) {
            throw Problem.invalid("body", '/' + name, "missing for this command");
        }
        return number;
    }
}
