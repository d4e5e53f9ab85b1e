package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.election.ElectionException;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.election.raft.RaftSettings;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a leader is told of the intended size: by a client of an agent that asks an API server. */
class IntendedSizeTest {
    @Test
    void anAutoscalersNumberReachesTheLeaderWhateverItScales(@TempDir Path folder) throws IOException {
        try (VertxTestKit kit = new VertxTestKit(Duration.ofSeconds(5))) { // much of gRPC is loaded on the event loop
            KubernetesStub kubernetes = new KubernetesStub(kit.vertx(), folder);
            ElectionAgent agent = agent(kit, folder, kubernetes);
            AgentElection leader = new AgentElection(
                    kit.vertx(),
                    new AgentClientOptions(
                            List.of("127.0.0.1:" + agent.port()), "e", Duration.ofSeconds(20), Optional.empty()));

            kubernetes.pod("p-1", "defender-1", true, "");
            kubernetes.replicaSet("defender-1", "Deployment", "defender", 20);
            kubernetes.deployment("defender", 30);
            assertEquals(OptionalInt.of(30), size(kit, leader, "p-1"));
            kubernetes.deployment("defender", 45);
            assertEquals(OptionalInt.of(45), size(kit, leader, "p-1"));

            // A canary that pauses: its controller touches no set while the autoscaler goes on.
            kubernetes.pod("p-2", "canary-2", true, "");
            kubernetes.replicaSet("canary-2", "Rollout", "canary", 20);
            kubernetes.rollout("canary", 20);
            assertEquals(OptionalInt.of(20), size(kit, leader, "p-2"));
            kubernetes.rollout("canary", 33);
            assertEquals(OptionalInt.of(33), size(kit, leader, "p-2"));

            assertEquals(OptionalInt.empty(), size(kit, leader, "p-3"));
            kubernetes.forbid("pods", true);
            assertThrows(ElectionException.class, () -> size(kit, leader, "p-1"));

            await(leader.close());
            await(agent.close());
        }
    }

    private static ElectionAgent agent(VertxTestKit kit, Path folder, KubernetesStub kubernetes) {
        RaftSettings raft = new RaftSettings(
                "a",
                Map.of("a", "127.0.0.1:0"),
                "127.0.0.1",
                folder.resolve("log"),
                Duration.ofMillis(100),
                Duration.ofSeconds(2));
        AgentSettings settings = new AgentSettings(
                "127.0.0.1",
                0,
                "",
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                raft,
                Optional.of(kubernetes.settings()));
        ElectionAgent agent = await(ElectionAgent.start(kit.vertx(), settings, new SimpleMeterRegistry()));
        eventually("the agent is ready", agent::isReady);
        return agent;
    }

    private static OptionalInt size(VertxTestKit kit, AgentElection leader, String pod) {
        return await(kit.onContext(() -> leader.desiredReplicas("fab", pod)));
    }
}
