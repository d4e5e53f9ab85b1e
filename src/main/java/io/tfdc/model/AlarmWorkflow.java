package io.tfdc.model;

import io.tfdc.model.AlarmNote.Kind;
import io.tfdc.model.AlarmStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The state machine of an alarm, after ISA-18.2: raised, acknowledged, shelved for a while, closed.
 *
 * <pre>
 *   RAISED ── acknowledge ──► ACKNOWLEDGED
 *     │  └───────── shelve ─────┬─┘
 *     │                         ▼
 *     │                      SHELVED ── unshelve, or its time is up ──► where it was
 *     └──── close (with a text) from everywhere ──► CLOSED ── reopen ──► RAISED
 * </pre>
 *
 * The state is a function of the notes and the time. Notes are taken in the order of their times, equal ones by id; one that is not
 * possible where it stands changes nothing. Thus processes that write at the same moment agree afterwards, whoever wins.
 */
public final class AlarmWorkflow {
    /** Whoever shelves longer wants another limit. */
    public static final Duration LONGEST_SHELF = Duration.ofDays(30);

    private static final Comparator<AlarmNote> ORDER =
            Comparator.comparing(AlarmNote::at).thenComparing(AlarmNote::id);

    private AlarmWorkflow() {}

    /**
     * The status at a moment.
     *
     * @param notes of one alarm, in any order, repeated ones included
     */
    public static AlarmStatus status(Instant raisedAt, List<AlarmNote> notes, Instant now) {
        Walk walk = new Walk(raisedAt);
        Set<String> seen = new HashSet<>();
        notes.stream().sorted(ORDER).filter(note -> seen.add(note.id())).forEach(walk::take);
        walk.timePasses(now);
        return walk.status();
    }

    /** Why a note can't be added, empty if it can. The text is for the person who tried. */
    public static Optional<String> refusal(AlarmStatus status, AlarmNote note) {
        if (!possible(status.state(), note.kind())) {
            return Optional.of("an alarm that is "
                    + status.state().name().toLowerCase(java.util.Locale.ROOT)
                    + " can't be "
                    + participle(note.kind()));
        }
        if ((note.kind() == Kind.CLOSE || note.kind() == Kind.COMMENT)
                && note.text().isBlank()) {
            return Optional.of(note.kind() == Kind.CLOSE ? "closing needs a text: how was it dealt with" : "no text");
        }
        if (note.until().isPresent()) {
            Duration shelf = Duration.between(note.at(), note.until().get());
            if (shelf.isNegative() || shelf.isZero() || shelf.compareTo(LONGEST_SHELF) > 0) {
                return Optional.of("an alarm is shelved for up to " + LONGEST_SHELF.toDays() + " days from now");
            }
        }
        return Optional.empty();
    }

    private static boolean possible(State state, Kind kind) {
        return switch (kind) {
            case COMMENT -> true;
            case ACKNOWLEDGE -> state == State.RAISED || state == State.SHELVED;
            case SHELVE -> state != State.CLOSED;
            case UNSHELVE -> state == State.SHELVED;
            case CLOSE -> state != State.CLOSED;
            case REOPEN -> state == State.CLOSED;
        };
    }

    private static String participle(Kind kind) {
        return switch (kind) {
            case COMMENT -> "commented";
            case ACKNOWLEDGE -> "acknowledged";
            case SHELVE -> "shelved";
            case UNSHELVE -> "unshelved";
            case CLOSE -> "closed";
            case REOPEN -> "reopened";
        };
    }

    /** One pass over the notes. */
    private static final class Walk {
        private State state = State.RAISED;
        private State beneath = State.RAISED;
        private String by = "";
        private Instant since;
        private Optional<Instant> until = Optional.empty();
        private int comments;
        private int revision;

        Walk(Instant raisedAt) {
            since = raisedAt;
        }

        void take(AlarmNote note) {
            timePasses(note.at());
            if (!possible(state, note.kind())) {
                return;
            }
            revision++;
            comments += note.text().isBlank() ? 0 : 1;
            switch (note.kind()) {
                case COMMENT -> {}
                case ACKNOWLEDGE -> enter(State.ACKNOWLEDGED, note);
                case SHELVE -> {
                    beneath = state == State.SHELVED ? beneath : state;
                    enter(State.SHELVED, note);
                    until = note.until();
                }
                case UNSHELVE -> enter(beneath, note);
                case CLOSE -> enter(State.CLOSED, note);
                case REOPEN -> enter(State.RAISED, note);
            }
        }

        void timePasses(Instant now) {
            if (state == State.SHELVED && until.isPresent() && !until.get().isAfter(now)) {
                state = beneath;
                since = until.get();
                until = Optional.empty();
            }
        }

        private void enter(State next, AlarmNote note) {
            state = next;
            by = note.by();
            since = note.at();
            until = Optional.empty();
        }

        AlarmStatus status() {
            return new AlarmStatus(state, by, since, until, comments, revision);
        }
    }
}
