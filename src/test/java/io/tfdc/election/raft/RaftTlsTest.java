package io.tfdc.election.raft;

import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.raft.RaftSettings.Tls;
import io.tfdc.testing.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three replicas that talk by mutual TLS, and some that would like to be the third. */
class RaftTlsTest {
    /** Tells of every connection that fails, with a stack trace; those here are to fail. Kept, since loggers are collected otherwise. */
    private static final Logger GRPC = Logger.getLogger("org.apache.ratis.thirdparty.io.grpc");

    static {
        GRPC.setLevel(Level.OFF);
    }

    private static final LeaseKey KEY = new LeaseKey("", "cluster");

    @TempDir
    private Path folder;

    @Test
    void only_who_has_a_certificate_of_the_authority_is_a_replica() throws Exception {
        Tls ours = certificate("ours");
        Tls theirs = certificate("theirs");
        Tls stranger = new Tls(ours.authorities(), theirs.certificate(), theirs.key());
        try (RaftCluster cluster =
                new RaftCluster(folder, 3).tls(Optional.of(ours)).start()) {
            RaftLeases leader = cluster.running().get(cluster.logLeader());
            LeaseAnswer elected = leader.submit(new Campaign(KEY, "a", 600_000)).join();
            assertEquals(new LeaseAnswer(Verdict.GRANTED, "a", 1), elected);
            assertEquals(
                    Optional.of("a"),
                    cluster.running().get(cluster.follower()).leader(KEY).join());

            String third = cluster.follower();
            cluster.stop(third);
            try (RaftLeases excluded = cluster.launch(third, Optional.of(stranger))) {
                assertThrows(
                        CompletionException.class,
                        () -> excluded.submit(new Extend(KEY, "a", 600_000)).join());
                assertFalse(excluded.hasLeader());
                eventually(
                        "it is missed",
                        () -> cluster.running().get(cluster.logLeader()).silentPeers() == 1);
                assertEquals(
                        elected, leader.submit(new Extend(KEY, "a", 600_000)).join());
            }
            for (Optional<Tls> intruder : List.<Optional<Tls>>of(Optional.empty(), Optional.of(stranger))) {
                RaftMembers members = new RaftMembers(cluster.peers(), Duration.ofSeconds(5), intruder);
                assertTrue(
                        members.standings().stream()
                                .allMatch(standing -> standing.role().equals("no answer")),
                        "no question is answered either");
            }

            RaftLeases admitted = cluster.start(third);
            eventually(
                    "it is one of three",
                    () -> admitted.hasLeader()
                            && cluster.running().get(cluster.logLeader()).silentPeers() == 0);
            assertEquals(elected, admitted.submit(new Extend(KEY, "a", 600_000)).join());
            RaftMembers members = new RaftMembers(cluster.peers(), Duration.ofSeconds(10), Optional.of(ours));
            assertTrue(members.standings().stream().allMatch(RaftMembers.Standing::isMember));
        }
    }

    /** Files with a certificate that is its own authority. */
    private Tls certificate(String name) throws IOException, GeneralSecurityException {
        ServerCertificate made = ServerCertificate.of("ip:127.0.0.1");
        Path chain = Files.writeString(folder.resolve(name + ".pem"), made.certificate());
        return new Tls(chain, chain, Files.writeString(folder.resolve(name + "-key.pem"), made.key()));
    }
}
