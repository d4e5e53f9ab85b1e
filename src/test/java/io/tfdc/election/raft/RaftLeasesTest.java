package io.tfdc.election.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.testing.VertxTestKit;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftLeasesTest {
    private static final LeaseKey KEY = new LeaseKey("", "cluster");

    @TempDir
    private Path folder;

    @Test
    void a_single_replica_elects_and_remembers_after_a_restart() {
        try (RaftCluster cluster = new RaftCluster(folder, 1).start()) {
            String name = cluster.logLeader();
            assertEquals(
                    new LeaseAnswer(Verdict.GRANTED, "a", 1),
                    cluster.running()
                            .get(name)
                            .submit(new Campaign(KEY, "a", 60_000))
                            .join());
            cluster.stop(name);
            cluster.start(name);
            cluster.logLeader();
            assertEquals(
                    Optional.of("a"), cluster.running().get(name).leader(KEY).join());
            assertEquals(
                    new LeaseAnswer(Verdict.HELD_BY_OTHER, "a", 0),
                    cluster.running()
                            .get(name)
                            .submit(new Campaign(KEY, "b", 60_000))
                            .join());
        }
    }

    @Test
    void three_replicas_go_on_without_the_leader_of_the_log() {
        try (RaftCluster cluster = new RaftCluster(folder, 3).start()) {
            String first = cluster.logLeader();
            for (RaftLeases replica : cluster.running().values()) {
                assertEquals(
                        "a",
                        replica.submit(new Campaign(KEY, "a", 60_000)).join().leader());
            }
            cluster.stop(first);
            for (RaftLeases replica : cluster.running().values()) {
                assertEquals(
                        new LeaseAnswer(Verdict.GRANTED, "a", 1),
                        replica.submit(new Extend(KEY, "a", 60_000)).join());
            }
            cluster.start(first);
            assertEquals(
                    new LeaseAnswer(Verdict.HELD_BY_OTHER, "a", 0),
                    cluster.running()
                            .get(first)
                            .submit(new Campaign(KEY, "b", 60_000))
                            .join());
        }
    }

    @Test
    void the_term_of_who_was_lost_together_with_the_leader_of_the_log_ends() {
        try (RaftCluster cluster = new RaftCluster(folder, 3).start()) {
            String lost = cluster.logLeader();
            cluster.running().get(lost).submit(new Campaign(KEY, "a", 1_000)).join();
            cluster.stop(lost);
            RaftLeases other = cluster.running().get(cluster.logLeader());
            VertxTestKit.eventually(
                    "b is elected",
                    () -> other.submit(new Campaign(KEY, "b", 60_000))
                            .handle((answer, open) -> open == null && answer.verdict() == Verdict.GRANTED)
                            .join());
        }
    }
}
