package io.tfdc.election.grpc;

/**
 * How an agent stands.
 *
 * @param agent {@code host:port}
 * @param state {@code active}, {@code standby} or {@code unavailable} in its own words, or why it could not be asked
 */
public record AgentView(String agent, String state) {}
