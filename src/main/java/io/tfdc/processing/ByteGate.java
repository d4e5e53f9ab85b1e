package io.tfdc.processing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;

/**
 * Bounds the T-chart bytes held at a time. First come, first served; a run larger than the whole budget passes alone. Owned by
 * the processing context.
 */
final class ByteGate {
    private final long capacity;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private long held;
    private int permits;

    ByteGate(long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("byte budget: expected at least 1, found " + capacity);
        }
        this.capacity = capacity;
    }

    /** Takes the estimated bytes, as soon as they are free. */
    Future<Permit> acquire(long estimate) {
        Waiter waiter = new Waiter(Math.max(estimate, 1), Promise.promise());
        waiters.add(waiter);
        admit();
        return waiter.promise.future();
    }

    long held() {
        return held;
    }

    int waiting() {
        return waiters.size();
    }

    private void admit() {
        while (!waiters.isEmpty()) {
            Waiter next = waiters.element();
            if (permits > 0 && held + next.bytes > capacity) {
                return;
            }
            waiters.remove();
            held += next.bytes;
            permits++;
            next.promise.complete(new Permit(next.bytes));
        }
    }

    private record Waiter(long bytes, Promise<Permit> promise) {}

    /** A share of the budget. */
    final class Permit {
        private long bytes;
        private boolean released;

        private Permit(long bytes) {
            this.bytes = bytes;
        }

        /** Corrects the estimate once the size is known. */
        void resize(long actual) {
            if (!released) {
                held += actual - bytes;
                bytes = actual;
                admit();
            }
        }

        void release() {
            if (!released) {
                released = true;
                held -= bytes;
                permits--;
                admit();
            }
        }
    }
}
