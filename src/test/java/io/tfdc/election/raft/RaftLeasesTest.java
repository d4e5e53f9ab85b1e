package io.tfdc.election.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseKey;
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
}
