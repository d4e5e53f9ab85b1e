package io.tfdc.election.raft;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseKey;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * Leases that several replicas agree on. Stages complete on any thread, exceptionally when no majority answers in time; then the outcome is
 * open.
 */
public interface LeaseLog {
    /** Carries out a command. */
    CompletionStage<LeaseAnswer> submit(LeaseCommand command);

    /** Who leads an election. */
    CompletionStage<Optional<String>> leader(LeaseKey key);

    /** Who leads the elections of a kind, by election. */
    CompletionStage<SortedMap<String, String>> leaders(String kind);

    /** Whether this replica knows a leader of the log, or is it. */
    boolean hasLeader();

    /** Whether this replica leads the log. */
    boolean leadsLog();

    /** Other replicas that have not answered this one, the log's leader, lately; 0 elsewhere. */
    int silentPeers();
}
