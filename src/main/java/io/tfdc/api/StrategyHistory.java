package io.tfdc.api;

import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stored versions and the decisions about them.
 *
 * @param versions by id, newest first
 * @param latestFirst decisions by id, latest first
 */
record StrategyHistory(List<StrategyVersion> versions, List<StrategyActivation> latestFirst) {
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        versions.forEach(version -> ids.add(version.id()));
        return ids;
    }

    Optional<StrategyVersion> version(String id, int number) {
        return versions.stream()
                .filter(version -> version.id().equals(id) && version.version() == number)
                .findFirst();
    }

    /** The highest version number, 0 if there is none. */
    int newest(String id) {
        return versions.stream()
                .filter(version -> version.id().equals(id))
                .mapToInt(StrategyVersion::version)
                .max()
                .orElse(0);
    }

    boolean hasDecision(String id) {
        return !decisions(id).isEmpty();
    }

    /** The version in force, 0 for none. */
    int inForce(String id) {
        List<StrategyActivation> decisions = decisions(id);
        return decisions.isEmpty() ? newest(id) : decisions.get(0).version();
    }

    /** The version that was in force before the present one. */
    Optional<Integer> before(String id) {
        int now = inForce(id);
        return decisions(id).stream()
                .map(StrategyActivation::version)
                .filter(version -> version != now)
                .findFirst();
    }

    private List<StrategyActivation> decisions(String id) {
        return latestFirst.stream().filter(one -> one.id().equals(id)).toList();
    }

    /** Changes with every version and every decision. */
    String etag(String id) {
        return "\"" + id + '-' + newest(id) + '-' + inForce(id) + '-'
                + decisions(id).size() + '"';
    }

    JsonObject json(String id) {
        JsonArray all = new JsonArray();
        versions.stream().filter(version -> version.id().equals(id)).forEach(version -> all.add(json(version)));
        JsonArray decided = new JsonArray();
        decisions(id)
                .forEach(one -> decided.add(new JsonObject()
                        .put("version", one.version())
                        .put("by", one.by())
                        .put("at", one.at().toString())
                        .put("reason", one.reason())));
        return new JsonObject()
                .put("id", id)
                .put("inForce", inForce(id))
                .put("etag", etag(id))
                .put("versions", all)
                .put("decisions", decided);
    }

    static JsonObject json(StrategyVersion version) {
        return new JsonObject()
                .put("id", version.id())
                .put("version", version.version())
                .put("author", version.author())
                .put("storedAt", version.storedAt().toString())
                .put("bytes", version.yaml().length());
    }
}
