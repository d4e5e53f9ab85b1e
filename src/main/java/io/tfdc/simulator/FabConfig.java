package io.tfdc.simulator;

import java.time.Instant;

/**
 * A simulated fab. Equal configurations yield equal runs, byte for byte.
 *
 * @param seed what everything random follows from
 * @param tools number of tools, each with 2 to 3 chambers; 1 to 9,999
 * @param maxChambers chambers beyond this number are left out
 * @param faultRate chance that a fault begins in a run of a chamber that has none, 0 to 1
 * @param learningRuns runs of a chamber from its start, and from every maintenance, that are spared the faults which only
 *     learned limits can find
 * @param maintenanceRuns mean number of runs between two maintenances of a chamber, 0 for none
 * @param minSvids every chamber has at least this many status variables; auxiliary sensors fill up, at most 10,000
 * @param hz samples per second, 0 for what the tool type has
 * @param start when the first run starts
 */
public record FabConfig(
        long seed,
        int tools,
        int maxChambers,
        double faultRate,
        int learningRuns,
        int maintenanceRuns,
        int minSvids,
        double hz,
        Instant start) {
    public FabConfig {
        check("tools", tools, 1, 9_999);
        check("max chambers", maxChambers, 1, 100_000);
        check("fault rate", faultRate, 0, 1);
        check("learning runs", learningRuns, 0, 1_000_000);
        check("maintenance runs", maintenanceRuns, 0, 1_000_000);
        check("min SVIDs", minSvids, 0, 10_000);
        check("sampling rate", hz, 0, 1_000);
    }

    /** Eight tools with faults in about one of twenty runs. */
    public static FabConfig standard(long seed, Instant start) {
        return new FabConfig(seed, 8, 100_000, 0.05, 30, 400, 0, 0, start);
    }

    public FabConfig withTools(int count) {
        return new FabConfig(seed, count, maxChambers, faultRate, learningRuns, maintenanceRuns, minSvids, hz, start);
    }

    /** As many tools as it takes for this number of chambers. */
    public FabConfig withChambers(int count) {
        return new FabConfig(
                seed, (count + 1) / 2, count, faultRate, learningRuns, maintenanceRuns, minSvids, hz, start);
    }

    public FabConfig withFaults(double rate, int sparedRuns) {
        return new FabConfig(seed, tools, maxChambers, rate, sparedRuns, maintenanceRuns, minSvids, hz, start);
    }

    public FabConfig withMaintenance(int everyRuns) {
        return new FabConfig(seed, tools, maxChambers, faultRate, learningRuns, everyRuns, minSvids, hz, start);
    }

    public FabConfig withLoad(int svids, double samplesPerSecond) {
        return new FabConfig(
                seed, tools, maxChambers, faultRate, learningRuns, maintenanceRuns, svids, samplesPerSecond, start);
    }

    private static void check(String what, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    "fab: expected " + what + " of " + min + " to " + max + ", found " + value);
        }
    }
}
