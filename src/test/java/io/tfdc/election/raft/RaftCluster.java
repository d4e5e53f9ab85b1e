package io.tfdc.election.raft;

import io.tfdc.testing.Machine;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Replicas in this process, on free ports. */
final class RaftCluster implements AutoCloseable {
    private final Path folder;
    private final Map<String, String> peers = new LinkedHashMap<>();
    private final Map<String, RaftLeases> running = new LinkedHashMap<>();

    RaftCluster(Path folder, int size) {
        this.folder = folder;
        int[] ports = Machine.freePorts(size);
        for (int i = 0; i < size; i++) {
            peers.put("agent-" + i, "127.0.0.1:" + ports[i]);
        }
        peers.keySet().forEach(this::start);
    }

    void start(String replica) {
        try {
            running.put(
                    replica,
                    RaftLeases.start(new RaftSettings(
                            replica,
                            peers,
                            "127.0.0.1",
                            folder.resolve(replica),
                            Duration.ofMillis(300),
                            Duration.ofMillis(1_500))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    @Override
    public void close() {
        Map.copyOf(running).keySet().forEach(this::stop);
    }
}
