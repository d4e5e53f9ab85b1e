package io.tfdc.processing;

import io.tfdc.model.ChamberId;

/**
 * Says whose chambers are whose. Asked on the processing context just before a run's work starts and again just before anything
 * is stored, so that an owner that lost a chamber meanwhile leaves no trace. Answers at once, from memory.
 */
public interface Ownership {
    /** Whether this process may start work on a run of the chamber. */
    boolean mayExecute(ChamberId chamber);

    /** Whether this process may store results of the chamber and settle its messages. */
    boolean mayStore(ChamberId chamber);

    /** One process owns every chamber. */
    static Ownership everything() {
        return new Ownership() {
            @Override
            public boolean mayExecute(ChamberId chamber) {
                return true;
            }

            @Override
            public boolean mayStore(ChamberId chamber) {
                return true;
            }
        };
    }
}
