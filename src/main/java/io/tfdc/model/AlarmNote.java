package io.tfdc.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person did about an alarm. Notes are only added: an alarm's state follows from its notes, see {@link AlarmWorkflow}, so that
 * writing one twice or reading them on another machine gives the same.
 *
 * @param alarm id of the defense event
 * @param raisedAt when the alarm was raised; together with {@code alarm} the place where the note is stored
 * @param id unique among the alarm's notes, 1 to 64 of {@code A-Z a-z 0-9 _ -}; one who tries again uses it again
 * @param at when it was done
 * @param kind what was done
 * @param by who did it, 1 to 128 characters
 * @param text why, up to 2,000 characters; may be empty
 * @param until end of a shelf time, for {@link Kind#SHELVE} alone
 */
public record AlarmNote(
        String alarm,
        Instant raisedAt,
        String id,
        Instant at,
        Kind kind,
        String by,
        String text,
        Optional<Instant> until) {

    public static final int MAX_TEXT = 2_000;

    /** What can be done about an alarm. */
    public enum Kind {
        /** Somebody has seen it and cares for it. */
        ACKNOWLEDGE,
        /** A remark; the state stays. */
        COMMENT,
        /** Not to be shown for a while. */
        SHELVE,
        /** The while is over early. */
        UNSHELVE,
        /** Dealt with; the text says how. */
        CLOSE,
        /** Not dealt with after all. */
        REOPEN
    }

    public AlarmNote {
        Names.requiredText("alarm id", alarm, 512);
        Names.token("note id", id, 64);
        Names.requiredText("author of a note", by, 128);
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "note: expected at most " + MAX_TEXT + " characters, found " + text.length());
        }
        if (until.isPresent() != (kind == Kind.SHELVE)) {
            throw new IllegalArgumentException("note: an end belongs to a shelf time, and a shelf time has one");
        }
    }
}
