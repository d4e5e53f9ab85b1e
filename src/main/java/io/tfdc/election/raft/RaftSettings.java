package io.tfdc.election.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A replica of the log.
 *
 * @param replica its name
 * @param peers address {@code host:port} of each replica, itself included, by name
 * @param founders names of those that begin the log together; another waits until the members take it in
 * @param bindHost address to listen on
 * @param storage folder for the log and snapshots, of this replica alone
 * @param electionTimeout silence of the log's leader after which another is looked for, at least; up to twice as long
 * @param requestTimeout how long an answer is waited for
 * @param snapshotEvery entries until a snapshot replaces them
 * @param tls files for mutual TLS between replicas, empty to talk in the clear
 */
public record RaftSettings(
        String replica,
        Map<String, String> peers,
        Set<String> founders,
        String bindHost,
        Path storage,
        Duration electionTimeout,
        Duration requestTimeout,
        int snapshotEvery,
        Optional<Tls> tls) {

    /** Some hours of one election. */
    public static final int SNAPSHOT_EVERY = 10_000;

    /**
     * PEM files.
     *
     * @param authorities trusted: who has a certificate of theirs is a replica
     * @param certificate this replica's chain, for a server and a client
     * @param key its private key
     */
    public record Tls(Path authorities, Path certificate, Path key) {}

    public RaftSettings {
        peers = Collections.unmodifiableMap(new TreeMap<>(peers));
        founders = Collections.unmodifiableSet(new TreeSet<>(founders));
        if (!peers.containsKey(replica)) {
            throw new IllegalArgumentException("replica " + replica + ": expected one of " + peers.keySet());
        }
        if (founders.isEmpty() || !peers.keySet().containsAll(founders)) {
            throw new IllegalArgumentException("founders " + founders + ": expected some of " + peers.keySet());
        }
    }

    /** One of replicas that begin together and talk in the clear. */
    public RaftSettings(
            String replica,
            Map<String, String> peers,
            String bindHost,
            Path storage,
            Duration electionTimeout,
            Duration requestTimeout) {
        this(
                replica,
                peers,
                peers.keySet(),
                bindHost,
                storage,
                electionTimeout,
                requestTimeout,
                SNAPSHOT_EVERY,
                Optional.empty());
    }

    /** The port that this replica listens on. */
    int port() {
        String address = peers.get(replica);
        return Integer.parseInt(
                String.valueOf(address).substring(String.valueOf(address).lastIndexOf(':') + 1));
    }
}
