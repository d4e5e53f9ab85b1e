package io.tfdc.simulator;

/** What a signal measures; decides which faults it can suffer. */
public enum SignalRole {
    POWER,
    REFLECTED,
    ELECTRICAL,
    MATCH,
    PRESSURE,
    VALVE,
    FLOW,
    TEMP,
    OPTICAL,
    POSITION,
    COUNTER;

    /** Readings that cannot be below zero. */
    boolean isOneSided() {
        return this != ELECTRICAL && this != TEMP && this != POSITION;
    }
}
