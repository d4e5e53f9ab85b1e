package io.tfdc.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * A Vert.x instance that watches its event loops: closing it fails when one was blocked for longer than {@link #LIMIT}. Use it with
 * try-with-resources or close it after each test.
 */
public final class VertxTestKit implements AutoCloseable {
    /** A blocked event loop is one that doesn't come back for this long. Generous, since test machines are busy. */
    public static final Duration LIMIT = Duration.ofMillis(500);

    /** How long {@link #await} and {@link #eventually} wait at most. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CHECKER = "io.vertx.core.impl.BlockedThreadChecker";

    private final Vertx vertx;
    private final Warnings warnings = new Warnings();

    public VertxTestKit() {
        this(LIMIT);
    }

    /** @param limit for tests that load much of the program on event loops while other processes work */
    public VertxTestKit(Duration limit) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setBlockedThreadCheckInterval(100)
                .setMaxEventLoopExecuteTime(limit.toNanos())
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.NANOSECONDS));
        warnings.start();
        checkerLog().addAppender(warnings);
    }

    public Vertx vertx() {
        return vertx;
    }

    /** The result of a future, for tests that run outside of Vert.x. Fails with what the future failed with. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the future did not complete within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Polls until the condition holds. */
    public static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    /** Runs something on a new event-loop context and yields its result there. */
    public <T> Future<T> onContext(java.util.function.Supplier<Future<T>> action) {
        io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> action.get().onComplete(promise));
        return promise.future();
    }

    @Override
    public void close() {
        await(vertx.close());
        checkerLog().detachAppender(warnings);
        List<String> blocked = List.copyOf(warnings.messages);
        if (!blocked.isEmpty()) {
            throw new AssertionError("an event loop was blocked: " + blocked);
        }
    }

    private static Logger checkerLog() {
        return (Logger) LoggerFactory.getLogger(CHECKER);
    }

    private static final class Warnings extends AppenderBase<ILoggingEvent> {
        private final List<String> messages = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains("eventloop")) {
                messages.add(event.getFormattedMessage());
            }
        }
    }
}
