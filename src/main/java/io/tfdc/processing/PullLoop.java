package io.tfdc.processing;

import io.tfdc.messaging.WorkConsumer;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one consumer pulling: opens it, and opens another when it is lost. Owned by the processing context. */
final class PullLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PullLoop.class);
    private static final long FIRST_DELAY = 500;
    private static final long LAST_DELAY = 5_000;

    private final Vertx vertx;
    private final WorkSource source;
    private final int maxInFlight;
    private final Handler<WorkMessage> handler;
    private @Nullable WorkConsumer consumer;
    private boolean stopped;
    private volatile boolean pulling;

    PullLoop(Vertx vertx, WorkSource source, int maxInFlight, Handler<WorkMessage> handler) {
        this.vertx = vertx;
        this.source = source;
        this.maxInFlight = maxInFlight;
        this.handler = handler;
    }

    /** Completes when messages may come, however long the broker takes. */
    Future<Void> start() {
        Promise<Void> started = Promise.promise();
        openUntilDone(FIRST_DELAY, started);
        return started.future();
    }

    /** Pulls nothing more; what is in flight can still be settled. */
    Future<Void> stop() {
        stopped = true;
        pulling = false;
        return consumer == null ? Future.succeededFuture() : consumer.stop();
    }

    /** Lets go of the consumer at the broker; after this nothing can be settled. */
    Future<Void> close() {
        return source.close();
    }

    /** Any thread. */
    boolean isPulling() {
        return pulling;
    }

    private void openUntilDone(long delay, Promise<Void> started) {
        source.open().compose(this::pull).onSuccess(started::complete).onFailure(error -> {
            if (stopped) {
                started.fail(error);
                return;
            }
            LOG.atWarn().addKeyValue("nextTryMillis", delay).log("no consumer: {}", error.getMessage());
            vertx.setTimer(delay, timer -> openUntilDone(Math.min(2 * delay, LAST_DELAY), started));
        });
    }

    private Future<Void> pull(WorkConsumer opened) {
        if (stopped) {
            return Future.succeededFuture();
        }
        consumer = opened;
        opened.onLost(lost -> reopen(opened));
        return opened.start(maxInFlight, handler).onSuccess(started -> pulling = true);
    }

    private void reopen(WorkConsumer lost) {
        if (lost == consumer && !stopped) {
            LOG.atWarn()
                    .addKeyValue("consumer", lost.name())
                    .log("the consumer is gone at the broker, opening another");
            pulling = false;
            consumer = null;
            vertx.setTimer(FIRST_DELAY, timer -> start().onSuccess(done -> LOG.info("pulling again")));
        }
    }
}
