package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.election.grpc.AgentElection;
import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.scenarios.FaultActs.Freeze;
import io.tfdc.scenarios.FaultActs.Loss;
import io.tfdc.scenarios.FaultActs.Succession;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a small cluster of real processes with three Election Agents, from its first start over crashes, freezes and changes of size to an update. */
@Tag("integration")
@Tag("scenario")
class ClusterScenarioTest {
    private static final int CHAMBERS = 16;
    private static final int MEMBERS = 4;
    private static final int RESIGNATIONS = 3;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledWhateverHappensToMembers() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (NatsServer nats = NatsServer.start();
                AgentReplicas agents = new AgentReplicas(folder.resolve("agents"), 3);
                ClusterScenario scenario = new ClusterScenario(
                        folder,
                        Servers.of(nats, CassandraServer.shared()),
                        FabWeights.equal(CHAMBERS),
                        Duration.ofMillis(250))) {
            agents.awaitReady();
            Deployment deployment = scenario.deployment("d", agents.settings("cluster.expectedSize=" + MEMBERS));
            scenario.play(() -> live(scenario, deployment, agents, new FaultActs(scenario, new Random(seed))));
        }
    }

    private void live(ClusterScenario scenario, Deployment deployment, AgentReplicas agents, FaultActs faults) {
        ChangeActs changes = new ChangeActs(scenario);
        scenario.feed.start();
        changes.coldStart(deployment, MEMBERS)
                .into(line(scenario, "cold start"))
                .write();
        Loss killed = faults.kill(deployment, List.of(faults.anyFollower(deployment)));
        killed.into(line(scenario, "SIGKILL")).write();
        changes.resize(deployment, MEMBERS).into(line(scenario, "rejoin")).write();
        leaderResigns(scenario, agents, faults);
        leaderKilled(scenario, deployment, faults);
        changes.resize(deployment, MEMBERS + 1).into(line(scenario, "scale up")).write();
        Freeze freeze = faults.freeze(deployment, faults.anyFollower(deployment), Duration.ofSeconds(10));
        freeze.loss()
                .into(line(scenario, "SIGSTOP, SIGCONT"))
                .put("lateEffects", freeze.lateEffects())
                .put("lateAnswers", freeze.lateAnswers())
                .write();
        assertEquals(0, freeze.lateEffects(), "effects of a zombie");
        changes.resize(deployment, MEMBERS).into(line(scenario, "scale down")).write();
        changes.update(deployment, new Strategy(1, 0))
                .into(line(scenario, "rolling update, surge 1"))
                .write();
        scenario.settle();
        line(scenario, "whole life").write();
    }

    private static Measurement line(ClusterScenario scenario, String name) {
        return scenario.measurement(name, "processes");
    }

    private void leaderResigns(ClusterScenario scenario, AgentReplicas agents, FaultActs faults) {
        List<Succession> successions = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        AgentElection client = agents.client(vertx);
        for (int i = 0; i < RESIGNATIONS; i++) {
            successions.add(faults.resign(client));
        }
        await(client.close().compose(closed -> vertx.close()));
        Succession.all(successions, line(scenario, "leader resigns")).write();
    }

    private void leaderKilled(ClusterScenario scenario, Deployment deployment, FaultActs faults) {
        ClusterWatch.Leader old = scenario.watch.leader();
        Instant at = Instant.now();
        Loss loss = faults.kill(deployment, List.of(scenario.watch.leadingPod(deployment.active())));
        Succession succession = faults.succession(old, at);
        loss.into(succession.into(line(scenario, "leader killed"))).write();
    }
}
