package io.tfdc.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.model.ChamberId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinationJsonTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00.123456Z");

    private static Heartbeat heartbeat(Random random) {
        return new Heartbeat(
                random.nextBoolean() ? Optional.of(new StableId(random.nextInt(200))) : Optional.empty(),
                random.nextInt(1_000),
                "boot" + random.nextInt(99) + "x0",
                "pod-" + random.nextInt(),
                "defender-7d9f-" + random.nextInt(),
                "1.2.3",
                MemberState.values()[random.nextInt(MemberState.values().length)],
                random.nextBoolean(),
                random.nextLong() >>> 1,
                random.nextInt(9),
                random.nextInt(999),
                random.nextInt(999),
                random.nextInt(9),
                new Progress(random.nextLong() >>> 1, random.nextInt(9), random.nextInt(9), random.nextInt(9), "store"),
                TIME.plusNanos(random.nextInt()));
    }

    private static AssignmentMap map(Random random, int chambers, int members) {
        TreeMap<ChamberId, StableId> owners = new TreeMap<>();
        TreeMap<ChamberId, List<Releasing>> releasing = new TreeMap<>();
        TreeMap<StableId, Total> totals = new TreeMap<>();
        TreeSet<StableId> ids = new TreeSet<>();
        for (int m = 0; m < members; m++) {
            ids.add(new StableId(m));
            totals.put(new StableId(m), new Total(random.nextInt(100), random.nextLong() >>> 1));
        }
        for (int c = 0; c < chambers; c++) {
            ChamberId chamber = new ChamberId("TOOL%04d".formatted(c / 4), "CH" + c % 4);
            owners.put(chamber, new StableId(random.nextInt(members)));
            if (random.nextInt(20) == 0) {
                releasing.put(
                        chamber,
                        List.of(
                                new Releasing(new StableId(random.nextInt(100)), random.nextInt(99)),
                                new Releasing(new StableId(100 + random.nextInt(99)), random.nextInt(99))));
            }
        }
        return new AssignmentMap(
                random.nextInt(50),
                random.nextInt(5_000),
                Lifecycle.values()[random.nextInt(3)],
                Cause.values()[random.nextInt(Cause.values().length)],
                TIME,
                TIME.plusSeconds(random.nextInt(99)),
                ids,
                owners,
                releasing,
                totals);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void what_is_written_reads_the_same(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            IdClaim claim = new IdClaim(new StableId(random.nextInt(200)), "u" + i, "n" + i, "b" + i, TIME, TIME);
            assertEquals(claim, CoordinationJson.decodeIdClaim(CoordinationJson.encode(claim)));
            Heartbeat beat = heartbeat(random);
            assertEquals(beat, CoordinationJson.decodeHeartbeat(CoordinationJson.encode(beat)));
            LeaderRecord leader = new LeaderRecord(random.nextInt(99), new StableId(3), "boot1x2", TIME);
            assertEquals(leader, CoordinationJson.decodeLeaderRecord(CoordinationJson.encode(leader)));
            Set<ChamberId> holding = new HashSet<>();
            for (int c = random.nextInt(4); c > 0; c--) {
                holding.add(new ChamberId("T" + c, "C"));
            }
            ReleaseRecord release = new ReleaseRecord(new StableId(9), "boot1x2", 3, random.nextInt(99), holding);
            assertEquals(release, CoordinationJson.decodeReleaseRecord(CoordinationJson.encode(release)));
            AssignmentMap map = map(random, random.nextInt(60), 1 + random.nextInt(9));
            assertEquals(map, CoordinationJson.decodeAssignmentMap(CoordinationJson.encode(map)));
        }
    }

    @Test
    void fields_are_named_as_the_documents_name_them() {
        assertEquals(
                "{\"defenderId\":\"defender-7\",\"podUid\":\"u\",\"podName\":\"n\",\"incarnation\":\"b\","
                        + "\"claimedAt\":\"2026-01-31T12:00:00.123456Z\",\"lastHeartbeat\":\"2026-01-31T12:00:00.123456Z\","
                        + "\"ttlSeconds\":30}",
                text(CoordinationJson.encode(new IdClaim(new StableId(7), "u", "n", "b", TIME, TIME))));
        String map = text(CoordinationJson.encode(new AssignmentMap(
                4,
                9,
                Lifecycle.POST_COLD_START,
                Cause.CRASH,
                TIME,
                TIME,
                Set.of(new StableId(2)),
                new TreeMap<>(java.util.Map.of(ChamberId.parse("T:C"), new StableId(2))),
                new TreeMap<>(java.util.Map.of(ChamberId.parse("T:C"), List.of(new Releasing(new StableId(1), 9)))),
                new TreeMap<>(java.util.Map.of(new StableId(2), new Total(1, 120_000))))));
        assertEquals(
                "{\"version\":9,\"epoch\":4,\"timestamp\":\"2026-01-31T12:00:00.123456Z\",\"state\":\"emergency\","
                        + "\"lifecycleState\":\"post_cold_start\",\"cause\":\"crash\","
                        + "\"firstAssignmentAt\":\"2026-01-31T12:00:00.123456Z\",\"members\":[\"defender-2\"],"
                        + "\"assignments\":{\"T:C\":\"defender-2\"},\"releasing\":{\"T:C\":{\"defender-1\":9}},"
                        + "\"defenderInfo\":{\"defender-2\":{\"chamberCount\":1,\"totalWeight\":120000}}}",
                map);
    }

    @Test
    void a_large_map_stays_far_below_the_bucket_s_limit() {
        byte[] json = CoordinationJson.encode(map(new Random(1), 6_000, 150));
        assertTrue(json.length < 300_000, () -> json.length + " bytes");
    }

    @Test
    void the_largest_map_of_the_requirements_fits_its_key() {
        byte[] json = CoordinationJson.encode(map(new Random(1), 8_000, 200));
        assertTrue(json.length < 400_000, () -> json.length + " bytes");
        assertEquals(8_000, CoordinationJson.decodeAssignmentMap(json).owners().size());
    }

    @Test
    void the_longest_heartbeat_fits_its_bucket() {
        Heartbeat beat = new Heartbeat(
                Optional.of(new StableId(9_999)),
                Long.MAX_VALUE,
                "b".repeat(16) + "xzzzzzz",
                "u".repeat(128),
                "n".repeat(253),
                "\u0000".repeat(500),
                MemberState.INITIALIZATION,
                false,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                new Progress(Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE, "\"Ü\uD83D\uDE00".repeat(300)),
                TIME);
        byte[] json = CoordinationJson.encode(beat);
        assertTrue(json.length <= CoordinationJson.MAX_HEARTBEAT_BYTES, () -> json.length + ": " + text(json));
        CoordinationJson.decodeHeartbeat(json);
    }

    @Test
    void fields_of_a_later_build_are_ignored() {
        String json = text(CoordinationJson.encode(new LeaderRecord(5, new StableId(1), "b", TIME)));
        String more = json.replace("{", "{\"region\":{\"a\":[1,2,{}]},");
        assertEquals(5, CoordinationJson.decodeLeaderRecord(bytes(more)).epoch());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "epoch":5            | "epoch":-1                  | epoch
            "epoch":5            | "epoch":1.5                 | epoch
            "epoch":5            | "epoch":99999999999999999999 | epoch
            "epoch":5            | "epoch":"5"                 | epoch
            "epoch":5            | "epoch":null                | epoch
            "epoch":5            | "eboch":5                   | epoch
            "defender-1"         | "defender-01"               | defenderId
            "defender-1"         | ["defender-1"]              | defenderId
            "incarnation":"b"    | "incarnation":7             | incarnation
            2026-01-31T12        | 2026-01-31 12               | since
            """)
    void a_wrong_field_is_named(String from, String to, String field) {
        String json = text(CoordinationJson.encode(new LeaderRecord(5, new StableId(1), "b", TIME)));
        RecordFormatException e = assertThrows(
                RecordFormatException.class, () -> CoordinationJson.decodeLeaderRecord(bytes(json.replace(from, to))));
        assertTrue(e.getMessage().startsWith("leader: " + field), e::getMessage);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "T:C":"defender-2"     | "T":"defender-2"       | map: assignments: T
            "T:C":"defender-2"     | "T:C":7                | map: assignments: T:C
            "T:C":{"defender-1":9} | "T:C":{"x":9}          | map: releasing: T:C: x
            "T:C":{"defender-1":9} | "T:C":["defender-1"]   | map: releasing: T:C
            "chamberCount":1       | "chamberCount":-1      | map: defenderInfo: defender-2: chamberCount
            ["defender-2"]         | ["defender-x"]         | map: members
            "crash"                | "boredom"              | map: cause
            """)
    void a_wrong_place_in_a_map_is_named(String from, String to, String place) {
        String json = """
                {"version":9,"epoch":4,"timestamp":"2026-01-31T12:00:00Z","lifecycleState":"stable","cause":"crash",
                "firstAssignmentAt":"2026-01-31T12:00:00Z","members":["defender-2"],
                "assignments":{"T:C":"defender-2"},"releasing":{"T:C":{"defender-1":9}},
                "defenderInfo":{"defender-2":{"chamberCount":1,"totalWeight":2}}}""";
        CoordinationJson.decodeAssignmentMap(bytes(json));
        RecordFormatException e = assertThrows(
                RecordFormatException.class, () -> CoordinationJson.decodeAssignmentMap(bytes(json.replace(from, to))));
        assertTrue(e.getMessage().startsWith(place), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "{",
                "{}{}",
                "{\"epoch\":1,\"epoch\":2}",
                "\uFFFF",
                "{\"a\":NaN}",
                "{\"epoch\":}"
            })
    void what_is_no_record_is_refused(String json) {
        assertThrows(RecordFormatException.class, () -> CoordinationJson.decodeLeaderRecord(bytes(json)));
        assertThrows(RecordFormatException.class, () -> CoordinationJson.decodeAssignmentMap(bytes(json)));
    }

    @Test
    void size_and_depth_are_bounded() {
        byte[] large = new byte[CoordinationJson.MAX_LARGE_BYTES + 1];
        Arrays.fill(large, (byte) ' ');
        assertThrows(RecordFormatException.class, () -> CoordinationJson.decodeAssignmentMap(large));
        byte[] deep = bytes("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
        RecordFormatException e =
                assertThrows(RecordFormatException.class, () -> CoordinationJson.decodeReleaseRecord(deep));
        assertTrue(e.getMessage().length() < 200, e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void damaged_bytes_yield_a_record_or_the_one_exception(long seed) {
        Random random = new Random(seed);
        byte[] json = CoordinationJson.encode(map(random, 20, 4));
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = Arrays.copyOf(json, json.length - (random.nextInt(4) == 0 ? random.nextInt(100) : 0));
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                CoordinationJson.decodeAssignmentMap(damaged);
            } catch (RecordFormatException e) {
                assertTrue(e.getMessage().length() < 400, e::getMessage);
            }
        }
    }
}
