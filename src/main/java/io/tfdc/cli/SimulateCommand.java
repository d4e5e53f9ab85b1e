package io.tfdc.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code defender simulate}. */
@Command(
        name = "simulate",
        description =
                "Play a fab against the configured broker and store: T-charts with labelled faults, and notifications.",
        footer = {
            "",
            "Writes T-charts, maintenance events and chamber metadata to the store and publishes a notification for every run.",
            "Ends after --runs, or on Ctrl-C, when everything is stored. Runs start now; a rate above the fab's own takes",
            "their time stamps into the future."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--rate", paramLabel = "RUNS/S", description = "Runs per second; 0 for as fast as possible.")
    private double rate = 10;

    @Option(
            names = {"-n", "--runs"},
            paramLabel = "N",
            description = "End after so many runs.")
    private @Nullable Long runs;

    @Option(names = "--chambers", paramLabel = "N", description = "Number of chambers, up to 6000.")
    private int chambers = 20;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the fab; equal seeds, equal runs.")
    private long seed = 1;

    @Option(names = "--faults", paramLabel = "RATE", description = "Chance that a fault begins in a run, 0 to 1.")
    private double faults = 0.05;

    @Option(names = "--learning", paramLabel = "N", description = "First runs of a chamber without hidden faults.")
    private int learning = 30;

    @Option(names = "--svids", paramLabel = "N", description = "At least so many status variables per chamber.")
    private int svids;

    @Option(names = "--hz", paramLabel = "N", description = "Samples per second; by default what the tool type has.")
    private double hz;

    @Option(names = "--outstanding", paramLabel = "N", description = "Runs being written at a time.")
    private int outstanding = 32;

    @Option(names = "--json", description = "Print the summary as one JSON object, and nothing else.")
    private boolean json;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    SimulateCommand() {}

    @Override
    public Integer call() {
        if (chambers < 1 || chambers > 6_000 || rate < 0 || (runs != null && runs < 1) || outstanding < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected 1 to 6000 chambers, a rate of at least 0, at least 1 run and 1 outstanding");
        }
        SimulatedSite site = new SimulatedSite(
                options.apply(),
                new SimulatedSite.Load(
                        seed,
                        chambers,
                        faults,
                        learning,
                        svids,
                        hz,
                        rate,
                        outstanding,
                        runs == null ? Long.MAX_VALUE : runs),
                spec.commandLine().getOut(),
                json);
        Signals.onTermination(site::stop);
        site.run();
        return ExitCode.OK;
    }
}
