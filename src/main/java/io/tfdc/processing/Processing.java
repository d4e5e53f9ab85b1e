package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;

/** Processing of notifications in this process: what a role starts, watches and stops. */
public final class Processing {
    private final Vertx vertx;
    private final ProcessingVerticle verticle;
    private final String deployment;

    private Processing(Vertx vertx, ProcessingVerticle verticle, String deployment) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.deployment = deployment;
    }

    /** Starts to pull; the future completes when the first consumer has been opened. */
    public static Future<Processing> start(Vertx vertx, ProcessingParts parts) {
        EventCatalog.register(vertx);
        ProcessingVerticle verticle = new ProcessingVerticle(parts);
        return vertx.deployVerticle(verticle).map(id -> new Processing(vertx, verticle, id));
    }

    /** Counters and load of the moment, at most a second old; any thread. */
    public ProcessingStats stats() {
        return verticle.stats();
    }

    /**
     * Forgets what is kept of chambers that come from another owner and loads their newest runs, in front of work on them; any thread. Never
     * fails.
     */
    public Future<Void> prefetch(Collection<ChamberId> chambers) {
        return chambers.isEmpty() ? Future.succeededFuture() : verticle.prefetch(chambers);
    }

    /** Whether notifications are being pulled and store and broker serve; any thread. */
    public boolean isReady() {
        return verticle.isReady();
    }

    /**
     * Pulls nothing more, finishes what is in flight within the budget, hands the rest back to the broker and lets go of
     * threads and memory.
     */
    public Future<Void> stop(Duration budget) {
        return verticle.drain(budget).transform(drained -> vertx.undeploy(deployment));
    }
}
