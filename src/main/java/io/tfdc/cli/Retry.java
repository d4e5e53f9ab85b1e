package io.tfdc.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries something until it works, at growing intervals from 0.25 to 5 s; failures that are final end it. */
final class Retry {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
    private static final long FIRST_DELAY = 250;
    private static final long LAST_DELAY = 5_000;

    private final Vertx vertx;
    private final BooleanSupplier stopped;
    private final Runnable onFailure;

    /**
     * @param stopped true when nothing should be tried any more
     * @param onFailure called for every attempt that failed
     */
    Retry(Vertx vertx, BooleanSupplier stopped, Runnable onFailure) {
        this.vertx = vertx;
        this.stopped = stopped;
        this.onFailure = onFailure;
    }

    <T> Future<T> untilDone(String what, Predicate<Throwable> isFinal, Supplier<Future<T>> attempt) {
        Promise<T> promise = Promise.promise();
        tryOnce(what, isFinal, attempt, FIRST_DELAY, promise);
        return promise.future();
    }

    private <T> void tryOnce(
            String what, Predicate<Throwable> isFinal, Supplier<Future<T>> attempt, long delay, Promise<T> promise) {
        attempt.get().onSuccess(promise::complete).onFailure(error -> {
            onFailure.run();
            if (stopped.getAsBoolean() || isFinal.test(error)) {
                promise.fail(error);
                return;
            }
            LOG.atWarn().addKeyValue("nextTryMillis", delay).log("{}: {}", what, error.getMessage());
            vertx.setTimer(delay, timer -> tryOnce(what, isFinal, attempt, Math.min(2 * delay, LAST_DELAY), promise));
        });
    }
}
