package io.tfdc.scenarios;

import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, changes of size and the ways to bring out a new version: real processes on one nats-server and one Cassandra node. */
@Tag("integration")
@Tag("scenario-full")
class ChangeScenariosTest {
    private static final int MEMBERS = 6;
    private static final int CHAMBERS = 30;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(Integer.getInteger("defender.scenario.pace", 100));
    private static final String EXPECTED = "cluster.expectedSize=" + MEMBERS;

    @TempDir
    private Path folder;

    private NatsServer nats;
    private ClusterScenario scenario;
    private ChangeActs changes;

    @BeforeEach
    void open() {
        nats = NatsServer.start();
        scenario = new ClusterScenario(
                folder, Servers.of(nats, CassandraServer.shared()), FabWeights.equal(CHAMBERS), PACE);
        changes = new ChangeActs(scenario);
    }

    @AfterEach
    void close() {
        scenario.close();
        nats.close();
    }

    @Test
    void coldStartAndChangesOfSize() throws Exception {
        scenario.play(() -> {
            Deployment deployment = scenario.deployment("d", EXPECTED);
            scenario.feed.start();
            changes.coldStart(deployment, MEMBERS).into(line("cold start of 6")).write();
            changes.resize(deployment, 9).into(line("scale up 6 to 9")).write();
            changes.resize(deployment, MEMBERS).into(line("scale down 9 to 6")).write();
            changes.resize(deployment, 4).into(line("scale down 6 to 4")).write();
            scenario.settle();
        });
    }

    @Test
    void idleMembers() throws Exception {
        scenario.play(() -> {
            Deployment deployment =
                    scenario.deployment("d", EXPECTED).scale(MEMBERS).awaitComplete(IDLE_LIMIT);
            scenario.watch.awaitMap(
                    "6 members", IDLE_LIMIT, map -> map.members().size() == MEMBERS);
            Await.pass(Duration.ofSeconds(10));
            Duration before = cpu(deployment);
            Await.pass(IDLE);
            Duration used = cpu(deployment).minus(before);
            line("idle member")
                    .put(
                            "residentMiB",
                            deployment.active().stream()
                                    .mapToLong(Pod::residentMiB)
                                    .max()
                                    .orElseThrow())
                    .put("cpuPercent", 100.0 * used.toNanos() / IDLE.toNanos() / MEMBERS)
                    .write();
            scenario.feed.start();
            scenario.awaitAllServedAfter(java.time.Instant.now(), IDLE_LIMIT);
            scenario.settle();
        });
    }

    private static Duration cpu(Deployment deployment) {
        return deployment.active().stream()
                .map(pod -> ProcessHandle.of(pod.child().pid())
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void rollingUpdates() throws Exception {
        scenario.play(() -> {
            Deployment deployment = scenario.deployment("d", EXPECTED);
            scenario.feed.start();
            changes.coldStart(deployment, MEMBERS);
            changes.update(deployment, new Strategy(2, 0))
                    .into(line("rolling update of 6, surge 2/0"))
                    .write();
            changes.update(deployment, new Strategy(0, 1))
                    .into(line("rolling update of 6, surge 0/1"))
                    .write();
            scenario.settle();
        });
    }

    @Test
    void blueGreen() throws Exception {
        scenario.play(() -> {
            Deployment blue = scenario.deployment("blue", EXPECTED);
            scenario.feed.start();
            changes.coldStart(blue, MEMBERS);
            changes.replace(blue, scenario.deployment("green", EXPECTED), List.of(MEMBERS))
                    .into(line("blue-green of 6"))
                    .write();
            scenario.settle();
        });
    }

    @Test
    void canary() throws Exception {
        scenario.play(() -> {
            Deployment stable = scenario.deployment("stable", EXPECTED);
            scenario.feed.start();
            changes.coldStart(stable, MEMBERS);
            changes.replace(stable, scenario.deployment("canary", EXPECTED), List.of(1, 2, 3, MEMBERS))
                    .into(line("canary 1-2-3-6"))
                    .write();
            scenario.settle();
        });
    }

    private Measurement line(String name) {
        return scenario.measurement(name, "processes");
    }
}
