package io.tfdc.processing;

import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one consumer pulling: opens it, and opens another when it is lost. Owned by the processing context. */
final class PullLoop implements NotificationFeed {
    private static final Logger LOG = LoggerFactory.getLogger(PullLoop.class);
    private static final long FIRST_DELAY = 500;
    private static final long LAST_DELAY = 5_000;

    private final WorkSource source;
    private final int maxInFlight;
    private @Nullable WorkConsumer consumer;
    private boolean stopped;
    private volatile boolean pulling;

    PullLoop(WorkSource source, int maxInFlight) {
        this.source = source;
        this.maxInFlight = maxInFlight;
    }

    /** Completes when messages may come, however long the broker takes. */
    @Override
    public Future<Void> start(Vertx vertx, Receiver receiver) {
        Promise<Void> started = Promise.promise();
        openUntilDone(vertx, receiver, FIRST_DELAY, started);
        return started.future();
    }

    /** Pulls nothing more; what is in flight can still be settled. */
    @Override
    public Future<Void> stop() {
        stopped = true;
        pulling = false;
        return consumer == null ? Future.succeededFuture() : consumer.stop();
    }

    /** Lets go of the consumer at the broker; after this nothing can be settled. */
    @Override
    public Future<Void> close() {
        return source.close();
    }

    /** Any thread. */
    @Override
    public boolean isPulling() {
        return pulling;
    }

    private void openUntilDone(Vertx vertx, Receiver receiver, long delay, Promise<Void> started) {
        source.open()
                .compose(opened -> pull(vertx, receiver, opened))
                .onSuccess(started::complete)
                .onFailure(error -> {
                    if (stopped) {
                        started.fail(error);
                        return;
                    }
                    LOG.atWarn().addKeyValue("nextTryMillis", delay).log("no consumer: {}", error.getMessage());
                    vertx.setTimer(
                            delay, timer -> openUntilDone(vertx, receiver, Math.min(2 * delay, LAST_DELAY), started));
                });
    }

    private Future<Void> pull(Vertx vertx, Receiver receiver, WorkConsumer opened) {
        if (stopped) {
            return Future.succeededFuture();
        }
        consumer = opened;
        opened.onLost(lost -> reopen(vertx, receiver, opened));
        return opened.start(maxInFlight, receiver::accept).onSuccess(started -> pulling = true);
    }

    private void reopen(Vertx vertx, Receiver receiver, WorkConsumer lost) {
        if (lost == consumer && !stopped) {
            LOG.atWarn()
                    .addKeyValue("consumer", lost.name())
                    .log("the consumer is gone at the broker, opening another");
            pulling = false;
            consumer = null;
            vertx.setTimer(FIRST_DELAY, timer -> start(vertx, receiver).onSuccess(done -> LOG.info("pulling again")));
        }
    }
}
