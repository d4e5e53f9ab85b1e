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

    boolean isRedelivery() {
        return redelivery;
    }

    void callOff() {
        calledOff = true;
    }

    Future<Void> checkExecute(ChamberId chamber) {
        return check(ownership.mayExecute(chamber), chamber);
    }

    /** To be asked immediately before every write. */
    Future<Void> checkStore(ChamberId chamber) {
        return check(ownership.mayStore(chamber), chamber);
    }

    private Future<Void> check(boolean owned, ChamberId chamber) {
        if (!owned) {
            return Future.failedFuture(
                    new Failure.Signal(new Failure.Fenced("chamber " + chamber + " belongs to another defender")));
        }
        if (calledOff) {
            return Future.failedFuture(
                    new Failure.Signal(new Failure.Retryable("attempt called off", "CalledOff", Integer.MAX_VALUE)));
        }
        return Future.succeededFuture();
    }
}
