package io.tfdc.cli.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API answered.
 *
 * @param address who was asked
 * @param at time of day
 * @param nanos monotonic nanoseconds, for rates
 * @param answers by what was asked
 * @param problems why there is no answer to the rest
 */
public record Snapshot(
        String address, Instant at, long nanos, Map<Topic, JsonObject> answers, Map<Topic, String> problems) {
    public Snapshot {
        answers = Map.copyOf(answers);
        problems = Map.copyOf(problems);
    }

    Optional<JsonObject> find(Topic topic) {
        return Optional.ofNullable(answers.get(topic));
    }

    /** Objects in a list of an answer, none without the answer. */
    List<JsonObject> list(Topic topic, String name) {
        return find(topic).map(json -> objects(json, name)).orElse(List.of());
    }

    static List<JsonObject> objects(JsonObject json, String name) {
        return json.getValue(name) instanceof JsonArray array
                ? array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : List.of();
    }
}
