package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.ElectionService;
import io.tfdc.election.ElectionService.CampaignResult;
import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three agents as processes, killed, frozen and restarted from their disks, with candidates that ask different ones. */
@Tag("integration")
class ElectionAgentProcessTest {
    private static final Duration TERM = Duration.ofSeconds(3);

    @TempDir
    private Path folder;

    private Vertx vertx;
    private AgentReplicas replicas;

    @BeforeEach
    void open() throws InterruptedException {
        vertx = Vertx.vertx();
        replicas = new AgentReplicas(folder, 3);
        replicas.awaitReady();
    }

    @AfterEach
    void close() {
        replicas.close();
        await(vertx.close());
    }

    @Test
    void leadershipSurvivesWhatHappensToTheAgents() throws InterruptedException {
        Candidates candidates = new Candidates(vertx, List.of("a", "b", "c"), i -> client(i, Duration.ofMillis(800)));
        eventually("somebody leads", () -> !candidates.leader().isEmpty());
        String leader = candidates.leader();
        long token = candidates.token(leader);

        int killed = replicas.logLeader();
        replicas.child(killed).kill();
        assertLeadsOn(candidates, leader, "the log's leader was killed");

        replicas.restart(killed);
        replicas.child(killed).awaitReady();
        int frozen = (replicas.logLeader() + 1) % 3;
        replicas.child(frozen).freeze();
        assertLeadsOn(candidates, leader, "a follower of the log was frozen");
        replicas.child(frozen).thaw();
        assertEquals(token, candidates.token(leader));

        candidates.leave(leader);
        long left = System.nanoTime();
        eventually("another leads", () -> !List.of("", leader).contains(candidates.leader()));
        assertTrue(System.nanoTime() - left < Candidates.TERM.toNanos(), "a successor waited for the term to end");
        String next = candidates.leader();
        long nextToken = candidates.token(next);
        assertTrue(nextToken > token);

        for (int i = 0; i < 3; i++) {
            replicas.child(i).kill();
        }
        eventually("nobody leads without agents", () -> candidates.leader().isEmpty());
        for (int i = 0; i < 3; i++) {
            replicas.restart(i);
        }
        eventually("somebody leads again", () -> !candidates.leader().isEmpty());
        assertTrue(candidates.token(candidates.leader()) >= nextToken, "tokens are remembered");
        assertEquals(List.of(), candidates.doubles());
    }

    @Test
    void ofTwoAtOnceOneIsElectedWhicheverReplicaTheyAsk() throws InterruptedException {
        ElectionService first = client(0, Duration.ofSeconds(10));
        ElectionService second = client(1, Duration.ofSeconds(10));
        for (int round = 0; round < 200; round++) {
            String a = "a" + round;
            String b = "b" + round;
            Future<CampaignResult> one = on(() -> first.campaign(a, TERM));
            Future<CampaignResult> other = on(() -> second.campaign(b, TERM));
            boolean aLeads = await(one).elected();
            assertTrue(
                    aLeads ^ await(other).elected(),
                    List.of(one.result(), other.result()).toString());
            await(on(() -> aLeads ? first.resign(a) : second.resign(b)));
        }
        replicas.child(0).terminate();
        assertEquals(0, replicas.child(0).awaitExit(), replicas.child(0).output());
    }

    /** For longer than a term, seen every few milliseconds. */
    private static void assertLeadsOn(Candidates candidates, String leader, String after) {
        long end = System.nanoTime() + Candidates.TERM.toNanos() + 500_000_000L;
        eventually("the time is over", () -> {
            assertEquals(leader, candidates.leader(), after);
            return System.nanoTime() > end;
        });
    }

    private ElectionService client(int first, Duration timeout) {
        return new AgentElection(
                vertx, new AgentClientOptions(replicas.addressesFrom(first), "defender", timeout, Optional.empty()));
    }

    private <T> Future<T> on(Supplier<Future<T>> question) {
        Promise<T> answer = Promise.promise();
        vertx.runOnContext(v -> question.get().onComplete(answer));
        return answer.future();
    }
}
