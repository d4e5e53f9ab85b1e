package io.tfdc.cluster;

import static io.tfdc.cluster.CoordinationJson.chamber;
import static io.tfdc.cluster.CoordinationJson.text;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The map of assignments as JSON: {@code "assignments": {"ETCH01:A": "defender-3", ...}}. */
final class AssignmentMapJson {
    private AssignmentMapJson() {}

    static JsonObject write(AssignmentMap map) {
        JsonArray members = new JsonArray();
        map.members().forEach(id -> members.add(id.toString()));
        JsonObject assignments = new JsonObject();
        map.owners().forEach((chamber, id) -> assignments.put(chamber.toString(), id.toString()));
        JsonObject releasing = new JsonObject();
        map.releasing().forEach((chamber, holders) -> {
            JsonObject since = new JsonObject();
            holders.forEach(holder -> since.put(holder.id().toString(), holder.sinceVersion()));
            releasing.put(chamber.toString(), since);
        });
        JsonObject totals = new JsonObject();
        map.totals()
                .forEach((id, total) -> totals.put(
                        id.toString(),
                        new JsonObject().put("chamberCount", total.chambers()).put("totalWeight", total.weight())));
        return new JsonObject()
                .put("epoch", map.epoch())
                .put("version", map.version())
                .put("lifecycleState", map.lifecycle().name())
                .put("cause", map.cause().name())
                .put("firstAssignmentAt", map.firstAssignedAt().toString())
                .put("timestamp", map.writtenAt().toString())
                .put("members", members)
                .put("assignments", assignments)
                .put("releasing", releasing)
                .put("defenderInfo", totals);
    }

    static AssignmentMap read(JsonObject json) {
        // Ids repeat thousands of times: each is made once.
        Map<String, StableId> ids = new HashMap<>();
        Set<StableId> members = new TreeSet<>();
        json.getJsonArray("members").forEach(id -> members.add(id(ids, id)));
        SortedMap<ChamberId, StableId> owners = new TreeMap<>();
        json.getJsonObject("assignments")
                .forEach(entry -> owners.put(chamber(entry.getKey()), id(ids, entry.getValue())));
        SortedMap<ChamberId, List<Releasing>> releasing = new TreeMap<>();
        JsonObject moving = json.getJsonObject("releasing", new JsonObject());
        for (String chamber : moving.fieldNames()) {
            List<Releasing> holders = new ArrayList<>();
            moving.getJsonObject(chamber)
                    .forEach(holder -> holders.add(
                            new Releasing(id(ids, holder.getKey()), ((Number) holder.getValue()).longValue())));
            releasing.put(chamber(chamber), List.copyOf(holders));
        }
        SortedMap<StableId, Total> totals = new TreeMap<>();
        JsonObject info = json.getJsonObject("defenderInfo", new JsonObject());
        for (String id : info.fieldNames()) {
            JsonObject total = info.getJsonObject(id);
            totals.put(id(ids, id), new Total(total.getInteger("chamberCount"), total.getLong("totalWeight")));
        }
        return new AssignmentMap(
                json.getLong("epoch"),
                json.getLong("version"),
                AssignmentMap.Lifecycle.valueOf(text(json, "lifecycleState")),
                AssignmentMap.Cause.valueOf(text(json, "cause")),
                Instant.parse(text(json, "firstAssignmentAt")),
                Instant.parse(text(json, "timestamp")),
                members,
                owners,
                releasing,
                totals);
    }

    private static StableId id(Map<String, StableId> ids, Object text) {
        return ids.computeIfAbsent(String.valueOf(text), StableId::parse);
    }
}
