package io.tfdc.cluster;

import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.processing.Ownership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This process's part in the cluster: what a role starts, watches and stops. Safe for use from any thread. */
public final class Cluster {
    private static final Duration MAP_GRACE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final ClusterParts parts;
    private final CoordinationVerticle verticle;
    private final String deployment;
    private final Duration noMapAfter;
    private final long joinedAt;

    private Cluster(Vertx vertx, ClusterParts parts, CoordinationVerticle verticle, String deployment) {
        this.vertx = vertx;
        this.parts = parts;
        this.verticle = verticle;
        this.deployment = deployment;
        this.noMapAfter = parts.settings().coldStartWindow().plus(MAP_GRACE);
        this.joinedAt = parts.moments().nanos();
    }

    /** Joins. Processing that pulls from the same slices and asks {@link #ownership} may start before or after. */
    public static Future<Cluster> join(Vertx vertx, ClusterParts parts) {
        ClusterEvents.register(vertx);
        CoordinationVerticle verticle = new CoordinationVerticle(
                parts, new ClusterMetrics(parts.meters(), parts.identity().build()));
        return vertx.deployVerticle(verticle).map(id -> new Cluster(vertx, parts, verticle, id));
    }

    /** Whose chambers are whose. */
    public Ownership ownership() {
        return verticle.ownership();
    }

    /** How this process stands, at most 100 ms ago. */
    public MemberView view() {
        return verticle.view();
    }

    /** Whether this process leads now. */
    public boolean leads() {
        return verticle.leads();
    }

    /** Whether it has an id or waits for one on standby. */
    public boolean hasPlace() {
        MemberView now = view();
        return now.state() == MemberState.STANDBY || (now.id().isPresent() && now.leaseValid());
    }

    /**
     * Whether it knows what it has to do: it has a map, leads and will write one, or is on standby. Where no map comes although somebody
     * leads there are no chambers yet, and nothing is to be waited for.
     */
    public boolean hasAssignments() {
        MemberView now = view();
        return now.state() == MemberState.STANDBY
                || now.version() > 0
                || leads()
                || (now.state() == MemberState.FOLLOWER && parts.moments().nanos() - joinedAt > noMapAfter.toNanos());
    }

    /** Leaves in order, as long as that takes but no longer than the limit: then as if it had crashed. */
    public Future<Void> leave(Duration limit) {
        return leave(limit, step -> {});
    }

    /**
     * Leaves.
     *
     * @param done told the steps that have come to their end, in their order, each at most once: {@code resign}, {@code drain} and
     *     {@code release_id}; on this process's context in the cluster
     */
    public Future<Void> leave(Duration limit, Consumer<String> done) {
        return verticle.leave(done)
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .transform(left -> vertx.undeploy(deployment));
    }

    /** Ends without leaving, as in a crash. */
    public Future<Void> abandon() {
        return vertx.undeploy(deployment);
    }
}
