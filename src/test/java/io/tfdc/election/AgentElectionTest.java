package io.tfdc.election;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.election.agent.AgentSettings;
import io.tfdc.election.agent.ElectionAgent;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.election.raft.RaftSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The client against an agent of one replica that ends connections each second. */
class AgentElectionTest extends ElectionContract {
    private static Vertx vertx;
    private static ElectionAgent agent;

    @BeforeAll
    static void start(@TempDir Path folder) {
        vertx = Vertx.vertx();
        RaftSettings raft = new RaftSettings(
                "agent-0",
                Map.of("agent-0", "127.0.0.1:0"),
                "127.0.0.1",
                folder,
                Duration.ofMillis(100),
                Duration.ofMillis(1_500));
        AgentSettings settings = new AgentSettings(
                "127.0.0.1",
                0,
                "",
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                raft,
                Optional.empty());
        agent = await(ElectionAgent.start(vertx, settings, new SimpleMeterRegistry()));
        eventually("the agent is ready", agent::isReady);
    }

    @AfterAll
    static void stop() {
        await(agent.close());
        await(vertx.close());
    }

    @Override
    ElectionService connect(Vertx vertx, String election) {
        return new AgentElection(
                vertx,
                new AgentClientOptions(
                        List.of("127.0.0.1:" + agent.port()), election, Duration.ofSeconds(10), Optional.empty()));
    }
}
