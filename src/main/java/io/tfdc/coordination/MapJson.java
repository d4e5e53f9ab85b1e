package io.tfdc.coordination;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.model.ChamberId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The map of assignments as JSON. 36 bytes a chamber, so that 1 MB has room for some 25,000. */
final class MapJson {
    private MapJson() {}

    static void write(AssignmentMap map, JsonGenerator json) throws IOException {
        json.writeNumberField("version", map.version());
        json.writeNumberField("epoch", map.epoch());
        json.writeStringField("timestamp", map.writtenAt().toString());
        json.writeStringField("state", state(map.cause()));
        json.writeStringField("lifecycleState", CoordinationJson.lower(map.lifecycle()));
        json.writeStringField("cause", CoordinationJson.lower(map.cause()));
        json.writeStringField("firstAssignmentAt", map.firstAssignedAt().toString());
        json.writeArrayFieldStart("members");
        for (StableId member : map.members()) {
            json.writeString(member.toString());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("assignments");
        Map<StableId, String> names = new HashMap<>();
        for (Map.Entry<ChamberId, StableId> owner : map.owners().entrySet()) {
            json.writeStringField(
                    owner.getKey().toString(), names.computeIfAbsent(owner.getValue(), StableId::toString));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("releasing");
        for (Map.Entry<ChamberId, List<Releasing>> entry : map.releasing().entrySet()) {
            json.writeObjectFieldStart(entry.getKey().toString());
            for (Releasing holder : entry.getValue()) {
                json.writeNumberField(holder.id().toString(), holder.sinceVersion());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("defenderInfo");
        for (Map.Entry<StableId, Total> total : map.totals().entrySet()) {
            json.writeObjectFieldStart(total.getKey().toString());
            json.writeNumberField("chamberCount", total.getValue().chambers());
            json.writeNumberField("totalWeight", total.getValue().weight());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** For readers that know the cause's class alone. */
    private static String state(Cause cause) {
        return switch (cause) {
            case CRASH, GRAY_FAILURE -> "emergency";
            case COLD_START, SCALE_UP, SCALE_DOWN -> "scaling";
            case REBALANCE, WEIGHTS, NEW_CHAMBERS, OPERATOR, LEADERSHIP -> "stable";
        };
    }

    static AssignmentMap read(JsonFields json) {
        TreeMap<ChamberId, StableId> owners = new TreeMap<>();
        Map<String, StableId> ids = new HashMap<>();
        json.each("assignments", (name, owner) -> owners.put(owner.key(name, ChamberId::parse), owner.id(name, ids)));
        TreeMap<ChamberId, List<Releasing>> releasing = new TreeMap<>();
        json.each("releasing", (name, chambers) -> {
            List<Releasing> holders = new ArrayList<>();
            chambers.each(
                    name,
                    (id, versions) ->
                            holders.add(new Releasing(versions.key(id, StableId::parse), versions.count(id))));
            releasing.put(chambers.key(name, ChamberId::parse), holders);
        });
        TreeMap<StableId, Total> totals = new TreeMap<>();
        json.each("defenderInfo", (name, members) -> {
            JsonFields total = members.object(name);
            totals.put(
                    members.key(name, StableId::parse),
                    new Total(total.smallCount("chamberCount"), total.count("totalWeight")));
        });
        return new AssignmentMap(
                json.count("epoch"),
                json.count("version"),
                json.constant("lifecycleState", Lifecycle.class, CoordinationJson::upper),
                json.constant("cause", Cause.class, CoordinationJson::upper),
                json.instant("firstAssignmentAt"),
                json.instant("timestamp"),
                new TreeSet<>(json.list("members", StableId::parse)),
                owners,
                releasing,
                totals);
    }
}
