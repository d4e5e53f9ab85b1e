package io.tfdc.processing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * The time during which store or broker can't serve. Entered by whoever notices; it then asks until both answer, at growing
 * intervals from 0.2 to 5 s, and says so. Intervals start over once a run has succeeded. Owned by the processing context.
 */
final class Outage {
    private static final long FIRST_DELAY = 200;
    private static final long LAST_DELAY = 5_000;

    private final Vertx vertx;
    private final Supplier<Future<Void>> probe;
    private final Runnable onEnd;
    private long delay = FIRST_DELAY;
    private String reason = "";
    private boolean ended;

    /** @param probe succeeds when store and broker can serve */
    Outage(Vertx vertx, Supplier<Future<Void>> probe, Runnable onEnd) {
        this.vertx = vertx;
        this.probe = probe;
        this.onEnd = onEnd;
    }

    /** Yields true if this is news. */
    boolean enter(String why) {
        if (isOn()) {
            return false;
        }
        reason = why;
        waitAndProbe();
        return true;
    }

    boolean isOn() {
        return !reason.isEmpty();
    }

    /** What can't be served, empty in normal operation. */
    String reason() {
        return reason;
    }

    void runSucceeded() {
        if (!isOn()) {
            delay = FIRST_DELAY;
        }
    }

    /** Nothing is probed any more. */
    void end() {
        ended = true;
    }

    private void waitAndProbe() {
        long wait = delay;
        delay = Math.min(2 * delay, LAST_DELAY);
        vertx.setTimer(wait, timer -> {
            if (!ended) {
                probe.get().onSuccess(ok -> over()).onFailure(error -> waitAndProbe());
            }
        });
    }

    private void over() {
        reason = "";
        if (!ended) {
            onEnd.run();
        }
    }
}
