package io.tfdc.cli;

/**
 * What to measure.
 *
 * @param embedded broker and store in process
 * @param runs runs published at once
 * @param steadyRuns runs published at a rate
 * @param rate runs per second of the latter
 * @param svids SVIDs per run
 * @param points points per SVID
 * @param steps recipe steps
 * @param chambers chambers that the runs are spread over
 */
record BenchPlan(
        boolean embedded, int runs, int steadyRuns, double rate, int svids, int points, int steps, int chambers) {
    /** Runs before the measurement, for caches and the JIT compiler. */
    int warmUpRuns() {
        return 2 * chambers + 40;
    }
}
