package io.tfdc.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How the API listens and what it lets through.
 *
 * @param port 0 picks a free one
 * @param tls certificate and key, empty for plain HTTP
 * @param requestsPerSecond of one caller, steadily
 * @param burst requests of a caller that has been quiet
 * @param maxBody largest body in bytes
 * @param reloadEvery how often certificate and token file are looked at for changes
 */
public record ApiSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        double requestsPerSecond,
        int burst,
        long maxBody,
        Duration reloadEvery) {}
