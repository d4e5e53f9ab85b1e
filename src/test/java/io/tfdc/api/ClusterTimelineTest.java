package io.tfdc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.api.ClusterOperations.History;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import io.tfdc.coordination.Transition;
import io.tfdc.coordination.Transition.Kind;
import io.tfdc.leader.DecisionMark;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterTimelineTest {
    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Transition> told = new ArrayList<>();

    /** Seconds after T0; an id below 0 is none. */
    private ClusterTimelineTest tell(
            int second, int id, String incarnation, Kind kind, MemberState state, boolean leads) {
        told.add(new Transition(
                T0.plusSeconds(second),
                id < 0 ? Optional.empty() : Optional.of(new StableId(id)),
                incarnation,
                "pod-" + incarnation,
                kind,
                state,
                leads,
                7));
        return this;
    }

    private ClusterTimelineTest is(int second, int id, String incarnation, MemberState state) {
        return tell(second, id, incarnation, Kind.STATE, state, false);
    }

    /** Rows as texts: {@code member: state from-to ...} in seconds after T0. */
    private List<String> rows(int from, int to) {
        JsonArray members = new ClusterTimeline(T0.plusSeconds(from), T0.plusSeconds(to))
                .json(new History(told, List.of(), true))
                .getJsonArray("members");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            JsonObject member = members.getJsonObject(i);
            StringBuilder row = new StringBuilder(
                    member.getString("member").isEmpty() ? member.getString("pod") : member.getString("member"));
            for (Object one : member.getJsonArray("spans")) {
                JsonObject span = (JsonObject) one;
                row.append(' ')
                        .append(span.getString("state"))
                        .append(span.getBoolean("leading") ? "*" : "")
                        .append(' ')
                        .append(seconds(span, "from"))
                        .append('-')
                        .append(seconds(span, "to"));
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private static long seconds(JsonObject span, String name) {
        return Instant.parse(span.getString(name)).getEpochSecond() - T0.getEpochSecond();
    }

    @Test
    void aMembersLifeIsARowFromItsFirstStateOn() {
        is(0, -1, "a", MemberState.CLAIMING_ID).is(1, 0, "a", MemberState.ELECTION);
        tell(2, 0, "a", Kind.STATE, MemberState.LEADER, true).tell(3, 0, "a", Kind.STATE, MemberState.STABLE, true);
        assertEquals(List.of("defender-0 claiming-id 0-1 election 1-2 leader* 2-3 stable* 3-60"), rows(0, 60));
        assertEquals(List.of("defender-0 stable* 20-60"), rows(20, 60), "cut to what is asked for");
    }

    @Test
    void whatIsToldAgainIsNoNewSpanAndSilenceEndsOne() {
        is(0, 0, "a", MemberState.STABLE).is(1_200, 0, "a", MemberState.STABLE);
        assertEquals(List.of("defender-0 stable 0-2700"), rows(0, 7_200), "25 minutes after it was heard of last");
    }

    @Test
    void whoVanishedIsLostUntilAnotherHasItsId() {
        is(0, 1, "a", MemberState.STABLE).tell(10, 1, "a", Kind.LOST, MemberState.STABLE, false);
        is(20, -1, "b", MemberState.CLAIMING_ID).is(21, 1, "b", MemberState.STABLE);
        assertEquals(List.of("defender-1 stable 0-10 lost 10-20 claiming-id 20-21 stable 21-30"), rows(0, 30));
    }

    @Test
    void whoLeavesInOrderLeavesAGap() {
        is(0, 1, "a", MemberState.STABLE).is(10, 1, "a", MemberState.SHUTDOWN);
        tell(12, -1, "a", Kind.LEFT, MemberState.SHUTDOWN, false).is(13, -1, "a", MemberState.SHUTDOWN);
        is(20, 1, "b", MemberState.STABLE);
        assertEquals(List.of("defender-1 stable 0-10 shutdown 10-12 stable 20-30"), rows(0, 30));
    }

    @Test
    void aStandbyHasARowOfItsOwnUntilItGetsAnId() {
        is(0, 1, "a", MemberState.STABLE).is(1, -1, "b", MemberState.STANDBY);
        tell(10, 1, "a", Kind.LEFT, MemberState.SHUTDOWN, false).is(11, 1, "b", MemberState.FOLLOWER);
        is(5, -1, "c", MemberState.CLAIMING_ID);
        assertEquals(
                List.of("defender-1 stable 0-10 follower 11-30", "pod-b standby 1-11", "pod-c claiming-id 5-30"),
                rows(0, 30));
    }

    @Test
    void whatAMemberSawBeforeTheLeaderLostItComesInItsPlace() {
        is(0, 1, "a", MemberState.STABLE).tell(10, 1, "a", Kind.LOST, MemberState.STABLE, false);
        is(9, 1, "a", MemberState.DEGRADED).is(20, 1, "a", MemberState.STABLE);
        assertEquals(List.of("defender-1 stable 0-9 degraded 9-10 lost 10-20 stable 20-30"), rows(0, 30));
    }

    @Test
    void decisionsAreMarksOnTheSameAxis() {
        DecisionMark mark = new DecisionMark(T0.plusSeconds(5), 3, 17, Cause.CRASH, "defender-1 is silent", "", 80);
        DecisionMark early = new DecisionMark(T0.minusSeconds(5), 3, 16, Cause.CRASH, "before", "kim", 0);
        JsonObject json =
                new ClusterTimeline(T0, T0.plusSeconds(60)).json(new History(List.of(), List.of(early, mark), false));
        assertEquals(1, json.getJsonArray("decisions").size());
        JsonObject found = json.getJsonArray("decisions").getJsonObject(0);
        assertEquals("crash", found.getString("cause"));
        assertEquals(80, found.getInteger("moved"));
        assertEquals(T0.toString(), json.getString("from"));
        assertTrue(!json.getBoolean("complete"));
    }
}
