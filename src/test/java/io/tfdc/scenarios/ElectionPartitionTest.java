package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tfdc.election.ElectionException;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Three agents that lose sight of each other, with a candidate beside each of them that asks it alone: as three zones have them. */
@Tag("integration")
class ElectionPartitionTest {
    private static final Duration TERM = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private PartitionedAgents agents;
    private final List<AgentElection> observers = new ArrayList<>();
    private Candidates candidates;

    private static final Logger CONTEXTS = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.ContextImpl");

    /** A server says so for each call that its client has given up; here that happens to many. */
    @BeforeAll
    static void quiet() {
        CONTEXTS.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        CONTEXTS.setLevel(null);
    }

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        agents = new PartitionedAgents(vertx, folder, 3);
        for (int i = 0; i < 3; i++) {
            observers.add(client(i, "defender", Duration.ofSeconds(4)));
        }
        candidates =
                new Candidates(vertx, TERM, List.of("0", "1", "2"), i -> client(i, "defender", Duration.ofSeconds(2)));
        eventually("somebody leads", () -> !candidates.leader().isEmpty());
    }

    @AfterEach
    void close() {
        agents.close();
        await(vertx.close());
    }

    @Test
    void aMinorityElectsNobodyAndKeepsNobody() {
        String cutLeader = candidates.leader();
        cutOffAndHealed(Integer.parseInt(cutLeader));
        cutOffAndHealed(agents.logLeader());
        assertEquals(List.of(), candidates.doubles());
    }

    /** One agent and the candidate beside it on one side, the rest on the other. */
    private void cutOffAndHealed(int alone) {
        String before = candidates.leader();
        long token = before.isEmpty() ? 0 : candidates.token(before);
        agents.cutOff(alone, true);

        // A question that only a majority may answer, in an election that nobody has won before.
        AgentElection minority = client(alone, "other-" + alone, Duration.ofSeconds(10));
        assertThrows(ElectionException.class, () -> await(minority.campaign("zombie", TERM)));
        await(minority.close());
        eventually("the log goes on elsewhere", () -> agents.logLeader() != alone);
        eventually(
                "the majority has a leader",
                () -> !List.of("", String.valueOf(alone)).contains(candidates.leader()));
        String leader = candidates.leader();
        assertTrue(leader.equals(before) || candidates.token(leader) > token, "tokens grow");

        agents.cutOff(alone, false);
        eventually("the healed one knows what was decided without it", () -> {
            String known = leader(alone);
            return !known.isEmpty() && known.equals(leader(other(alone)));
        });
    }

    private static int other(int agent) {
        return (agent + 1) % 3;
    }

    private String leader(int agent) {
        return await(observers.get(agent).leader().otherwise(Optional.empty())).orElse("");
    }

    private AgentElection client(int agent, String election, Duration timeout) {
        return new AgentElection(
                vertx, new AgentClientOptions(List.of(agents.address(agent)), election, timeout, Optional.empty()));
    }
}
