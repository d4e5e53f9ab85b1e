package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How large what leaders write may become, and what becomes of damaged input. */
class LeaderJsonTest {
    private static final int MAX_PAYLOAD = 1 << 20;

    private static ChamberId chamber(int number, String prefix) {
        return new ChamberId(prefix + "%06d".formatted(number / 4), "CH" + number % 4);
    }

    private static AssignmentMap map(int chambers, int members, String prefix) {
        TreeMap<ChamberId, StableId> owners = new TreeMap<>();
        for (int i = 0; i < chambers; i++) {
            owners.put(chamber(i, prefix), new StableId(i % members));
        }
        TreeMap<StableId, Total> totals = new TreeMap<>();
        owners.values().forEach(id -> totals.put(id, new Total(999, 999_999_999)));
        return new AssignmentMap(
                99,
                9_999,
                Lifecycle.STABLE,
                Cause.REBALANCE,
                Instant.EPOCH,
                Instant.EPOCH,
                new TreeSet<>(owners.values()),
                owners,
                new TreeMap<>(),
                totals);
    }

    private static OperatorReply.Status status(int chambers, int members, String prefix) {
        AssignmentMap map = map(chambers, members, prefix);
        List<OperatorReply.MemberRow> rows = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            Heartbeat beat = new Heartbeat(
                    Optional.of(new StableId(i)),
                    Long.MAX_VALUE,
                    "b".repeat(16) + "xzzzzzz",
                    "u".repeat(128),
                    "n".repeat(253),
                    "v".repeat(500),
                    MemberState.INITIALIZATION,
                    false,
                    Long.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    new Progress(Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE, "p".repeat(5_000)),
                    Instant.EPOCH);
            rows.add(new OperatorReply.MemberRow(beat, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, "draining"));
        }
        TreeMap<ChamberId, StableId> pins = new TreeMap<>();
        map.owners().forEach((chamber, owner) -> {
            if (pins.size() < 1_000) {
                pins.put(chamber, owner);
            }
        });
        LeaderView view = new LeaderView(
                MemberState.STABLE, 1, 1, Lifecycle.STABLE, members, 0, OptionalInt.empty(), 0, 0, 0, false);
        OperatorState state = new OperatorState(
                false, new TreeSet<>(map.members()), new TreeSet<>(map.members()), pins, OptionalInt.of(members));
        return new OperatorReply.Status(view, Optional.of(map), rows, state);
    }

    private static <T> T decoded(Function<byte[], T> decoder, byte[] json) {
        assertTrue(json.length <= MAX_PAYLOAD, () -> json.length + " bytes");
        return decoder.apply(json);
    }

    @Test
    void theStatusOfALargeClusterIsOneMessage() {
        byte[] json = LeaderJson.encode(status(6_000, 150, "ETCH"));
        assertTrue(json.length < 600_000, () -> json.length + " bytes");
        OperatorReply.Status read =
                assertInstanceOf(OperatorReply.Status.class, decoded(LeaderJson::decodeOperatorReply, json));
        assertEquals(6_000, read.map().orElseThrow().owners().size());
        assertEquals(150, read.members().size());
    }

    @Test
    void aStatusThatIsTooLongGoesWithoutItsMap() {
        OperatorReply reply = decoded(
                LeaderJson::decodeOperatorReply,
                LeaderJson.encode(status(8_000, 200, "a-tool-with-a-name-".repeat(3))));
        OperatorReply.Status read = assertInstanceOf(OperatorReply.Status.class, reply);
        assertTrue(read.map().isEmpty());
        assertEquals(200, read.members().size());
    }

    private static List<Move> moves(int count) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moves.add(new Move(chamber(i, "ETCH"), "defender-1", "defender-2", Move.Reason.UNDERLOAD));
        }
        return moves;
    }

    @Test
    void aDryRunThatIsTooLongIsRefused() {
        PlanStatistics statistics = new PlanStatistics(20_000, 2, 20_000, 0, 20_000, 0, 1, 1, 1);
        OperatorReply reply = new OperatorReply.DryRun(2, moves(20_000), statistics);
        assertInstanceOf(
                OperatorReply.Refused.class, decoded(LeaderJson::decodeOperatorReply, LeaderJson.encode(reply)));
    }

    @Test
    void aDecisionThatIsTooLongTellsTheFirstMovesAndHowManyThereWere() {
        Decision decision =
                new Decision(Instant.EPOCH, 1, 1, Cause.COLD_START, "cold start", "", 2, moves(20_000), 1.0);
        Decision read = decoded(LeaderJson::decodeDecision, LeaderJson.encode(decision));
        assertTrue(read.moves().size() >= 4_000, () -> read.moves().size() + " moves");
        assertEquals(decision.moves().subList(0, read.moves().size()), read.moves());
        assertTrue(read.summary().contains("20000"), read::summary);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesYieldARecordOrTheOneException(long seed) {
        Random random = new Random(seed);
        Decision decision = new Decision(Instant.EPOCH, 1, 1, Cause.COLD_START, "cold start", "", 2, moves(3), 1.0);
        OperatorReply.Status status = status(5, 2, "T");
        for (int i = 0; i < 2_000; i++) {
            survive(LeaderJson::decodeOperatorReply, damaged(LeaderJson.encode(status), random));
            survive(LeaderJson::decodeOperatorState, damaged(LeaderJson.encode(status.operator()), random));
            survive(LeaderJson::decodeDecision, damaged(LeaderJson.encode(decision), random));
            survive(
                    LeaderJson::decodeOperatorCommand,
                    damaged(LeaderJson.encode(new OperatorCommand.Pin(chamber(1, "T"), new StableId(3))), random));
        }
    }

    private static byte[] damaged(byte[] json, Random random) {
        byte[] damaged = Arrays.copyOf(json, json.length - (random.nextInt(4) == 0 ? random.nextInt(json.length) : 0));
        for (int n = random.nextInt(3); n >= 0 && damaged.length > 0; n--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static void survive(Function<byte[], ?> decoder, byte[] json) {
        try {
            assertNotNull(decoder.apply(json));
        } catch (IllegalArgumentException expected) {
            // the one exception
        }
    }

    @Test
    void sizeAndDepthAreBounded() {
        for (String json : List.of(
                "{\"type\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"type\":\"" + "x".repeat(5_000) + "\"}",
                "{\"type\":\"Target\",\"size\":1" + "0".repeat(5_000) + "}",
                "{\"type\":\"Target\",\"size\":99999999999}",
                "{\"type\":\"Target\",\"size\":-1}",
                "{\"type\":\"Drain\",\"type\":\"Pause\",\"id\":\"defender-1\"}",
                " ".repeat(9 << 20))) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LeaderJson.decodeOperatorCommand(bytes),
                    json.substring(0, Math.min(60, json.length())));
        }
    }
}
