package io.tfdc.election.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The Kubernetes API.
 *
 * @param server its address
 * @param token file with the token of a service account; read for every question, since tokens are renewed
 * @param authorities PEM file of the authorities trusted, those of the Java runtime if empty
 * @param timeout for a request
 */
public record KubernetesSettings(URI server, Path token, Optional<Path> authorities, Duration timeout) {}
