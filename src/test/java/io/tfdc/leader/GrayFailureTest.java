package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.Progress;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Members that live and do not work. */
class GrayFailureTest {
    private static final Progress STUCK = new Progress(0, 0, 5, 31_000, "");
    private static final Progress PAUSED = new Progress(0, 0, 0, 0, "the store is away");

    private static void show(Rig rig, Progress progress, int... numbers) {
        for (int number : numbers) {
            rig.process(number).progress = progress;
        }
    }

    private static Set<Integer> emptied(Rig rig) {
        Set<Integer> emptied = new TreeSet<>();
        rig.map().members().forEach(id -> {
            if (rig.map().ownedBy(id).isEmpty()) {
                emptied.add(id.number());
            }
        });
        return emptied;
    }

    @Test
    void whoseOldestRunIsTooOldLosesItsChambersAndStaysAMember() {
        Rig rig = Rig.running(10);
        show(rig, STUCK, 3);
        rig.advance(Duration.ofSeconds(5));
        assertEquals(Set.of(3), emptied(rig));
        assertEquals(Cause.GRAY_FAILURE, rig.map().cause());
        assertTrue(rig.map().members().contains(Rig.id(3)));
        rig.crash(5);
        rig.advance(Duration.ofSeconds(20));
        assertEquals(Set.of(3), emptied(rig), "orphans don't go there either");
    }

    @Test
    void aPauseHasToLast() {
        Rig rig = Rig.running(10);
        show(rig, PAUSED, 3);
        rig.advance(Duration.ofSeconds(29));
        show(rig, Progress.NONE, 3);
        rig.advance(Duration.ofSeconds(5));
        show(rig, PAUSED, 3);
        rig.advance(Duration.ofSeconds(29));
        assertEquals(Set.of(), emptied(rig));
        rig.advance(Duration.ofSeconds(6));
        assertEquals(Set.of(3), emptied(rig));
    }

    @Test
    void whenTheClusterAsAWholeIsIllNothingMoves() {
        for (Progress illness : Set.of(STUCK, PAUSED)) {
            Rig rig = Rig.running(10);
            show(rig, illness, 1, 3, 4, 6, 7, 9);
            rig.advance(Duration.ofSeconds(90));
            assertEquals(1, rig.map().version(), illness::toString);
        }
    }

    @Test
    void whoIsOnTheWayToBeingIllDoesNotSpeakForTheClustersHealth() {
        Rig rig = Rig.running(10);
        show(rig, new Progress(0, 0, 5, 20_000, ""), 1, 2, 4, 5, 6, 7);
        show(rig, STUCK, 3);
        rig.advance(Duration.ofSeconds(30));
        assertEquals(1, rig.map().version());
    }

    @Test
    void aMemberAloneKeepsItsChambers() {
        Rig rig = Rig.running(1);
        show(rig, STUCK, 0);
        rig.advance(Duration.ofSeconds(60));
        assertEquals(1, rig.map().version());
    }

    @Test
    void onlyATenthMayBeGrayAtOnce() {
        Rig ten = Rig.running(10);
        show(ten, STUCK, 3, 4);
        ten.advance(Duration.ofSeconds(60));
        assertEquals(Set.of(3), emptied(ten));
        Rig twenty = Rig.running(20);
        show(twenty, STUCK, 3, 4, 5);
        twenty.advance(Duration.ofSeconds(60));
        assertEquals(Set.of(3, 4), emptied(twenty));
    }

    @Test
    void whoHasBeenWellForFiveMinutesMayHaveChambersAgain() {
        Rig rig = Rig.running(10);
        show(rig, STUCK, 3);
        rig.advance(Duration.ofSeconds(10));
        show(rig, Progress.NONE, 3);
        rig.advance(Duration.ofMinutes(3));
        show(rig, STUCK, 3);
        rig.advance(Duration.ofSeconds(3));
        show(rig, Progress.NONE, 3);
        rig.advance(Duration.ofSeconds(295));
        assertEquals(Set.of(3), emptied(rig), "the time begins with the last sign of illness");
        rig.advance(Duration.ofSeconds(20));
        assertEquals(Set.of(), emptied(rig));
    }

    @Test
    void whilePausedByAnOperatorNobodyIsJudged() {
        Rig rig = Rig.running(10);
        rig.ask(new OperatorCommand.Pause());
        show(rig, STUCK, 3);
        rig.advance(Duration.ofSeconds(60));
        assertEquals(Set.of(), emptied(rig));
        assertFalse(rig.decisions.stream().anyMatch(decision -> decision.cause() == Cause.GRAY_FAILURE));
    }
}
