package io.tfdc.cli;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs one task on a Vert.x instance of its own and waits for it. */
final class ShortLived {
    private static final int MINUTES = 60;

    private ShortLived() {}

    /** The task's result; its failure ends the command. */
    static <T> T run(Function<Vertx, Future<T>> task) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setPreferNativeTransport(false));
        try {
            Promise<T> result = Promise.promise();
            vertx.getOrCreateContext()
                    .runOnContext(v -> Future.<Void>succeededFuture()
                            .compose(start -> task.apply(vertx))
                            .onComplete(result));
            return result.future().toCompletionStage().toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException | CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw cause instanceof CommandException command
                    ? command
                    : CommandException.failed(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw CommandException.failed("not done after " + MINUTES + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        } finally {
            vertx.close();
        }
    }
}
