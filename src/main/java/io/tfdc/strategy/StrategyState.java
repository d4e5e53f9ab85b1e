package io.tfdc.strategy;

/** What a strategy remembers from run to run. */
final class StrategyState {
    /** Occurrences remembered per rule for escalation. */
    static final int MAX_OCCURRENCES = 32;

    private StrategyState() {}
}
