package io.tfdc.election.agent;

import io.tfdc.election.raft.LeaseLog;

/** The state of this replica: active, or on standby when an operator said so. Safe for use from several threads. */
final class AgentState {
    static final String ACTIVE = "active";
    static final String STANDBY = "standby";
    static final String UNAVAILABLE = "unavailable";

    private final LeaseLog log;
    private volatile boolean standby;
    private volatile boolean closing;

    AgentState(LeaseLog log) {
        this.log = log;
    }

    boolean isStandby() {
        return standby;
    }

    void setStandby(boolean standby) {
        this.standby = standby;
    }

    void setClosing() {
        closing = true;
    }

    /** Whether calls should be sent here. */
    boolean isReady() {
        return !closing && log.hasLeader();
    }

    /** In the words of the protocol. */
    String name() {
        if (standby) {
            return STANDBY;
        }
        return log.hasLeader() ? ACTIVE : UNAVAILABLE;
    }
}
