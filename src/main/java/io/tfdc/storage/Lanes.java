package io.tfdc.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Many requests, so many at a time. Neither the stack nor a chain of futures grows with their number, as it does where each request is
 * composed onto the one before: the end of some thousand of them overflows the stack of an event loop.
 */
public final class Lanes {
    private final AtomicInteger next;
    private final int end;
    private final IntFunction<Future<Void>> step;

    private Lanes(int from, int end, IntFunction<Future<Void>> step) {
        this.next = new AtomicInteger(from);
        this.end = end;
        this.step = step;
    }

    /**
     * Runs a step for every number.
     *
     * @param from the first number
     * @param end one more than the last number
     * @param atOnce steps under way at the same time, at least 1
     * @param step begins a step; must not throw
     * @return done with the last step, or the first failure, after which a lane begins nothing more
     */
    public static Future<Void> each(int from, int end, int atOnce, IntFunction<Future<Void>> step) {
        Lanes lanes = new Lanes(from, end, step);
        List<Future<Void>> running = new ArrayList<>();
        for (int lane = 0; lane < Math.min(atOnce, end - from); lane++) {
            Promise<Void> ended = Promise.promise();
            running.add(ended.future());
            lanes.go(ended);
        }
        return Future.all(running).mapEmpty();
    }

    private void go(Promise<Void> ended) {
        while (true) {
            int number = next.getAndIncrement();
            if (number >= end) {
                ended.complete();
                return;
            }
            Future<Void> begun = step.apply(number);
            if (!begun.isComplete()) {
                begun.onComplete(done -> {
                    if (done.failed()) {
                        ended.fail(done.cause());
                    } else {
                        go(ended);
                    }
                });
                return;
            }
            if (begun.failed()) {
                ended.fail(begun.cause());
                return;
            }
        }
    }
}
