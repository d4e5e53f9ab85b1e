package io.tfdc.election.raft;

import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseClock.Stamp;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.lease.LeaseState;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas that missed more than the log keeps, lost their disk, come new or go for good. */
class RaftRecoveryTest {
    private static final LeaseKey KEY = new LeaseKey("", "cluster");
    private static final long TERM = 600_000;
    private static final int SNAPSHOT_EVERY = 50;
    /** A hundred entries fill a segment of the log, and only whole segments are dropped. */
    private static final String LONG = "x".repeat(10_000);

    @TempDir
    private Path folder;

    @Test
    void a_replica_that_missed_more_than_the_log_keeps_gets_a_snapshot() throws IOException {
        try (RaftCluster cluster =
                new RaftCluster(folder, 3).snapshotEvery(SNAPSHOT_EVERY).start()) {
            LeaseAnswer elected = submit(cluster, new Campaign(KEY, "a", TERM));
            String away = cluster.follower();
            cluster.stop(away);
            List<Path> own = snapshots(cluster, away);

            String leader = cluster.logLeader();
            int written = 0;
            while (hasFirstSegment(cluster, leader)) {
                assertTrue(written < 20_000, "the log is never dropped");
                written += writeLongEntries(cluster);
            }
            cluster.start(away);

            List<Path> installed = new ArrayList<>();
            eventually("a snapshot came", () -> {
                installed.clear();
                installed.addAll(snapshots(cluster, away));
                installed.removeAll(own);
                return !installed.isEmpty();
            });
            assertEquals(Optional.of("a"), leaderIn(installed.get(0)));
            awaitCaughtUp(cluster, away);
            assertFalse(hasFirstSegment(cluster, away), "its log goes on from the snapshot");
            cluster.stop(cluster.logLeader());
            assertEquals(elected, submit(cluster, new Extend(KEY, "a", TERM)));
            assertEquals(
                    Verdict.HELD_BY_OTHER,
                    submit(cluster, new Campaign(KEY, "b", TERM)).verdict());
        }
    }

    @Test
    void a_replica_with_an_emptied_disk_is_a_full_one_again() throws IOException {
        try (RaftCluster cluster = new RaftCluster(folder, 3).start()) {
            LeaseAnswer elected = submit(cluster, new Campaign(KEY, "a", TERM));
            String emptied = cluster.follower();
            cluster.stop(emptied);
            delete(cluster.storage(emptied));
            cluster.start(emptied);
            awaitCaughtUp(cluster, emptied);

            // Without the third, an entry counts only when the emptied one has everything before it.
            String other = cluster.running().keySet().stream()
                    .filter(name -> !name.equals(emptied) && !name.equals(cluster.logLeader()))
                    .findFirst()
                    .orElseThrow();
            cluster.stop(other);
            assertEquals(elected, submit(cluster, new Extend(KEY, "a", TERM)));
            cluster.start(other);
            awaitCaughtUp(cluster, other);
            cluster.stop(cluster.logLeader());
            assertEquals(elected, submit(cluster, new Extend(KEY, "a", TERM)));
        }
    }

    @Test
    void members_come_and_go_while_the_log_goes_on() throws IOException {
        try (RaftCluster cluster = new RaftCluster(folder, 5)
                .foundedBy("agent-0", "agent-1", "agent-2")
                .start()) {
            LeaseAnswer elected = submit(cluster, new Campaign(KEY, "a", TERM));
            RaftLeases third = cluster.start("agent-3");
            RaftLeases fourth = cluster.start("agent-4");
            RaftMembers members = new RaftMembers(cluster.peers(), Duration.ofSeconds(10), Optional.empty());
            assertEquals(Set.of("agent-0", "agent-1", "agent-2"), membersOfLeader(members));
            assertFalse(third.hasLeader() || fourth.hasLeader(), "nobody has taken them in");

            members.set(cluster.peers().keySet());
            eventually("they know a leader", () -> third.hasLeader() && fourth.hasLeader());
            assertEquals(cluster.peers().keySet(), membersOfLeader(members));
            assertEquals(elected, submit(third, new Extend(KEY, "a", TERM)));

            // The leader of the log may be among those that leave.
            members.set(Set.of("agent-2", "agent-3", "agent-4"));
            cluster.stop("agent-0");
            cluster.stop("agent-1");
            assertEquals(elected, submit(fourth, new Extend(KEY, "a", TERM)));
            cluster.stop("agent-2");
            assertEquals(elected, submit(fourth, new Extend(KEY, "a", TERM)), "two of the three members");
            cluster.stop("agent-3");
            assertThrows(
                    Exception.class,
                    () -> fourth.submit(new Extend(KEY, "a", TERM)).join(),
                    "one of the three members");
        }
    }

    /** Until then it is no help to the others: who has an empty log elects nobody who has more. */
    private static void awaitCaughtUp(RaftCluster cluster, String replica) {
        RaftMembers members = new RaftMembers(cluster.peers(), Duration.ofSeconds(10), Optional.empty());
        eventually(replica + " caught up", () -> {
            List<RaftMembers.Standing> all = standings(members);
            OptionalLong applied = all.stream()
                    .filter(standing -> standing.name().equals(replica))
                    .mapToLong(RaftMembers.Standing::applied)
                    .findFirst();
            return applied.orElse(-1) >= 0
                    && all.stream()
                            .anyMatch(standing ->
                                    standing.role().equals("leader") && standing.applied() == applied.orElse(-1));
        });
    }

    private static Set<String> membersOfLeader(RaftMembers members) {
        List<Set<String>> seen = new ArrayList<>();
        eventually("a leader tells its members", () -> {
            seen.clear();
            standings(members).stream()
                    .filter(standing -> standing.role().equals("leader"))
                    .forEach(standing -> seen.add(standing.members()));
            return seen.size() == 1;
        });
        return seen.get(0);
    }

    private static List<RaftMembers.Standing> standings(RaftMembers members) {
        try {
            return members.standings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tries until the log has a leader that answers. */
    private static LeaseAnswer submit(RaftLeases replica, io.tfdc.election.lease.LeaseCommand command) {
        List<LeaseAnswer> answers = new ArrayList<>();
        eventually("an answer to " + command, () -> {
            replica.submit(command)
                    .thenAccept(answers::add)
                    .exceptionally(open -> null)
                    .join();
            return !answers.isEmpty();
        });
        return answers.get(0);
    }

    private static LeaseAnswer submit(RaftCluster cluster, io.tfdc.election.lease.LeaseCommand command) {
        return submit(cluster.running().values().iterator().next(), command);
    }

    private static int writeLongEntries(RaftCluster cluster) {
        RaftLeases leader = cluster.running().get(cluster.logLeader());
        CompletableFuture<?>[] written = new CompletableFuture<?>[50];
        for (int i = 0; i < written.length; i++) {
            // Not all of them need to arrive.
            written[i] = leader.submit(new Extend(KEY, LONG, TERM)).exceptionally(open -> null);
        }
        CompletableFuture.allOf(written).join();
        return written.length;
    }

    /** Whether the beginning of the log is still on disk. */
    private static boolean hasFirstSegment(RaftCluster cluster, String replica) throws IOException {
        return !files(cluster, replica, "log_(inprogress_)?0(-.*)?").isEmpty();
    }

    private static List<Path> snapshots(RaftCluster cluster, String replica) {
        try {
            return files(cluster, replica, "snapshot\\.[0-9]+_[0-9]+");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(RaftCluster cluster, String replica, String pattern) throws IOException {
        try (Stream<Path> files = Files.walk(cluster.storage(replica))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (UncheckedIOException changing) {
            return List.of();
        }
    }

    private static Optional<String> leaderIn(Path snapshot) throws IOException {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(snapshot))) {
            return LeaseState.read(in).leader(KEY, new Stamp(0, 0));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
