package io.tfdc.cli;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Runs numbered steps, a bounded number of them at a time. */
final class Parallel {
    private Parallel() {}

    /** Numbers {@code from} (inclusive) to {@code to} (exclusive); fails with the first failure. */
    static Future<Void> forEach(int from, int to, int atOnce, IntFunction<Future<Void>> step) {
        AtomicInteger next = new AtomicInteger(from);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < Math.min(atOnce, Math.max(1, to - from)); lane++) {
            lanes.add(run(next, to, step));
        }
        return Future.all(lanes).mapEmpty();
    }

    private static Future<Void> run(AtomicInteger next, int to, IntFunction<Future<Void>> step) {
        int number = next.getAndIncrement();
        return number >= to ? Future.succeededFuture() : step.apply(number).compose(done -> run(next, to, step));
    }
}
