package io.tfdc.scenarios;

import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraCluster;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of three Cassandra nodes is lost and comes back: nobody notices. */
@Tag("integration")
@Tag("scenario-full")
class CassandraLossTest {
    /** Coordinators ask a further replica once they know how long reads take usually. */
    private static final Duration WARM_UP = Duration.ofSeconds(12);

    @TempDir
    private Path folder;

    @Test
    void theLossOfAStoresNodeIsHardlyFelt() throws Exception {

        try (NatsServer nats = NatsServer.start();
                CassandraCluster cassandra = CassandraCluster.start();
                ClusterScenario scenario = new ClusterScenario(
                        folder,
                        new Servers(List.of(nats.url()), 1, cassandra.contactPoints(), CassandraCluster.SIZE),
                        FabWeights.equal(10),
                        Duration.ofMillis(200))) {
            scenario.play(() -> {
                Deployment deployment = scenario.deployment("d").scale(1);
                scenario.feed.start();
                deployment.awaitComplete(Duration.ofSeconds(60));
                scenario.awaitAllServedAfter(Instant.now().plus(WARM_UP), Duration.ofSeconds(60));
                Instant lost = Instant.now();
                scenario.timeline.add("cassandra", "node 2 SIGKILL");
                cassandra.node(1).stop();
                scenario.awaitAllServedAfter(lost.plusSeconds(5), Duration.ofSeconds(30));
                scenario.timeline.add("cassandra", "node 2 starts");
                cassandra.node(1).restart();
                Instant back = Instant.now();
                scenario.awaitAllServedAfter(back.plusSeconds(2), Duration.ofSeconds(30));
                Instant end = Instant.now();
                scenario.settle();
                scenario.measurement("Cassandra node lost", "processes")
                        .put("pauseLost", scenario.ledger.pauses(lost, back))
                        .put("pauseBack", scenario.ledger.pauses(back, end))
                        .put("latency", scenario.ledger.latencies(lost, end))
                        .write();
            });
        }
    }
}
