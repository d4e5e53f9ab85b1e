package io.tfdc.cli.demo;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be demonstrated.
 *
 * @param runs number of runs, {@link Long#MAX_VALUE} for no end
 * @param seed of the simulated fab
 * @param tools number of simulated tools, 1 to 200
 * @param faultRate chance that a fault begins in a run, 0 to 1
 * @param runsPerSecond rate once the charts have learned, {@link Double#POSITIVE_INFINITY} for as fast as possible
 * @param traces recorded traces instead of the simulated fab; empty for the fab
 * @param strategies strategy files; empty for the one that comes with the program
 * @param keep folder for the chart store, or null to forget it
 * @param servePort loopback port of the API and the console, 0 for a free one, -1 for none
 */
public record DemoOptions(
        long runs,
        long seed,
        int tools,
        double faultRate,
        double runsPerSecond,
        List<Path> traces,
        List<Path> strategies,
        @Nullable Path keep,
        int servePort) {
    public DemoOptions {
        traces = List.copyOf(traces);
        strategies = List.copyOf(strategies);
        check("number of runs", runs >= 1, "at least 1", runs);
        check("number of tools", tools >= 1 && tools <= 200, "1 to 200", tools);
        check("fault rate", faultRate >= 0 && faultRate <= 1, "0 to 1", faultRate);
        check("port", servePort >= -1 && servePort <= 65_535, "0 to 65535", servePort);
        check("rate", runsPerSecond > 0, "above 0", runsPerSecond);
    }

    boolean isServed() {
        return servePort >= 0;
    }

    boolean isEndless() {
        return runs == Long.MAX_VALUE;
    }

    private static void check(String what, boolean valid, String expected, Object found) {
        if (!valid) {
            throw new IllegalArgumentException(what + ": expected " + expected + ", found " + found);
        }
    }
}
