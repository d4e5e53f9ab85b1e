package io.tfdc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code defender simulate-cluster}. */
@Command(
        name = "simulate-cluster",
        description = "Run the cluster's protocol on virtual time through random faults, and check what it promises.",
        footer = {
            "",
            "Nothing is contacted. Equal options, equal run: a seed that fails is run again and printed as a timeline.",
            "Faults: all, none, or a list of crash, pod-loss, node-loss, freeze, partition, blip, half-open,",
            "store-partition, election-partition, slow, sigterm, rolling-surge, rolling-unavailable, scale-up, scale-down,",
            "operator, stale-watch, consumer-deleted, broker-outage, broker-flaky, leader-crash, leader-freeze,",
            "leader-partition, leader-step, member-step. Ends with 1 if a promise was broken."
        })
final class SimulateClusterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "S", description = "Seed; 1 by default.")
    private @Nullable Long seed;

    @Option(names = "--seeds", paramLabel = "FROM..TO", description = "Many seeds, one after the other.")
    private @Nullable String seeds;

    @Option(names = "--members", paramLabel = "N", description = "Pods at the beginning; drawn from 3 to 8 without.")
    private @Nullable Integer members;

    @Option(names = "--chambers", paramLabel = "M", description = "Chambers; drawn from 20 to 60 without.")
    private @Nullable Integer chambers;

    @Option(names = "--minutes", paramLabel = "T", description = "Virtual time in which faults happen; 1.5 by default.")
    private double minutes = 1.5;

    @Option(names = "--faults", paramLabel = "LIST", description = "Kinds of faults; all by default.")
    private String faults = "all";

    @Option(names = "--broker", paramLabel = "KIND", description = "standalone or cluster; drawn without.")
    private @Nullable String broker;

    @Option(
            names = "--bug",
            paramLabel = "NAME",
            description = "Give the processes a known bug, to see it found: update-to-add, no-fencing, no-epoch-check,"
                    + " ack-after-loss, heartbeat-stopped-first, ignored-doubt.")
    private String bug = "none";

    @Option(names = "--lines", paramLabel = "N", description = "Lines of a failing seed's timeline; 80 by default.")
    private int lines = 80;

    @Option(
            names = "--json",
            description = "Print one JSON object per seed and one with the summary, and nothing else.")
    private boolean json;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    SimulateClusterCommand() {}

    @Override
    public Integer call() {
        try {
            List<Long> range = ClusterSimulations.range(seed, seeds);
            ClusterSimulations runs = new ClusterSimulations(
                    new ClusterSimulations.Request(members, chambers, minutes, faults, broker, bug),
                    spec.commandLine().getOut(),
                    json,
                    lines);
            return runs.run(range) ? ExitCode.OK : ExitCode.FAILED;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
