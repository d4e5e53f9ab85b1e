package io.tfdc.cluster;

import io.tfdc.coordination.StableId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What travels on private subjects, as JSON of at most {@value #MAX_BYTES} bytes. */
sealed interface PeerMessage {
    int MAX_BYTES = 1024;

    /** Is anybody there? */
    record Probe() implements PeerMessage {}

    /** The leader lets a standby claim an id. */
    record Grant(String incarnation, StableId id) implements PeerMessage {}

    /** A leaver offers its id, held at a revision, to a standby. */
    record Offer(String incarnation, StableId id, long revision) implements PeerMessage {}

    default byte[] encode() {
        JsonObject json = new JsonObject();
        if (this instanceof Grant grant) {
            json.put("kind", "grant")
                    .put("incarnation", grant.incarnation())
                    .put("id", grant.id().toString());
        } else if (this instanceof Offer offer) {
            json.put("kind", "offer")
                    .put("incarnation", offer.incarnation())
                    .put("id", offer.id().toString())
                    .put("revision", offer.revision());
        } else {
            json.put("kind", "probe");
        }
        return json.toBuffer().getBytes();
    }

    /** Reads a message, empty if it is none. */
    static Optional<PeerMessage> decode(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(Buffer.buffer(bytes));
            return switch (json.getString("kind", "")) {
                case "probe" -> Optional.of(new Probe());
                case "grant" ->
                    Optional.of(new Grant(json.getString("incarnation", ""), StableId.parse(json.getString("id", ""))));
                case "offer" ->
                    Optional.of(new Offer(
                            json.getString("incarnation", ""),
                            StableId.parse(json.getString("id", "")),
                            json.getLong("revision", 0L)));
                default -> Optional.empty();
            };
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }

    static byte[] answer(boolean accepted) {
        return new JsonObject().put("accepted", accepted).toBuffer().getBytes();
    }

    /** What an answer says, false if it is none. */
    static boolean accepted(byte[] bytes) {
        try {
            return bytes.length <= MAX_BYTES && new JsonObject(Buffer.buffer(bytes)).getBoolean("accepted", false);
        } catch (RuntimeException notOurs) {
            return false;
        }
    }
}
