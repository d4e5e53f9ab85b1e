package io.tfdc.cli;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.config.ConfigLoader;
import io.tfdc.election.agent.ElectionAgent;
import io.tfdc.testing.Machine;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElectionCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theLeaderIsShownNamedAndResigns(@TempDir Path folder) {
        Vertx vertx = Vertx.vertx();
        ElectionAgent agent = await(ElectionAgent.start(
                vertx,
                ElectionAgentProcess.settings(ConfigLoader.load(
                                Optional.empty(),
                                Map.of(),
                                List.of(
                                        "electionAgent.port=0",
                                        "electionAgent.host=127.0.0.1",
                                        "electionAgent.storage=" + folder))
                        .config()),
                new SimpleMeterRegistry()));
        eventually("the agent is ready", agent::isReady);
        String address = "127.0.0.1:" + agent.port();

        assertEquals(1, run(address, "status"), err::toString);
        assertTrue(out.toString().contains("leader    nobody"), out::toString);
        assertEquals(0, run(address, "handover", "defender-7", "--term", "60"), err::toString);
        assertEquals(0, run(address, "status", "--json"), err::toString);
        assertTrue(out.toString().contains("\"leader\" : \"defender-7\""), out::toString);
        assertTrue(out.toString().contains("\"state\" : \"active\""), out::toString);
        assertEquals(0, run(address, "resign"), err::toString);
        assertTrue(out.toString().contains("defender-7 resigned"), out::toString);
        assertEquals(1, run(address, "resign"));
        assertTrue(err.toString().contains("nobody leads"), err::toString);

        await(agent.close());
        await(vertx.close());
    }

    @Test
    void replicasAreShownAndTakenInWhileTheyRun(@TempDir Path folder) {
        Vertx vertx = Vertx.vertx();
        int[] ports = Machine.freePorts(3);
        String peers =
                "electionAgent.peers=a=127.0.0.1:" + ports[0] + ",b=127.0.0.1:" + ports[1] + ",c=127.0.0.1:" + ports[2];
        List<ElectionAgent> agents = new ArrayList<>();
        for (String replica : List.of("a", "b", "c")) {
            agents.add(await(ElectionAgent.start(
                    vertx,
                    ElectionAgentProcess.settings(ConfigLoader.load(
                                    Optional.empty(),
                                    Map.of(),
                                    List.of(
                                            peers,
                                            "electionAgent.founders=a",
                                            "electionAgent.replica=" + replica,
                                            "electionAgent.port=0",
                                            "electionAgent.host=127.0.0.1",
                                            "electionAgent.storage=" + folder.resolve(replica)))
                            .config()),
                    new SimpleMeterRegistry())));
        }
        eventually("the founder leads", () -> run("h:1", "members", "--set", peers) == 0);
        assertTrue(out.toString().contains("members a\n"), out::toString);
        assertFalse(agents.get(1).isReady());

        assertEquals(
                1, run("h:1", "members", "--set", peers, "--change-to", "a,b,c"), "newcomers would be the majority");
        assertEquals(0, run("h:1", "members", "--set", peers, "--change-to", "a,b"), err::toString);
        assertEquals(0, run("h:1", "members", "--set", peers, "--change-to", "a,b,c"), err::toString);
        eventually("all of them are ready", () -> agents.stream().allMatch(ElectionAgent::isReady));
        eventually("all of them answer as members", () -> run("h:1", "members", "--set", peers, "--json") == 0);
        assertTrue(out.toString().contains("\"role\" : \"leader\""), out::toString);

        assertEquals(2, run("h:1", "members", "--set", peers, "--change-to", "a,x"));
        assertTrue(err.toString().contains("expected different names out of [a, b, c]"), err::toString);
        assertEquals(2, run("h:1", "members"));
        agents.forEach(agent -> await(agent.close()));
        await(vertx.close());
    }

    @Test
    void withoutAgentsThereIsNothingToAsk() {
        assertEquals(2, run("localhost:1", "status", "--set", "election.kind=nats_kv"));
        assertTrue(err.toString().contains("election.kind: expected agent"), err::toString);
    }

    @Test
    void aReplicaIsAmongItsPeers() {
        int code = DefenderCommand.run(
                new String[] {
                    "election-agent",
                    "--set",
                    "electionAgent.peers=a=h:1",
                    "--set",
                    "electionAgent.replica=b",
                    "--set",
                    "http.port=0",
                    "--set",
                    "logging.level=error"
                },
                new PrintWriter(out),
                new PrintWriter(err));
        assertEquals(2, code);
        assertTrue(err.toString().contains("expected this replica, \"b\""), err::toString);
    }

    private int run(String agents, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("election"));
        line.addAll(List.of(arguments));
        line.addAll(List.of(
                "--set",
                "election.agents=" + agents,
                "--set",
                "election.term=30s",
                "--set",
                "election.margin=2s",
                "--set",
                "election.requestTimeout=10s",
                "--set",
                "logging.level=error"));
        return DefenderCommand.run(line.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    }
}
