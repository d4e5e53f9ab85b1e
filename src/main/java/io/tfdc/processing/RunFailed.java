package io.tfdc.processing;

import io.tfdc.model.RunId;
import java.util.Optional;

/**
 * An attempt at a run did not succeed.
 *
 * @param run the run, empty where the notification could not be read
 * @param subject subject of the notification
 * @param failure why
 * @param action what became of the message
 * @param deliveries how often it had been delivered
 */
public record RunFailed(Optional<RunId> run, String subject, Failure failure, Action action, int deliveries) {
    /** Published for every failed attempt, before the next run of the chamber starts. */
    public static final String ADDRESS = "processing.run.failed";

    /** What became of the message. */
    public enum Action {
        /** It comes again after a delay. */
        RETRIED,
        /** It was moved to the dead-letter stream. */
        DEAD_LETTERED,
        /** It was left to the chamber's owner. */
        LEFT,
        /** It is held until store and broker can serve again. */
        HELD,
        /** It was handed back because the process ends. */
        RETURNED
    }
}
