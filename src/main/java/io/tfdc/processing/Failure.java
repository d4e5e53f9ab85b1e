package io.tfdc.processing;

/** Why an attempt at a run did not succeed, which decides what becomes of its message. */
public sealed interface Failure {

    /** In words, for the log, the dead letter and the operator. */
    String reason();

    /** This run may succeed later: deliver again after a delay, dead-letter when the tries are used up. */
    record Retryable(String reason, String errorClass, int maxTries) implements Failure {}

    /**
     * This run never succeeds: dead-letter and terminate.
     *
     * @param section part of the input that is at fault (section of a blob, field of the notification), may be empty
     * @param offset byte offset in the section, -1 if unknown
     */
    record Poison(String reason, String errorClass, String section, long offset) implements Failure {}

    /** The chamber belongs to somebody else now: leave the message alone, whatever its state. */
    record Fenced(String reason) implements Failure {}

    /** Nothing is wrong with this run, the store or the broker can't serve now: hold the message and pause until they can. */
    record Overloaded(String reason, String errorClass) implements Failure {}

    /** Carries a failure that was recognised where it happened through a chain of futures. */
    final class Signal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        Signal(Failure failure) {
            super(failure.reason(), null, false, false);
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }
}
