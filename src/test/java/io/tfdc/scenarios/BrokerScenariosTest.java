package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsCluster;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker fails: nobody is declared dead, no chamber moves, and everything goes on when it is back. Real processes. */
@Tag("integration")
@Tag("scenario-full")
class BrokerScenariosTest {
    private static final int MEMBERS = 4;
    private static final int CHAMBERS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final Duration OUTAGE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void outageOfTheOnlyServer() throws Exception {
        CassandraServer cassandra = CassandraServer.shared();
        try (NatsServer nats = NatsServer.start();
                ClusterScenario scenario = new ClusterScenario(
                        folder, Servers.of(nats, cassandra), FabWeights.equal(CHAMBERS), Duration.ofMillis(200))) {
            scenario.play(() -> {
                Deployment deployment = scenario.deployment("d", "cluster.expectedSize=" + MEMBERS);
                scenario.feed.start();
                new ChangeActs(scenario).coldStart(deployment, MEMBERS);
                MapVersion before = scenario.watch.map();
                scenario.timeline.add("nats", "SIGKILL");
                nats.kill();
                Await.pass(OUTAGE);
                scenario.timeline.add("nats", "starts");
                nats.restart();
                Instant back = Instant.now();
                scenario.awaitAllServedAfter(back, LIMIT);
                Duration resumed = Duration.between(back, Instant.now());
                scenario.awaitSteady(MEMBERS, LIMIT);
                scenario.settle();
                scenario.measurement("broker away for 60 s", "processes")
                        .put("resumed", resumed)
                        .put("moved", scenario.watch.map().movedSince(before))
                        .put("versions", scenario.watch.map().version() - before.version())
                        .write();
            });
        }
    }

    @Test
    void nodesOfThreeAreRestartedOneAfterTheOther() throws Exception {
        CassandraServer cassandra = CassandraServer.shared();
        String store = cassandra.host() + ':' + cassandra.port();
        try (NatsCluster nats = NatsCluster.start(NatsDistribution.Suite.SID);
                ClusterScenario scenario = new ClusterScenario(
                        folder,
                        new Servers(nats.urls(), NatsCluster.SIZE, List.of(store), 1),
                        FabWeights.equal(CHAMBERS),
                        Duration.ofMillis(200))) {
            scenario.play(() -> {
                Deployment deployment = scenario.deployment("d", "cluster.expectedSize=" + MEMBERS);
                scenario.feed.start();
                new ChangeActs(scenario).coldStart(deployment, MEMBERS);
                MapVersion before = scenario.watch.map();
                Instant begun = Instant.now();
                for (int i = 0; i < NatsCluster.SIZE; i++) {
                    scenario.timeline.add("nats", "node " + i + " ends");
                    nats.node(i).stop();
                    scenario.timeline.add("nats", "node " + i + " starts");
                    nats.node(i).restart();
                    nats.awaitReady();
                    // As a StatefulSet does, which waits until the node's copies have caught up.
                    Await.pass(CATCH_UP);
                    scenario.awaitAllServedAfter(Instant.now(), LIMIT);
                }
                Instant end = Instant.now();
                scenario.settle();
                scenario.measurement("3 nodes of the broker restarted in turn", "processes")
                        .put("pause", scenario.ledger.pauses(begun, end))
                        .put("moved", scenario.watch.map().movedSince(before))
                        .put("versions", scenario.watch.map().version() - before.version())
                        .write();
            });
        }
    }

    @Test
    void killedMembersOnACluster() throws Exception {
        CassandraServer cassandra = CassandraServer.shared();
        String store = cassandra.host() + ':' + cassandra.port();
        try (NatsCluster nats = NatsCluster.start(NatsDistribution.Suite.SID);
                ClusterScenario scenario = new ClusterScenario(
                        folder,
                        new Servers(nats.urls(), NatsCluster.SIZE, List.of(store), 1),
                        FabWeights.equal(CHAMBERS),
                        Duration.ofMillis(200))) {
            scenario.play(() -> {
                Deployment deployment = scenario.deployment("d", "cluster.expectedSize=" + MEMBERS);
                FaultActs faults = new FaultActs(scenario, new Random());
                ChangeActs changes = new ChangeActs(scenario);
                scenario.feed.start();
                changes.coldStart(deployment, MEMBERS);
                for (int i = 0; i < 5; i++) {
                    faults.kill(deployment, faults.anyFollowers(deployment, 1))
                            .into(scenario.measurement("SIGKILL, 3 broker nodes", "processes"))
                            .write();
                    changes.resize(deployment, MEMBERS);
                }
                scenario.settle();
                assertEquals(0, scenario.site.waiting());
            });
        }
    }
}
