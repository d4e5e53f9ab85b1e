package io.tfdc.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A request that is not fulfilled, as the caller gets to see it: RFC 9457. Never carries what a caller must not know. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final transient List<Place> places;

    /**
     * What is wrong where.
     *
     * @param in {@code path}, {@code query}, {@code header} or {@code body}
     * @param at name of the parameter, or JSON pointer into the body, or {@code line:column} of a document
     */
    record Place(String in, String at, String message) {}

    Problem(int status, String title, String detail, List<Place> places) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.places = List.copyOf(places);
    }

    static Problem invalid(List<Place> places) {
        Place first = places.get(0);
        return new Problem(400, "Invalid request", first.in() + ' ' + first.at() + ": " + first.message(), places);
    }

    static Problem invalid(String in, String at, String message) {
        return invalid(List.of(new Place(in, at, message)));
    }

    static Problem notFound(String what) {
        return new Problem(404, "Not found", what, List.of());
    }

    static Problem conflict(String why) {
        return new Problem(409, "Conflict", why, List.of());
    }

    static Problem unavailable(String why) {
        return new Problem(503, "Not available", why, List.of());
    }

    int status() {
        return status;
    }

    JsonObject json(String instance) {
        JsonObject json = new JsonObject()
                .put("title", title)
                .put("status", status)
                .put("detail", String.valueOf(getMessage()))
                .put("instance", instance);
        if (!places.isEmpty()) {
            JsonArray errors = new JsonArray();
            places.forEach(place -> errors.add(
                    new JsonObject().put("in", place.in()).put("at", place.at()).put("message", place.message())));
            json.put("errors", errors);
        }
        return json;
    }
}
