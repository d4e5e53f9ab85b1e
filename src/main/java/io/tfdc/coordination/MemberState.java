package io.tfdc.coordination;

/** States of a process (requirements 1.10, with standby and degraded). The ordinal is the value of the gauge {@code defender_state}. */
public enum MemberState {
    /** Connecting. */
    INITIALIZATION,
    /** Looking for an id. */
    CLAIMING_ID,
    /** Has an id; who leads is not known yet. */
    ELECTION,
    /** Normal work. */
    STABLE,
    /** Has just won the election and reads the map. */
    LEADER,
    /** Follows a leader and waits for a map. */
    FOLLOWER,
    /** Leads, and waits for a window of changes to close. */
    SCALING,
    /** Leads, and writes a new map. */
    REBALANCING,
    /** Leads, and gives away the chambers of the dead. */
    EMERGENCY,
    /** Finishes what is at work and leaves. */
    SHUTDOWN,
    /** Ready without an id. */
    STANDBY,
    /** Without its lease: nothing is started, stored or settled. */
    DEGRADED
}
