package io.tfdc.scenarios;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A line of a child's log. */
record LogLine(Instant time, String level, String logger, String message, JsonObject fields) {

    /** Reads a line, empty if it is not one of the log. */
    static Optional<LogLine> parse(String line) {
        if (!line.startsWith("{\"time\":")) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(line);
            return Optional.of(new LogLine(
                    Instant.parse(json.getString("time")),
                    json.getString("level", ""),
                    json.getString("logger", ""),
                    json.getString("message", ""),
                    json));
        } catch (DecodeException | DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isTrouble() {
        return level.equals("WARN") || level.equals("ERROR");
    }
}
