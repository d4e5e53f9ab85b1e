package io.tfdc.election.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A replica of the log.
 *
 * @param replica its name
 * @param peers address {@code host:port} of each replica, itself included, by name
 * @param bindHost address to listen on
 * @param storage folder for the log and snapshots, of this replica alone
 * @param electionTimeout silence of the log's leader after which another is looked for, at least; up to twice as long
 * @param requestTimeout how long an answer is waited for
 */
public record RaftSettings(
        String replica,
        Map<String, String> peers,
        String bindHost,
        Path storage,
        Duration electionTimeout,
        Duration requestTimeout) {

    public RaftSettings {
        peers = Collections.unmodifiableMap(new TreeMap<>(peers));
        if (!peers.containsKey(replica)) {
            throw new IllegalArgumentException("replica " + replica + ": expected one of " + peers.keySet());
        }
    }

    /** The port that this replica listens on. */
    int port() {
        String address = peers.get(replica);
        return Integer.parseInt(
                String.valueOf(address).substring(String.valueOf(address).lastIndexOf(':') + 1));
    }
}
