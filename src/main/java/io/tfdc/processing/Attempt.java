package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.vertx.core.Future;

/** One try at a run. It can be called off, after which it stores nothing more. Owned by the processing context. */
final class Attempt {
    private final boolean redelivery;
    private final Ownership ownership;
    private boolean calledOff;

    /** @param redelivery whether the run may have been processed before */
    Attempt(boolean redelivery, Ownership ownership) {
        this.redelivery = redelivery;
        this.ownership = ownership;
    }

    static Failure fenced(ChamberId chamber) {
        return new Failure.Fenced("chamber " + chamber + " belongs to another defender");
    }

    boolean isRedelivery() {
        return redelivery;
    }

    void callOff() {
        calledOff = true;
    }

    /** To be asked before the calculation and immediately before every write. */
    Future<Void> check(ChamberId chamber) {
        if (!ownership.mayStore(chamber)) {
            return Future.failedFuture(new Failure.Signal(fenced(chamber)));
        }
        if (calledOff) {
            return Future.failedFuture(
                    new Failure.Signal(new Failure.Retryable("attempt called off", "CalledOff", Integer.MAX_VALUE)));
        }
        return Future.succeededFuture();
    }
}
