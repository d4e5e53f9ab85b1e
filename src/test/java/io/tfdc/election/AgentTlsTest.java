package io.tfdc.election;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.election.agent.AgentSettings;
import io.tfdc.election.agent.ElectionAgent;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.election.raft.RaftSettings;
import io.tfdc.testing.Machine;
import io.tfdc.testing.ServerCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that talks TLS, behind one that is not there. */
class AgentTlsTest {
    @Test
    void theClientTrustsWhomItIsToldAndPassesOverWhoDoesNotAnswer(@TempDir Path folder) throws Exception {
        ServerCertificate certificate = ServerCertificate.of("ip:127.0.0.1,dns:localhost");
        Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificate());
        Path key = Files.writeString(folder.resolve("key.pem"), certificate.key());
        Vertx vertx = Vertx.vertx();
        RaftSettings raft = new RaftSettings(
                "a",
                Map.of("a", "127.0.0.1:0"),
                "127.0.0.1",
                folder.resolve("log"),
                Duration.ofMillis(100),
                Duration.ofSeconds(2));
        ElectionAgent agent = await(ElectionAgent.start(
                vertx,
                new AgentSettings(
                        "127.0.0.1",
                        0,
                        "",
                        Optional.of(new AgentSettings.Certificate(chain, key)),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(1),
                        raft,
                        Optional.empty()),
                new SimpleMeterRegistry()));
        eventually("the agent is ready", agent::isReady);
        List<String> agents = List.of("localhost:" + Machine.freePorts(1)[0], "localhost:" + agent.port());

        AgentElection trusting = client(vertx, agents, Optional.of(chain));
        for (int i = 0; i < 4; i++) {
            assertTrue(await(trusting.campaign("x", Duration.ofSeconds(3))).elected());
        }
        AgentElection distrusting = client(vertx, agents, Optional.empty());
        assertThrows(ElectionException.class, () -> await(distrusting.campaign("y", Duration.ofSeconds(3))));

        await(trusting.close());
        await(distrusting.close());
        await(agent.close());
        await(vertx.close());
    }

    private static AgentElection client(Vertx vertx, List<String> agents, Optional<Path> authorities) {
        return new AgentElection(
                vertx,
                new AgentClientOptions(
                        agents,
                        "e",
                        Duration.ofSeconds(20),
                        Optional.of(new AgentClientOptions.Tls(authorities, Optional.empty(), Optional.empty()))));
    }
}
