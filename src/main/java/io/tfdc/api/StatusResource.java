package io.tfdc.api;

import io.tfdc.management.Health;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How this process stands. */
final class StatusResource implements OperationHandler.Resource {
    private final Contract contract;
    private final ChartStore store;
    private final Health health;
    private final Supplier<NodeStatus> status;
    private final Supplier<ProcessingStats> stats;

    StatusResource(
            Contract contract,
            ChartStore store,
            Health health,
            Supplier<NodeStatus> status,
            Supplier<ProcessingStats> stats) {
        this.contract = contract;
        this.store = store;
        this.health = health;
        this.status = status;
        this.stats = stats;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of(
                "live", call -> probe(health.liveness()),
                "ready", call -> probe(health.readiness()),
                "contract", call -> Future.succeededFuture(Reply.json(contract.document())),
                "whoAmI", StatusResource::whoAmI,
                "status", call -> status(),
                "assignments", call -> assignments(),
                "cacheStats", call -> cache());
    }

    private static Future<Reply> probe(Health.Report report) {
        return Future.succeededFuture(Reply.json(report.up() ? 200 : 503, report.json()));
    }

    private static Future<Reply> whoAmI(Call call) {
        List<String> roles =
                call.caller().roles().stream().map(Role::text).sorted().toList();
        return Future.succeededFuture(
                Reply.json(new JsonObject().put("name", call.caller().name()).put("roles", new JsonArray(roles))));
    }

    private Future<Reply> status() {
        NodeStatus node = status.get();
        ProcessingStats counts = stats.get();
        JsonObject json = new JsonObject()
                .put("defenderId", node.defenderId())
                .put("podName", node.podName())
                .put("state", node.state())
                .put("isLeader", node.leader())
                .put("assignedChambers", node.owned().isPresent() ? node.owned().getAsInt() : null)
                .put("cacheHitRate", counts.cacheHitRate())
                .put("messagesReceived", counts.received())
                .put("messagesProcessed", counts.processed())
                .put("messagesFailed", counts.failed())
                .put("deadLettered", counts.deadLettered())
                .put("alarms", counts.alarms())
                .put("inFlight", counts.inFlight())
                .put("paused", counts.paused())
                .put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000)
                .put("assignmentVersion", node.assignmentVersion())
                .put("ready", health.readiness().up());
        return Future.succeededFuture(Reply.json(json));
    }

    private Future<Reply> assignments() {
        NodeStatus node = status.get();
        return store.chamberMetadata().map(known -> {
            List<String> chambers = known.stream()
                    .map(ChamberMetadata::chamber)
                    .filter(node.owns())
                    .sorted()
                    .map(ChamberId::toString)
                    .toList();
            return Reply.json(new JsonObject()
                            .put("defenderId", node.defenderId())
                            .put("version", node.assignmentVersion())
                            .put("all", node.owned().isEmpty())
                            .put("chambers", new JsonArray(chambers)))
                    .withEtag(
                            '"' + node.defenderId() + '-' + node.assignmentVersion() + '-' + chambers.hashCode() + '"');
        });
    }

    private Future<Reply> cache() {
        ProcessingStats counts = stats.get();
        return Future.succeededFuture(Reply.json(new JsonObject()
                .put("hits", counts.cacheHits())
                .put("misses", counts.cacheMisses())
                .put("hitRate", counts.cacheHitRate())
                .put("heldBytes", counts.heldBytes())));
    }
}
