package io.tfdc.election.lease;

/**
 * What became of a command.
 *
 * @param verdict outcome
 * @param leader who leads then, empty if nobody does
 * @param token fencing token of the leader where the command was granted, else 0
 */
public record LeaseAnswer(Verdict verdict, String leader, long token) {
    /** How a command ended. */
    public enum Verdict {
        /** It took effect; a resignation also if nobody led. */
        GRANTED,
        /** Somebody else leads, or will lead next. */
        HELD_BY_OTHER,
        /** Nobody leads. */
        NOT_HELD,
        /** There are too many elections. */
        FULL
    }
}
