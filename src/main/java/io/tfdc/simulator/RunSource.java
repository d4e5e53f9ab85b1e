package io.tfdc.simulator;

import org.jspecify.annotations.Nullable;

/** Runs in the order in which they end, at least within a chamber. Not for several threads. */
public interface RunSource {
    /** The next run, or null when there are no more. */
    @Nullable
    SimulatedRun next();
}
