package io.tfdc.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * What an operation answers.
 *
 * @param etag stands for the state answered, with its quotes; empty for none
 */
record Reply(int status, String type, Buffer body, String etag) {
    private static final String JSON = "application/json";

    static Reply json(JsonObject body) {
        return new Reply(200, JSON, body.toBuffer(), "");
    }

    static Reply json(int status, JsonObject body) {
        return new Reply(status, JSON, body.toBuffer(), "");
    }

    static Reply of(String type, Buffer body) {
        return new Reply(200, type, body, "");
    }

    Reply withEtag(String value) {
        return new Reply(status, type, body, value);
    }
}
