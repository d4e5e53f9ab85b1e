package io.tfdc.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.AlarmNote.Kind;
import io.tfdc.model.AlarmStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmWorkflowTest {
    private static final Instant RAISED = Instant.parse("2026-03-01T10:00:00Z");
    private final List<AlarmNote> notes = new ArrayList<>();

    @Test
    void anAlarmIsAcknowledgedAndClosed() {
        assertEquals(State.RAISED, state(0));
        note(1, Kind.ACKNOWLEDGE, "");
        assertEquals(State.ACKNOWLEDGED, state(1));
        note(2, Kind.CLOSE, "nozzle cleaned");
        AlarmStatus closed = status(3);
        assertEquals(State.CLOSED, closed.state());
        assertEquals("kim", closed.by());
        assertEquals(minute(2), closed.since());
        assertEquals(2, closed.revision());
        assertEquals(1, closed.comments());
        note(4, Kind.REOPEN, "again");
        assertEquals(State.RAISED, state(5));
    }

    @Test
    void aShelvedAlarmComesBackWhereItWas() {
        note(1, Kind.ACKNOWLEDGE, "");
        shelve(2, 10);
        assertEquals(State.SHELVED, state(3));
        assertEquals(Optional.of(minute(10)), status(3).shelvedUntil());
        assertEquals(State.ACKNOWLEDGED, state(10), "the shelf time ends with its last moment");
        assertEquals(minute(10), status(20).since());
        shelve(21, 40);
        note(22, Kind.UNSHELVE, "");
        assertEquals(State.ACKNOWLEDGED, state(23));
    }

    @Test
    void shelvingAgainDoesNotForgetWhatWasBeneath() {
        shelve(1, 10);
        shelve(2, 20);
        assertEquals(State.SHELVED, state(15));
        assertEquals(State.RAISED, state(20));
    }

    @Test
    void whatIsNotPossibleIsRefusedAndChangesNothing() {
        for (Kind kind : Kind.values()) {
            boolean expected = kind == Kind.UNSHELVE || kind == Kind.REOPEN;
            assertEquals(expected, refusal(State.RAISED, kind).isPresent(), "raised, " + kind);
        }
        note(1, Kind.CLOSE, "done");
        note(2, Kind.ACKNOWLEDGE, "too late");
        note(3, Kind.UNSHELVE, "");
        assertEquals(State.CLOSED, state(4));
        assertEquals(1, status(4).revision());
        assertEquals(
                Optional.of("an alarm that is closed can't be acknowledged"), refusal(State.CLOSED, Kind.ACKNOWLEDGE));
    }

    @Test
    void closingNeedsATextAndAShelfAnEndWithinAMonth() {
        AlarmStatus raised = status(0);
        assertTrue(AlarmWorkflow.refusal(raised, made(1, Kind.CLOSE, " ")).isPresent());
        assertTrue(AlarmWorkflow.refusal(raised, shelf(5, minute(5))).isPresent());
        assertTrue(AlarmWorkflow.refusal(raised, shelf(5, minute(5).plus(Duration.ofDays(31))))
                .isPresent());
        assertTrue(AlarmWorkflow.refusal(raised, shelf(5, minute(5).plus(Duration.ofDays(30))))
                .isEmpty());
    }

    @Test
    void theOrderOfReadingAndRepeatedNotesDoNotMatter() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            notes.clear();
            for (int i = 0; i < 12; i++) {
                Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                int at = random.nextInt(30);
                if (kind == Kind.SHELVE) {
                    notes.add(shelf(at, minute(at + 1 + random.nextInt(10))));
                } else {
                    note(at, kind, random.nextBoolean() ? "text" : "");
                }
            }
            AlarmStatus expected = status(35);
            List<AlarmNote> shuffled = new ArrayList<>(notes);
            shuffled.addAll(notes.subList(0, 5));
            Collections.shuffle(shuffled, random);
            assertEquals(expected, AlarmWorkflow.status(RAISED, shuffled, minute(35)), "seed " + seed);
        }
    }

    private Optional<String> refusal(State state, Kind kind) {
        AlarmStatus status = new AlarmStatus(state, "kim", RAISED, Optional.empty(), 0, 0);
        return AlarmWorkflow.refusal(status, kind == Kind.SHELVE ? shelf(1, minute(9)) : made(1, kind, "text"));
    }

    private State state(int minute) {
        return status(minute).state();
    }

    private AlarmStatus status(int minute) {
        return AlarmWorkflow.status(RAISED, notes, minute(minute));
    }

    private void note(int minute, Kind kind, String text) {
        notes.add(made(minute, kind, text));
    }

    private void shelve(int minute, int until) {
        notes.add(shelf(minute, minute(until)));
    }

    private AlarmNote made(int minute, Kind kind, String text) {
        return new AlarmNote(
                "T:A:c:s.r", RAISED, "n" + notes.size(), minute(minute), kind, "kim", text, Optional.empty());
    }

    private AlarmNote shelf(int minute, Instant until) {
        return new AlarmNote(
                "T:A:c:s.r", RAISED, "n" + notes.size(), minute(minute), Kind.SHELVE, "kim", "", Optional.of(until));
    }

    private static Instant minute(int minute) {
        return RAISED.plus(Duration.ofMinutes(minute));
    }
}
