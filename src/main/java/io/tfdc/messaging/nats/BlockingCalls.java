package io.tfdc.messaging.nats;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls of the client that block, on a small pool. What waits too long for a thread fails instead of running late. */
final class BlockingCalls {
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 2048;

    private final WorkerExecutor pool;
    private final long patience;
    private final AtomicInteger waiting = new AtomicInteger();

    BlockingCalls(Vertx vertx, Duration patience) {
        this.pool = vertx.createSharedWorkerExecutor("nats", THREADS, 5, TimeUnit.MINUTES);
        this.patience = patience.toNanos();
    }

    /** Runs the call on the pool and yields its result on the caller's context. */
    <T> Future<T> run(String operation, Callable<T> call) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture(
                    new BrokerException(Reason.UNAVAILABLE, operation + ": " + MAX_WAITING + " operations wait"));
        }
        long asked = System.nanoTime();
        Callable<T> timely = () -> {
            if (System.nanoTime() - asked > patience) {
                throw new TimeoutException("operations before it took too long");
            }
            return call.call();
        };
        return pool.executeBlocking(timely, false)
                .onComplete(done -> waiting.decrementAndGet())
                .recover(failure -> Future.failedFuture(NatsErrors.of(operation, failure)));
    }

    Future<Void> close() {
        return pool.close();
    }
}
