package io.tfdc.election.grpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How agents are asked.
 *
 * @param agents {@code host:port} each, at least one
 * @param election name of the election
 * @param timeout for one request, a second attempt included
 * @param tls files for TLS, empty to talk in the clear
 */
public record AgentClientOptions(List<String> agents, String election, Duration timeout, Optional<Tls> tls) {
    public AgentClientOptions {
        agents = List.copyOf(agents);
        if (agents.isEmpty()) {
            throw new IllegalArgumentException("agents: expected at least one");
        }
    }

    /**
     * PEM files; those of the Java runtime are trusted where no authorities are given.
     *
     * @param authorities trusted
     * @param certificate this client's certificate chain
     * @param key its private key
     */
    public record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {}
}
