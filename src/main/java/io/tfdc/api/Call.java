package io.tfdc.api;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has passed all checks.
 *
 * @param caller who calls
 * @param values parameters by name: texts, longs, booleans; those that weren't given are missing
 * @param body the body, empty if the operation has none
 */
record Call(Caller caller, Map<String, Object> values, JsonObject body) {
    /** A required parameter. */
    String text(String name) {
        return find(name).orElseThrow(() -> Problem.invalid("query", name, "expected a value"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(Object::toString);
    }

    int number(String name, int otherwise) {
        return values.get(name) instanceof Long number ? Math.toIntExact(number) : otherwise;
    }

    long sequence(String name) {
        return values.get(name) instanceof Long number ? number : -1;
    }

    Optional<Instant> time(String name) {
        return find(name).map(text -> instant("query", name, text));
    }

    Optional<Instant> bodyTime(String name) {
        return Optional.ofNullable(body.getString(name)).map(text -> instant("body", '/' + name, text));
    }

    /** Refuses if the caller saw another state than the present one; also without a word about it where that is required. */
    void checkUnchanged(String etag, boolean required) {
        Optional<String> seen = find("If-Match");
        if (seen.isEmpty() && required) {
            throw new Problem(
                    428,
                    "Precondition required",
                    "expected the header If-Match with the ETag that was read",
                    List.of(new Problem.Place("header", "If-Match", "missing")));
        }
        if (seen.isPresent() && !seen.get().equals(etag) && !seen.get().equals("*")) {
            throw new Problem(
                    412,
                    "Precondition failed",
                    "somebody else has changed it meanwhile: read it again",
                    List.of(new Problem.Place("header", "If-Match", "is " + etag + " now")));
        }
    }

    private static Instant instant(String in, String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.invalid(in, name, "expected a time such as 2026-03-01T10:00:00Z, found \"" + text + '"');
        }
    }
}
