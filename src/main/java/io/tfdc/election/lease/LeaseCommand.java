package io.tfdc.election.lease;

/** What changes leases. Terms are milliseconds. */
public sealed interface LeaseCommand {
    LeaseKey key();

    /** Whom it is about: the candidate, the leader, or the leader to be. */
    String name();

    /** Stands for election; who leads already renews its term. */
    record Campaign(LeaseKey key, String name, long term) implements LeaseCommand {}

    /** Extends the leader's term, also one that has ended and was given to nobody else. */
    record Extend(LeaseKey key, String name, long term) implements LeaseCommand {}

    /** Ends the leader's term. */
    record Resign(LeaseKey key, String name) implements LeaseCommand {}

    /** Names who leads next: when the present leader resigns, or when its term ends, which it can extend no more. */
    record Handover(LeaseKey key, String name, long term) implements LeaseCommand {}
}
