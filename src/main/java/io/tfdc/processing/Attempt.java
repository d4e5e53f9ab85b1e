package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.tfdc.tracing.Span;
import io.vertx.core.Future;

/** One try at a run. It can be called off, after which it stores nothing more. Owned by the processing context. */
final class Attempt {
    private final boolean redelivery;
    private final Ownership ownership;
    private final Span trace;
    private boolean calledOff;

    /**
     * @param redelivery whether the run may have been processed before
     * @param trace the span that its steps belong to
     */
    Attempt(boolean redelivery, Ownership ownership, Span trace) {
        this.redelivery = redelivery;
        this.ownership = ownership;
        this.trace = trace;
    }

    static Failure fenced(ChamberId chamber) {
        return new Failure.Fenced("chamber " + chamber + " belongs to another defender");
    }

    boolean isRedelivery() {
        return redelivery;
    }

    Span trace() {
        return trace;
    }

    void callOff() {
        calledOff = true;
    }

    /** To be asked before the calculation and immediately before every write. */
    Future<Void> check(ChamberId chamber) {
        return ownership.mayStore(chamber).compose(may -> {
            if (!may) {
                return Future.failedFuture(new Failure.Signal(fenced(chamber)));
            }
            if (calledOff) {
                return Future.failedFuture(new Failure.Signal(
                        new Failure.Retryable("attempt called off", "CalledOff", Integer.MAX_VALUE)));
            }
            return Future.succeededFuture();
        });
    }
}
