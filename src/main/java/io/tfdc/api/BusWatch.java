package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What can be seen of the event bus, and sent to it. */
public interface BusWatch {
    /** Addresses with their counts and rates, and the addresses that can be sent to. */
    JsonObject addresses();

    /** Sends to an address that is allowed for it; yields the answer. Fails with {@link IllegalArgumentException} for others. */
    Future<JsonObject> send(String address, JsonObject body);
}
