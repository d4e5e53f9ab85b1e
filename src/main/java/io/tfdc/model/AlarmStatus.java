package io.tfdc.model;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the work on an alarm has come.
 *
 * @param state the state
 * @param by who brought it there, empty for {@link State#RAISED} from the start
 * @param since when
 * @param shelvedUntil end of the shelf time, present in {@link State#SHELVED} alone
 * @param comments number of notes with a text
 * @param revision number of notes that counted; two readers with equal revisions have seen the same
 */
public record AlarmStatus(
        State state, String by, Instant since, Optional<Instant> shelvedUntil, int comments, int revision) {
    /** Where an alarm can be. */
    public enum State {
        RAISED,
        ACKNOWLEDGED,
        SHELVED,
        CLOSED
    }
}
