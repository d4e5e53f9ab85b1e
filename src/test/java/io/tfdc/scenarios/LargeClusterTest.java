package io.tfdc.scenarios;

import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.scenarios.FaultActs.Loss;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thirty members as real processes with three Election Agents: the cold start, crashes and the ways of replacing all of them, each of which
 * moves no chamber. Surge, unavailability and stages are those of the design documents: 10/0, 0/5 and 3-8-15-30.
 */
@Tag("integration")
@Tag("scenario-full")
class LargeClusterTest {
    private static final int MEMBERS = Integer.getInteger("defender.scenario.members", 30);
    private static final int CHAMBERS = 2 * MEMBERS;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final int KILLS = 5;

    @TempDir
    private Path folder;

    private AgentReplicas agents;
    private ClusterScenario scenario;
    private ChangeActs changes;

    @Test
    void coldStartCrashesAndUpdates() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (NatsServer nats = NatsServer.start();
                AgentReplicas replicas = new AgentReplicas(folder.resolve("agents"), 3);
                ClusterScenario opened = new ClusterScenario(
                        folder, Servers.of(nats, CassandraServer.shared()), FabWeights.equal(CHAMBERS), PACE)) {
            agents = replicas;
            scenario = opened;
            changes = new ChangeActs(opened);
            agents.awaitReady();
            scenario.play(() -> live(new FaultActs(opened, new Random(seed))));
        }
    }

    private void live(FaultActs faults) {
        Deployment stable = deployment("stable");
        scenario.feed.start();
        changes.coldStart(stable, MEMBERS).into(line("cold start")).write();
        for (int i = 0; i < KILLS; i++) {
            Loss loss = faults.kill(stable, List.of(faults.anyFollower(stable)));
            loss.into(line("SIGKILL")).write();
            changes.resize(stable, MEMBERS).into(line("rejoin")).write();
        }
        changes.update(stable, new Strategy(MEMBERS / 3, 0))
                .into(line("rolling update, surge a third"))
                .write();
        changes.update(stable, new Strategy(0, MEMBERS / 6))
                .into(line("rolling update, a sixth unavailable"))
                .write();
        Deployment canary = deployment("canary");
        changes.replace(stable, canary, List.of(MEMBERS / 10, MEMBERS / 4, MEMBERS / 2, MEMBERS))
                .into(line("canary in four stages"))
                .write();
        changes.replace(canary, deployment("green"), List.of(MEMBERS))
                .into(line("blue-green"))
                .write();
        scenario.settle();
        line("whole life").write();
    }

    private Deployment deployment(String name) {
        return scenario.deployment(name, agents.settings("cluster.expectedSize=" + MEMBERS));
    }

    private Measurement line(String name) {
        return scenario.measurement(name + ", " + MEMBERS + " members", "processes");
    }
}
