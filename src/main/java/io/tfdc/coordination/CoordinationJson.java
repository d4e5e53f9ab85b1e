package io.tfdc.coordination;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tfdc.model.ChamberId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The records of the cluster as JSON, as they stand in the buckets. Reading is strict and bounded and ignores fields that it doesn't know;
 * all failures are {@link RecordFormatException}.
 */
public final class CoordinationJson {
    /** Largest heartbeat that is written. */
    public static final int MAX_HEARTBEAT_BYTES = 1_024;

    /** Largest claim, heartbeat or leader record that is read: a later build may write more than this one. */
    private static final int MAX_SMALL_BYTES = 4_096;

    /** Largest release record or map. */
    static final int MAX_LARGE_BYTES = 1 << 20;

    private static final int NAME = 253;
    private static final int TOKEN = 64;
    private static final int REASON = 100;

    private CoordinationJson() {}

    public static byte[] encode(IdClaim claim) {
        return object(json -> {
            json.writeStringField("defenderId", claim.id().toString());
            json.writeStringField("podUid", claim.podUid());
            json.writeStringField("podName", claim.podName());
            json.writeStringField("incarnation", claim.incarnation());
            json.writeStringField("claimedAt", claim.claimedAt().toString());
            json.writeStringField("lastHeartbeat", claim.renewedAt().toString());
            json.writeNumberField(
                    "ttlSeconds", ClusterSettings.DEFAULT.claimTtl().toSeconds());
        });
    }

    public static IdClaim decodeIdClaim(byte[] bytes) {
        JsonFields json = JsonFields.open("claim", bytes, MAX_SMALL_BYTES);
        return new IdClaim(
                json.id("defenderId"),
                json.text("podUid", NAME),
                json.text("podName", NAME),
                json.text("incarnation", TOKEN),
                json.instant("claimedAt"),
                json.instant("lastHeartbeat"));
    }

    /** At most {@link #MAX_HEARTBEAT_BYTES}: what is for people alone is cut. */
    public static byte[] encode(Heartbeat beat) {
        Progress progress = beat.progress();
        return object(json -> {
            if (beat.id().isPresent()) {
                json.writeStringField("defenderId", beat.id().get().toString());
            }
            json.writeStringField("podName", beat.podName());
            json.writeStringField("podUid", beat.podUid());
            json.writeStringField("incarnation", beat.incarnation());
            json.writeNumberField("claimRevision", beat.claimRevision());
            json.writeStringField("build", plain(beat.build(), TOKEN));
            json.writeStringField("timestamp", beat.sentAt().toString());
            json.writeBooleanField("isLeader", beat.leading());
            json.writeStringField("state", beat.state().name());
            json.writeNumberField("sequence", beat.sequence());
            json.writeNumberField("epoch", beat.epoch());
            json.writeNumberField("version", beat.version());
            json.writeNumberField("assignedChambers", beat.chambers());
            json.writeNumberField("slices", beat.slices());
            json.writeNumberField("messagesProcessed", progress.processed());
            json.writeNumberField("messagesFailed", progress.failed());
            json.writeNumberField("inFlight", progress.inFlight());
            json.writeNumberField("oldestInFlightMs", progress.oldestInFlightMillis());
            json.writeStringField("paused", plain(progress.paused(), REASON));
        });
    }

    public static Heartbeat decodeHeartbeat(byte[] bytes) {
        JsonFields json = JsonFields.open("heartbeat", bytes, MAX_SMALL_BYTES);
        return new Heartbeat(
                json.has("defenderId") ? Optional.of(json.id("defenderId")) : Optional.empty(),
                json.count("claimRevision"),
                json.text("incarnation", TOKEN),
                json.text("podUid", NAME),
                json.text("podName", NAME),
                json.text("build", NAME),
                json.constant("state", MemberState.class, UnaryOperator.identity()),
                json.flag("isLeader"),
                json.count("sequence"),
                json.count("epoch"),
                json.count("version"),
                json.smallCount("assignedChambers"),
                json.smallCount("slices"),
                new Progress(
                        json.count("messagesProcessed"),
                        json.count("messagesFailed"),
                        json.smallCount("inFlight"),
                        json.count("oldestInFlightMs"),
                        json.text("paused", NAME)),
                json.instant("timestamp"));
    }

    public static byte[] encode(Transition transition) {
        return object(json -> {
            json.writeStringField("timestamp", transition.at().toString());
            if (transition.id().isPresent()) {
                json.writeStringField("defenderId", transition.id().get().toString());
            }
            json.writeStringField("incarnation", transition.incarnation());
            json.writeStringField("podName", transition.podName());
            json.writeStringField("kind", transition.kind().name());
            json.writeStringField("state", transition.state().name());
            json.writeBooleanField("isLeader", transition.leading());
            json.writeNumberField("version", transition.version());
        });
    }

    public static Transition decodeTransition(byte[] bytes) {
        JsonFields json = JsonFields.open("transition", bytes, MAX_SMALL_BYTES);
        return new Transition(
                json.instant("timestamp"),
                json.has("defenderId") ? Optional.of(json.id("defenderId")) : Optional.empty(),
                json.text("incarnation", TOKEN),
                json.text("podName", NAME),
                json.constant("kind", Transition.Kind.class, UnaryOperator.identity()),
                json.constant("state", MemberState.class, UnaryOperator.identity()),
                json.flag("isLeader"),
                json.count("version"));
    }

    public static byte[] encode(LeaderRecord leader) {
        return object(json -> {
            json.writeNumberField("epoch", leader.epoch());
            json.writeStringField("defenderId", leader.leader().toString());
            json.writeStringField("incarnation", leader.incarnation());
            json.writeStringField("since", leader.since().toString());
        });
    }

    public static LeaderRecord decodeLeaderRecord(byte[] bytes) {
        JsonFields json = JsonFields.open("leader", bytes, MAX_SMALL_BYTES);
        return new LeaderRecord(
                json.count("epoch"), json.id("defenderId"), json.text("incarnation", TOKEN), json.instant("since"));
    }

    public static byte[] encode(ReleaseRecord release) {
        return object(json -> {
            json.writeStringField("defenderId", release.id().toString());
            json.writeStringField("incarnation", release.incarnation());
            json.writeNumberField("epoch", release.epoch());
            json.writeNumberField("version", release.version());
            json.writeArrayFieldStart("holding");
            for (ChamberId chamber : new TreeSet<>(release.holding())) {
                json.writeString(chamber.toString());
            }
            json.writeEndArray();
        });
    }

    public static ReleaseRecord decodeReleaseRecord(byte[] bytes) {
        JsonFields json = JsonFields.open("release", bytes, MAX_LARGE_BYTES);
        return new ReleaseRecord(
                json.id("defenderId"),
                json.text("incarnation", TOKEN),
                json.count("epoch"),
                json.count("version"),
                new HashSet<>(json.list("holding", ChamberId::parse)));
    }

    public static byte[] encode(AssignmentMap map) {
        return object(json -> MapJson.write(map, json));
    }

    public static AssignmentMap decodeAssignmentMap(byte[] bytes) {
        return MapJson.read(JsonFields.open("map", bytes, MAX_LARGE_BYTES));
    }

    /** Writes the members of an object. */
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_HEARTBEAT_BYTES);
        try (JsonGenerator json = JsonFields.factory().createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Text for people in a bounded number of bytes. */
    private static String plain(String text, int maxLength) {
        String cut = text.length() <= maxLength ? text : text.substring(0, maxLength);
        return cut.chars().allMatch(CoordinationJson::isPlain)
                ? cut
                : cut.codePoints()
                        .map(c -> isPlain(c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isPlain(int character) {
        return character >= ' ' && character <= '~' && character != '"' && character != '\\';
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String upper(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
