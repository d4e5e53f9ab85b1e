/**
 * The Election Agent: the gRPC services {@code grpc.election_agent.v1} and {@code grpc.health.v1} in front of the replicated leases. Started by
 * the command line as a process of its own; defenders know it by its protocol alone.
 */
@NullMarked
package io.tfdc.election.agent;

import org.jspecify.annotations.NullMarked;
