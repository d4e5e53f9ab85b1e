package io.tfdc.election.raft;

import io.tfdc.testing.Machine;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Replicas in this process, on free ports. */
final class RaftCluster implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> peers = new LinkedHashMap<>();
    private final Map<String, RaftLeases> running = new LinkedHashMap<>();
    private Set<String> founders = new TreeSet<>();
    private int snapshotEvery = RaftSettings.SNAPSHOT_EVERY;
    private Optional<RaftSettings.Tls> tls = Optional.empty();

    /** Knows {@code agent-0} and so on; none of them runs yet. */
    RaftCluster(Path folder, int size) {
        this.folder = folder;
        int[] ports = Machine.freePorts(size);
        for (int i = 0; i < size; i++) {
            peers.put("agent-" + i, "127.0.0.1:" + ports[i]);
        }
        founders = peers.keySet();
    }

    RaftCluster foundedBy(String... names) {
        founders = Set.of(names);
        return this;
    }

    RaftCluster snapshotEvery(int entries) {
        snapshotEvery = entries;
        return this;
    }

    RaftCluster tls(Optional<RaftSettings.Tls> files) {
        tls = files;
        return this;
    }

    /** Starts the founders. */
    RaftCluster start() {
        founders.forEach(this::start);
        return this;
    }

    RaftLeases start(String replica) {
        RaftLeases started = launch(replica, tls);
        running.put(replica, started);
        return started;
    }

    /** Starts a replica that is not one of {@link #running}; the caller closes it. */
    RaftLeases launch(String replica, Optional<RaftSettings.Tls> files) {
        try {
            return RaftLeases.start(new RaftSettings(
                    replica,
                    peers,
                    founders,
                    "127.0.0.1",
                    storage(replica),
                    Duration.ofMillis(300),
                    Duration.ofMillis(1_500),
                    snapshotEvery,
                    files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path storage(String replica) {
        return folder.resolve(replica);
    }

    Map<String, String> peers() {
        return peers;
    }

    void stop(String replica) {
        try {
            running.remove(replica).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, RaftLeases> running() {
        return running;
    }

    /** Name of the replica that leads the log. */
    String logLeader() {
        VertxTestKit.eventually(
                "a leader of the log",
                () -> running.values().stream().filter(RaftLeases::leadsLog).count() == 1);
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().leadsLog())
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** A running replica that does not lead the log. */
    String follower() {
        String leader = logLeader();
        return running.keySet().stream()
                .filter(name -> !name.equals(leader))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        Set.copyOf(running.keySet()).forEach(this::stop);
    }
}
