package io.tfdc.election.agent;

import io.tfdc.election.raft.RaftSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One agent.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param zone label of its metrics, may be empty
 * @param tls certificate and key, empty to talk in the clear
 * @param connectionAge after so long, give or take a tenth, a client is asked to connect anew, so that load spreads over new replicas
 * @param connectionGrace time for the calls at work then
 * @param raft its replica of the leases
 * @param kubernetes where to ask for pods, empty not to
 */
public record AgentSettings(
        String host,
        int port,
        String zone,
        Optional<Certificate> tls,
        Duration connectionAge,
        Duration connectionGrace,
        RaftSettings raft,
        Optional<KubernetesSettings> kubernetes) {

    /** PEM files of a server. */
    public record Certificate(Path chain, Path key) {}
}
