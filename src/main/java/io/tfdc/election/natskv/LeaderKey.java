package io.tfdc.election.natskv;

import io.tfdc.messaging.KeyValueBucket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * What the key of an election holds.
 *
 * @param leader who leads
 * @param termMillis how long, from the write
 * @param token fencing token; 0 in the write that won, whose revision it is
 * @param revision revision of the write
 */
record LeaderKey(String leader, long termMillis, long token, long revision) {

    static byte[] value(String leader, long termMillis, long token) {
        return new JsonObject()
                .put("leader", leader)
                .put("termMillis", termMillis)
                .put("token", token)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an entry.
     *
     * @throws DecodeException if it is something else
     */
    static LeaderKey of(KeyValueBucket.Entry entry) {
        try {
            JsonObject value = new JsonObject(new String(entry.value(), StandardCharsets.UTF_8));
            long token = value.getLong("token");
            return new LeaderKey(
                    value.getString("leader"),
                    value.getLong("termMillis"),
                    token == 0 ? entry.revision() : token,
                    entry.revision());
        } catch (ClassCastException | NullPointerException notOurs) {
            throw new DecodeException("key \"" + entry.key() + "\" is not that of an election");
        }
    }
}
