package io.tfdc.processing;

import io.tfdc.model.ChamberId;

/**
 * Says whose chambers are whose. Asked on the processing context just before a run's work starts and again just before anything
 * is stored or settled, so that an owner that lost a chamber meanwhile leaves no trace. Answers at once, from memory.
 */
public interface Ownership {
    /** Begins work on a run of the chamber if this process may; then {@link #end} follows once. */
    boolean begin(ChamberId chamber);

    /** The work has ended and the run's message is settled or left. */
    void end(ChamberId chamber);

    /** Whether this process may store results of the chamber and settle its messages. */
    boolean mayStore(ChamberId chamber);

    /** One process owns every chamber. */
    static Ownership everything() {
        return new Ownership() {
            @Override
            public boolean begin(ChamberId chamber) {
                return true;
            }

            @Override
            public void end(ChamberId chamber) {
                // nobody waits for it
            }

            @Override
            public boolean mayStore(ChamberId chamber) {
                return true;
            }
        };
    }
}
