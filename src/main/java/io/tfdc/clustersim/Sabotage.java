package io.tfdc.clustersim;

/**
 * Bugs that the simulated processes can be given, all outside the cores: in what carries out their effects. They prove that the checks can
 * fail.
 */
public enum Sabotage {
    NONE,
    /** A gain is added to a consumer that exists instead of going into a new one. */
    UPDATE_TO_ADD,
    /** What a leader deletes at the broker is reported as deleted, and stays. */
    NO_FENCING,
    /** A leader goes on after its term, writes without compare-and-set and under whatever epoch stands in the bucket. */
    NO_EPOCH_CHECK,
    /** Results are stored and messages acknowledged without asking whether the chamber is still the member's own. */
    ACK_AFTER_LOSS,
    /** A member that is asked to end stops its heartbeat first and then drains. */
    HEARTBEAT_STOPPED_FIRST,
    /** A member works and stores to the end of its lease, without asking whether the broker still knows it. */
    IGNORED_DOUBT
}
