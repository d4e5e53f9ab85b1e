package io.tfdc.clustersim;

/** What the protocol promises, as it is checked; {@code docs/simulation.md} defines each. */
public enum Invariant {
    EXACTLY_ONE_EFFECT,
    COVERAGE,
    ONE_WRITER,
    ONE_MAP_WRITER,
    UNIQUE_IDS,
    NO_STRANDED_BACKLOG,
    MOVES_WITHIN_BUDGET,
    LEASE_BEFORE_WORK,
    ORDER,
    CONVERGENCE,
    NO_EXCEPTION
}
