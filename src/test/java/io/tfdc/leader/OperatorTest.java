package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.model.ChamberId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Test
    void aDrainedMemberLosesItsChambersAndStaysAMember() {
        Rig rig = Rig.running(5);
        assertInstanceOf(OperatorReply.Done.class, rig.ask(new OperatorCommand.Drain(Rig.id(2))));
        assertTrue(rig.operator.drained().contains(Rig.id(2)), "stored before it is answered");
        rig.advance(SHORT);
        assertEquals(Cause.OPERATOR, rig.map().cause());
        assertTrue(rig.map().ownedBy(Rig.id(2)).isEmpty());
        assertTrue(rig.map().members().contains(Rig.id(2)));
        rig.crash(3);
        rig.advance(Duration.ofSeconds(20));
        assertTrue(rig.map().ownedBy(Rig.id(2)).isEmpty(), "orphans don't go there either");
    }

    @Test
    void aCordonedMemberKeepsWhatItHasAndGainsNothing() {
        Rig rig = Rig.running(5);
        AssignmentMap before = rig.map();
        rig.ask(new OperatorCommand.Cordon(Rig.id(2)));
        rig.crash(3);
        rig.advance(Duration.ofSeconds(20));
        assertTrue(before.ownedBy(Rig.id(2)).containsAll(rig.map().ownedBy(Rig.id(2))));
        assertTrue(!rig.map().ownedBy(Rig.id(2)).isEmpty());
    }

    @Test
    void whilePausedOnlyOrphansMove() {
        Rig rig = Rig.running(5);
        AssignmentMap before = rig.map();
        rig.ask(new OperatorCommand.Pause());
        rig.ask(new OperatorCommand.Drain(Rig.id(2)));
        rig.startMembers(5, 1);
        rig.advance(Duration.ofSeconds(15));
        assertEquals(0, rig.moved(before));
        rig.ask(new OperatorCommand.Resume());
        rig.advance(Duration.ofSeconds(10));
        assertTrue(rig.map().ownedBy(Rig.id(2)).isEmpty());
        assertTrue(!rig.map().ownedBy(Rig.id(5)).isEmpty());
    }

    @Test
    void aPinMovesOneChamberAndHolds() {
        Rig rig = Rig.running(5);
        AssignmentMap before = rig.map();
        ChamberId chamber = before.ownedBy(Rig.id(1)).iterator().next();
        rig.ask(new OperatorCommand.Pin(chamber, Rig.id(3)));
        rig.advance(SHORT);
        assertEquals(Rig.id(3), rig.map().owners().get(chamber));
        assertEquals(1, rig.moved(before));
        OperatorReply.Explanation why =
                assertInstanceOf(OperatorReply.Explanation.class, rig.ask(new OperatorCommand.Explain(chamber)));
        assertEquals(Rig.id(3), why.pinned().orElseThrow());
    }

    @Test
    void rollbackGivesChambersBack() {
        Rig rig = Rig.running(5);
        AssignmentMap first = rig.map();
        rig.ask(new OperatorCommand.Drain(Rig.id(2)));
        rig.advance(SHORT);
        rig.ask(new OperatorCommand.Uncordon(Rig.id(2)));
        assertInstanceOf(OperatorReply.Done.class, rig.ask(new OperatorCommand.Rollback(1)));
        rig.advance(SHORT);
        assertEquals(first.owners(), rig.map().owners());
        assertEquals(3, rig.map().version());
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        Rig rig = Rig.running(1);
        for (OperatorCommand command : List.of(
                new OperatorCommand.Drain(Rig.id(0)),
                new OperatorCommand.Drain(Rig.id(9)),
                new OperatorCommand.Cordon(Rig.id(9)),
                new OperatorCommand.Uncordon(Rig.id(0)),
                new OperatorCommand.Pin(new ChamberId("no", "such"), Rig.id(0)),
                new OperatorCommand.Unpin(new ChamberId("no", "such")),
                new OperatorCommand.Target(100_000),
                new OperatorCommand.PlanFor(0),
                new OperatorCommand.Rollback(7),
                new OperatorCommand.Explain(new ChamberId("no", "such")))) {
            assertInstanceOf(OperatorReply.Refused.class, rig.ask(command), "" + command);
            assertEquals(command, LeaderJson.decodeOperatorCommand(LeaderJson.encode(command)));
        }
    }

    @Test
    void repliesStateAndDecisionsSurviveJson() {
        Rig rig = Rig.running(5);
        rig.ask(new OperatorCommand.Pin(rig.chambers.get(0).chamber(), Rig.id(3)));
        rig.ask(new OperatorCommand.Target(7));
        rig.crash(4);
        rig.advance(Duration.ofSeconds(5));
        assertEquals(rig.operator, LeaderJson.decodeOperatorState(LeaderJson.encode(rig.operator)));
        for (Decision decision : rig.decisions) {
            assertEquals(decision, LeaderJson.decodeDecision(LeaderJson.encode(decision)));
        }
        for (OperatorCommand command : List.of(
                new OperatorCommand.Status(),
                new OperatorCommand.PlanFor(9),
                new OperatorCommand.Explain(rig.chambers.get(0).chamber()))) {
            OperatorReply reply = rig.ask(command);
            assertEquals(reply, LeaderJson.decodeOperatorReply(LeaderJson.encode(reply)));
        }
    }

    @Test
    void brokenJsonIsRefused() {
        for (String json :
                List.of("", "[]", "{}", "{\"type\":\"Drain\"}", "{\"type\":\"Drain\",\"id\":\"x\"}", "{} {}")) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            assertThrows(IllegalArgumentException.class, () -> LeaderJson.decodeOperatorCommand(bytes), json);
        }
    }
}
