package io.tfdc.storage.database;

import io.tfdc.storage.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The only thread that works on a database. Results arrive on the caller's context; safe for use from any thread. */
public final class SqliteWorker {
    private final WorkerExecutor executor;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Promise<Void> ended = Promise.promise();

    /** @param name thread name; databases of one name share their thread. A task of more than a minute is reported as stuck */
    public SqliteWorker(Vertx vertx, String name) {
        executor = vertx.createSharedWorkerExecutor(name, 1, 60, TimeUnit.SECONDS);
    }

    /** Runs work behind what was submitted before; fails with a {@link StoreException} after {@link #close}. */
    public <T> Future<T> run(Callable<T> work) {
        return closed.get()
                ? Future.failedFuture(new StoreException("the store is closed", false))
                : executor.executeBlocking(work);
    }

    /** Runs {@code last} behind everything else and lets the thread go; closing twice does nothing more. */
    public Future<Void> close(Callable<?> last) {
        if (closed.compareAndSet(false, true)) {
            executor.executeBlocking(last)
                    .transform(done -> executor.close()
                            .transform(gone -> done.succeeded()
                                    ? Future.<Void>succeededFuture()
                                    : Future.failedFuture(done.cause())))
                    .onComplete(ended);
        }
        return ended.future();
    }
}
