package io.tfdc.cluster;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.IdClaim;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The small records of the cluster as JSON. What can't be read is as if it were not there, with a line in the log. */
final class CoordinationJson {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinationJson.class);
    private static final int MAX_BYTES = 1 << 20;
    /** Names from outside are cut so that a heartbeat stays below its bucket's kilobyte. */
    private static final int MAX_TEXT = 120;

    private CoordinationJson() {}

    static byte[] encode(IdClaim claim) {
        return bytes(new JsonObject()
                .put("defenderId", claim.id().toString())
                .put("podUid", cut(claim.podUid()))
                .put("podName", cut(claim.podName()))
                .put("incarnation", claim.incarnation())
                .put("claimedAt", claim.claimedAt().toString())
                .put("lastHeartbeat", claim.renewedAt().toString()));
    }

    static Optional<IdClaim> claim(byte[] bytes) {
        return read(
                "claim",
                bytes,
                json -> new IdClaim(
                        StableId.parse(text(json, "defenderId")),
                        text(json, "podUid"),
                        text(json, "podName"),
                        text(json, "incarnation"),
                        Instant.parse(text(json, "claimedAt")),
                        Instant.parse(text(json, "lastHeartbeat"))));
    }

    static byte[] encode(LeaderRecord leader) {
        return bytes(new JsonObject()
                .put("epoch", leader.epoch())
                .put("leader", leader.leader().toString())
                .put("incarnation", leader.incarnation())
                .put("since", leader.since().toString()));
    }

    static Optional<LeaderRecord> leader(byte[] bytes) {
        return read(
                "leader record",
                bytes,
                json -> new LeaderRecord(
                        json.getLong("epoch"),
                        StableId.parse(text(json, "leader")),
                        text(json, "incarnation"),
                        Instant.parse(text(json, "since"))));
    }

    static byte[] encode(ReleaseRecord release) {
        JsonArray holding = new JsonArray();
        release.holding().stream().map(ChamberId::toString).sorted().forEach(holding::add);
        return bytes(new JsonObject()
                .put("defenderId", release.id().toString())
                .put("incarnation", release.incarnation())
                .put("epoch", release.epoch())
                .put("version", release.version())
                .put("holding", holding));
    }

    static Optional<ReleaseRecord> release(byte[] bytes) {
        return read("release", bytes, json -> {
            Set<ChamberId> holding = new HashSet<>();
            json.getJsonArray("holding").forEach(chamber -> holding.add(chamber(String.valueOf(chamber))));
            return new ReleaseRecord(
                    StableId.parse(text(json, "defenderId")),
                    text(json, "incarnation"),
                    json.getLong("epoch"),
                    json.getLong("version"),
                    holding);
        });
    }

    static byte[] encode(Heartbeat beat) {
        return bytes(json(beat));
    }

    static JsonObject json(Heartbeat beat) {
        Progress progress = beat.progress();
        JsonObject json = new JsonObject();
        beat.id().ifPresent(id -> json.put("defenderId", id.toString()));
        return json.put("claimRevision", beat.claimRevision())
                .put("incarnation", beat.incarnation())
                .put("podUid", cut(beat.podUid()))
                .put("podName", cut(beat.podName()))
                .put("build", cut(beat.build()))
                .put("state", beat.state().name())
                .put("isLeader", beat.leading())
                .put("sequence", beat.sequence())
                .put("epoch", beat.epoch())
                .put("version", beat.version())
                .put("assignedChambers", beat.chambers())
                .put("slices", beat.slices())
                .put("messagesProcessed", progress.processed())
                .put("messagesFailed", progress.failed())
                .put("inFlight", progress.inFlight())
                .put("oldestMillis", progress.oldestInFlightMillis())
                .put("paused", cut(progress.paused()))
                .put("timestamp", beat.sentAt().toString());
    }

    static Optional<Heartbeat> heartbeat(byte[] bytes) {
        return read("heartbeat", bytes, CoordinationJson::heartbeat);
    }

    static Heartbeat heartbeat(JsonObject json) {
        return new Heartbeat(
                Optional.ofNullable(json.getString("defenderId")).map(StableId::parse),
                json.getLong("claimRevision"),
                text(json, "incarnation"),
                text(json, "podUid"),
                text(json, "podName"),
                json.getString("build", ""),
                MemberState.valueOf(text(json, "state")),
                json.getBoolean("isLeader"),
                json.getLong("sequence"),
                json.getLong("epoch"),
                json.getLong("version"),
                json.getInteger("assignedChambers"),
                json.getInteger("slices"),
                new Progress(
                        json.getLong("messagesProcessed"),
                        json.getLong("messagesFailed"),
                        json.getInteger("inFlight"),
                        json.getLong("oldestMillis"),
                        json.getString("paused", "")),
                Instant.parse(text(json, "timestamp")));
    }

    static byte[] encode(AssignmentMap map) {
        return bytes(AssignmentMapJson.write(map));
    }

    static Optional<AssignmentMap> map(byte[] bytes) {
        return read("map", bytes, AssignmentMapJson::read);
    }

    /** Reads {@code tool:chamber}. */
    static ChamberId chamber(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("chamber: expected tool:chamber, found \"" + text + '"');
        }
        return new ChamberId(text.substring(0, colon), text.substring(colon + 1));
    }

    static <T> Optional<T> read(String what, byte[] bytes, Function<JsonObject, T> reader) {
        if (bytes.length > MAX_BYTES) {
            LOG.warn("a {} of {} bytes is ignored", what, bytes.length);
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(new JsonObject(Buffer.buffer(bytes))));
        } catch (RuntimeException e) {
            // Whatever a stranger may have put there: wrong JSON, wrong types, wrong values.
            LOG.warn("a {} that can't be read is ignored: {}", what, e.getMessage());
            return Optional.empty();
        }
    }

    static String text(JsonObject json, String name) {
        String value = json.getString(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    static byte[] bytes(JsonObject json) {
        return json.toBuffer().getBytes();
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
