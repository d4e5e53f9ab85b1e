package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
@Tag("scenario")
class ClusterScenarioTest {
    @TempDir
    private Path folder;

    @Test
    void smoke() throws Exception {
        Map<ChamberId, Long> chambers = new TreeMap<>();
        ClusterScenario.chambers(20).forEach(chamber -> chambers.put(chamber, 120_000L));
        try (NatsServer nats = NatsServer.start();
                ClusterScenario scenario = new ClusterScenario(
                        folder, Servers.of(nats, CassandraServer.shared()), chambers, Duration.ofMillis(100))) {
            scenario.play(() -> {
                Deployment deployment = scenario.deployment("blue").scale(1);
                scenario.feed.start();
                deployment.awaitComplete(Duration.ofSeconds(30));
                scenario.awaitAllServedAfter(Instant.now(), Duration.ofSeconds(10));
                Instant updated = Instant.now();
                deployment.update(new Deployment.Strategy(0, 1));
                deployment.awaitComplete(Duration.ofSeconds(30));
                scenario.awaitAllServedAfter(Instant.now(), Duration.ofSeconds(10));
                deployment.restartContainers(Duration.ofMillis(500));
                Pod pod = deployment.active().get(0);
                pod.kill();
                eventually("ready again", pod::isReady);
                scenario.awaitAllServedAfter(Instant.now(), Duration.ofSeconds(10));
                assertTrue(scenario.ledger.published() > 0);
                Instant end = Instant.now();
                scenario.settle();
                scenario.measurement("smoke", "processes")
                        .put("pause", scenario.ledger.pauses(updated, end))
                        .put("latency", scenario.ledger.latencies(updated, end))
                        .write();
                System.out.println(scenario.timeline);
            });
        }
    }
}
