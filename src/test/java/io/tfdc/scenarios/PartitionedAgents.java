package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.election.agent.AgentSettings;
import io.tfdc.election.agent.ElectionAgent;
import io.tfdc.election.raft.RaftSettings;
import io.tfdc.testing.FaultProxy;
import io.tfdc.testing.Machine;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Election Agents in this process. Each reaches each other one through a proxy of their own, so that any may lose sight of any. */
final class PartitionedAgents implements AutoCloseable {
    private final int size;
    private final int[] ports;
    private final FaultProxy[][] ways;
    private final List<ElectionAgent> agents = new ArrayList<>();
    private final List<SimpleMeterRegistry> meters = new ArrayList<>();

    /** Starts them and waits until they are ready. */
    PartitionedAgents(Vertx vertx, Path folder, int size) {
        this.size = size;
        this.ports = Machine.freePorts(size);
        this.ways = new FaultProxy[size][size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                if (from != to) {
                    ways[from][to] = FaultProxy.to(ports[to]);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            meters.add(registry);
            agents.add(await(ElectionAgent.start(vertx, settings(folder, i), registry)));
        }
        eventually("the agents are ready", () -> agents.stream().allMatch(ElectionAgent::isReady));
    }

    private AgentSettings settings(Path folder, int agent) {
        Map<String, String> peers = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            int port = i == agent ? ports[i] : ways[agent][i].port();
            peers.put("agent-" + i, "127.0.0.1:" + port);
        }
        RaftSettings raft = new RaftSettings(
                "agent-" + agent,
                peers,
                "127.0.0.1",
                folder.resolve("agent-" + agent),
                Duration.ofMillis(300),
                Duration.ofMillis(1_500));
        return new AgentSettings(
                "127.0.0.1",
                0,
                "",
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                raft,
                Optional.empty());
    }

    /** Holds back everything between an agent and all others, on connections that live on, or lets it go on. */
    void cutOff(int agent, boolean on) {
        for (int other = 0; other < size; other++) {
            if (other != agent) {
                ways[agent][other].hold(on);
                ways[other][agent].hold(on);
            }
        }
    }

    /** The agent that leads the log. */
    int logLeader() {
        eventually(
                "one leads the log",
                () -> IntStream.range(0, size).filter(this::leadsLog).count() == 1);
        return IntStream.range(0, size).filter(this::leadsLog).findFirst().orElseThrow();
    }

    private boolean leadsLog(int agent) {
        return meters.get(agent).get("election.agent.log.leader").gauge().value() == 1;
    }

    String address(int agent) {
        return "127.0.0.1:" + agents.get(agent).port();
    }

    @Override
    public void close() {
        agents.forEach(agent -> await(agent.close()));
        for (FaultProxy[] from : ways) {
            for (FaultProxy way : from) {
                if (way != null) {
                    way.close();
                }
            }
        }
    }
}
