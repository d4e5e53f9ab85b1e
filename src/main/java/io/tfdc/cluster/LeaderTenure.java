package io.tfdc.cluster;

import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.StableId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deploys a leader when this process wins the election and takes it away when it loses. Owned by the coordination context. */
final class LeaderTenure {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderTenure.class);

    private final ClusterParts parts;
    private final ClusterMetrics metrics;
    private final ElectionDriver election;
    private final Consumer<MemberState> phases;
    private @Nullable LeaderVerticle leader;
    private Future<Void> change = Future.succeededFuture();

    /** @param phases told what the leader does, on any thread */
    LeaderTenure(ClusterParts parts, ClusterMetrics metrics, ElectionDriver election, Consumer<MemberState> phases) {
        this.parts = parts;
        this.metrics = metrics;
        this.election = election;
        this.phases = phases;
    }

    /** Brings what is deployed into line with the election. */
    void follow(Vertx vertx, MemberView member) {
        LeaderVerticle leading = leader;
        Optional<StableId> id = member.id();
        boolean leads = election.leads() && id.isPresent();
        if (leading != null
                && (!leads || !leading.incarnation().equals(member.incarnation()) || leading.hasSteppedDown())) {
            if (leading.hasSteppedDown()) {
                // Somebody else is to try: this process stands again once it has an incarnation to stand with.
                election.giveUp();
            }
            end(vertx);
        } else if (leading == null && leads && change.isComplete()) {
            LeaderVerticle fresh =
                    new LeaderVerticle(parts, metrics, id.get(), member.incarnation(), election::leads, phases);
            leader = fresh;
            LOG.atInfo().addKeyValue("id", id.get()).log("leading");
            metrics.leader().leading(true);
            change = vertx.deployVerticle(fresh)
                    .onFailure(error -> {
                        LOG.warn("the leader can't start: {}", error.getMessage());
                        election.giveUp();
                        end(vertx);
                    })
                    .transform(done -> Future.succeededFuture());
        }
    }

    /** Nothing is written any more from now on; completes when all is put away. */
    Future<Void> end(Vertx vertx) {
        LeaderVerticle leading = leader;
        leader = null;
        if (leading == null) {
            return change;
        }
        LOG.info("leading no longer");
        metrics.leader().leading(false);
        leading.quit();
        change = change.transform(deployed -> leading.deploymentID() == null
                        ? Future.succeededFuture()
                        : vertx.undeploy(leading.deploymentID()))
                .transform(done -> Future.succeededFuture());
        return change;
    }
}
