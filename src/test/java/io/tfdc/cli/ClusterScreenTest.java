package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.OperatorReply.MemberRow;
import io.tfdc.leader.OperatorState;
import io.tfdc.model.ChamberId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ClusterScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final StableId ZERO = new StableId(0);
    private static final StableId ONE = new StableId(1);
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");

    @Test
    void aHealthyClusterIsOkWithItsMembersAndTheirShares() {
        ClusterScreen screen = new ClusterScreen(
                status(false, OptionalInt.of(2), row(ZERO, 100, true, "ok", ""), row(ONE, 100, false, "ok", "")),
                decisions(),
                backlog(),
                NOW);
        assertEquals(List.of(), screen.wrong());
        String text = print(screen);
        assertTrue(text.startsWith("OK\n"), text);
        assertTrue(text.contains("leader    defender-0 (pod-0), epoch 3, for 66 min\n"), text);
        assertTrue(text.contains("version 12, stable, written 2 min ago because of scale up, 1 chamber"), text);
        assertTrue(text.contains("backlog   7 waiting, 3 at work, 2 of chambers without a consumer\n"), text);
        assertTrue(text.contains("now       1 chamber on the move\n"), text);
        assertTrue(text.contains("defender-0 *"), text);
        assertTrue(text.matches("(?s).*\ndefender-1 .*  0\\.3 s +7 +1 +0\\.2 s  pod-1\n.*"), text);
        assertTrue(
                text.contains(
                        "DECIDED LAST\n     66 min ago  v11     defender-0 leads with epoch 3; it takes over version 11\n"
                                + "      2 min ago  v12     defender-1 joined: 1 chamber gets another owner (by anna)\n"),
                text);
        assertTrue(text.contains("##########       100 %"), text);
    }

    @Test
    void whatIsWrongComesFirst() {
        ClusterScreen screen = new ClusterScreen(
                status(true, OptionalInt.of(3), row(ZERO, 100, true, "gray", "the store is away")),
                List.of(),
                Optional.empty(),
                NOW);
        assertEquals(
                List.of(
                        "the leader does not hear its own heartbeat: nobody is declared dead meanwhile",
                        "defender-1 is away and owns 1 chamber",
                        "1 of 3 intended members are there",
                        "defender-0 (pod-0) is gray",
                        "defender-0 (pod-0) is paused: the store is away"),
                screen.wrong());
        assertTrue(print(screen).startsWith("WRONG\n  the leader does not hear"), print(screen));
        assertTrue(print(screen)
                .contains("\n    > it lives and does not work, its chambers are taken away: end its process\n"));
        assertTrue(print(screen).contains("fewer are meant: defender cluster target 1\n"), print(screen));
    }

    @Test
    void movesUnderWayAreSummedUp() {
        ClusterScreen screen = new ClusterScreen(
                status(false, OptionalInt.empty(), row(ZERO, 1, true, "ok", ""), row(ONE, 1, false, "ok", "")),
                List.of(),
                Optional.empty(),
                NOW);
        assertTrue(print(screen).contains("UNDER WAY\n  defender-0 -> defender-1     1 chamber\n"), print(screen));
    }

    private static List<Decision> decisions() {
        return List.of(
                decision(4_000, 11, Cause.LEADERSHIP, "defender-0 leads with epoch 3; it takes over version 11", ""),
                decision(130, 12, Cause.SCALE_UP, "defender-1 joined: 1 chamber gets another owner", "anna"));
    }

    private static Decision decision(long secondsAgo, long version, Cause cause, String summary, String by) {
        return new Decision(NOW.minusSeconds(secondsAgo), 3, version, cause, summary, by, 2, List.of(), 1);
    }

    private static Optional<Backlog> backlog() {
        return Optional.of(new Backlog(new TreeMap<>(Map.of(ONE, 7L)), 3, 2));
    }

    private static String print(ClusterScreen screen) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        screen.print(out);
        out.flush();
        return text.toString();
    }

    private static OperatorReply.Status status(boolean deaf, OptionalInt intended, MemberRow... rows) {
        AssignmentMap map = new AssignmentMap(
                3,
                12,
                AssignmentMap.Lifecycle.STABLE,
                AssignmentMap.Cause.SCALE_UP,
                NOW.minusSeconds(4000),
                NOW.minusSeconds(130),
                Set.of(ZERO, ONE),
                new TreeMap<>(Map.of(CHAMBER, ONE)),
                new TreeMap<>(Map.of(CHAMBER, List.of(new Releasing(ZERO, 12)))),
                new TreeMap<>(Map.of(ONE, new Total(1, 100))));
        return new OperatorReply.Status(
                new LeaderView(
                        MemberState.STABLE,
                        3,
                        12,
                        AssignmentMap.Lifecycle.STABLE,
                        rows.length,
                        0,
                        intended,
                        0,
                        0,
                        1,
                        deaf),
                Optional.of(map),
                List.of(rows),
                OperatorState.NONE);
    }

    private static MemberRow row(StableId id, long weight, boolean leading, String verdict, String paused) {
        Heartbeat beat = new Heartbeat(
                Optional.of(id),
                1,
                "abcdefx0",
                "uid",
                "pod-" + id.number(),
                "1",
                MemberState.STABLE,
                leading,
                1,
                3,
                12,
                1,
                1,
                new Progress(5, 0, 1, 200, paused),
                NOW);
        return new MemberRow(beat, 300, 1, weight, verdict);
    }
}
