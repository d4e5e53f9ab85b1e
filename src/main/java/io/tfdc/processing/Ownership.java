package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.vertx.core.Future;

/**
 * Says whose chambers are whose. Asked on the processing context just before a run's work starts and again just before anything
 * is stored or settled, so that an owner that lost a chamber meanwhile leaves no trace. Nearly always it answers at once, from memory; when the
 * broker was last heard of too long ago it asks there first, and while the broker is away it waits until that is back or the ownership has run out.
 * Answers come on the caller's context and hold at that moment: what was asked for has to be done at once.
 */
public interface Ownership {
    /** Begins work on a run of the chamber if this process may; then {@link #end} follows once. */
    Future<Boolean> begin(ChamberId chamber);

    /** The work has ended and the run's message is settled or left. */
    void end(ChamberId chamber);

    /** Whether this process may store results of the chamber and settle its messages. */
    Future<Boolean> mayStore(ChamberId chamber);

    /** Whether the chamber is this process's own, as far as it knows without asking: for people, not for writes. */
    boolean owns(ChamberId chamber);

    /** One process owns every chamber. */
    static Ownership everything() {
        return new Ownership() {
            @Override
            public Future<Boolean> begin(ChamberId chamber) {
                return Future.succeededFuture(true);
            }

            @Override
            public void end(ChamberId chamber) {
                // nobody waits for it
            }

            @Override
            public Future<Boolean> mayStore(ChamberId chamber) {
                return Future.succeededFuture(true);
            }

            @Override
            public boolean owns(ChamberId chamber) {
                return true;
            }
        };
    }
}
