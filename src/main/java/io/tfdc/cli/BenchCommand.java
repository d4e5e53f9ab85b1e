package io.tfdc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code defender bench}: how fast an installation is. */
@Command(
        name = "bench",
        description = "Measure how fast this machine and the servers are.",
        subcommands = BenchCommand.Pipeline.class)
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    BenchCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: pipeline");
    }

    /** {@code defender bench pipeline}. */
    @Command(
            name = "pipeline",
            description = {
                "Measure notification to acknowledgement: first a backlog for the sustained rate, then notifications at a",
                "steady rate for the latency."
            },
            footer = {
                "",
                "On servers it works in streams named defender-bench* and in the keyspace with the suffix _bench, which it",
                "creates; other data is not touched."
            })
    static final class Pipeline implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        @Option(names = "--embedded", description = "Broker in process and SQLite file instead of servers.")
        private boolean embedded;

        @Option(
                names = "--runs",
                defaultValue = "300",
                description = "Runs of the backlog (default: ${DEFAULT-VALUE}).")
        private int runs;

        @Option(
                names = "--rate",
                defaultValue = "10",
                description = "Runs per second for the latency (default: ${DEFAULT-VALUE}).")
        private double rate;

        @Option(
                names = "--steady-runs",
                defaultValue = "200",
                description = "Runs for the latency, 0 to leave it out (default: ${DEFAULT-VALUE}).")
        private int steadyRuns;

        @Option(names = "--svids", defaultValue = "100", description = "SVIDs per run (default: ${DEFAULT-VALUE}).")
        private int svids;

        @Option(names = "--points", defaultValue = "1200", description = "Points per SVID (default: ${DEFAULT-VALUE}).")
        private int points;

        @Option(names = "--steps", defaultValue = "5", description = "Recipe steps (default: ${DEFAULT-VALUE}).")
        private int steps;

        @Option(names = "--chambers", defaultValue = "20", description = "Chambers (default: ${DEFAULT-VALUE}).")
        private int chambers;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Pipeline() {}

        @Override
        public Integer call() {
            check("--runs", runs, 1, 100_000);
            check("--steady-runs", steadyRuns, 0, 100_000);
            check("--svids", svids, 1, 10_000);
            check("--points", points, 10, 100_000);
            check("--steps", steps, 1, Math.min(points, 1_000));
            check("--chambers", chambers, 1, 10_000);
            if (!(rate > 0 && rate <= 10_000)) {
                throw new ParameterException(spec.commandLine(), "--rate: expected more than 0 to 10000");
            }
            BenchPlan plan = new BenchPlan(embedded, runs, steadyRuns, rate, svids, points, steps, chambers);
            BenchReport report = PipelineBench.measure(options.apply(), plan);
            spec.commandLine().getOut().println(json ? report.json() : report.text());
            return ExitCode.OK;
        }

        private void check(String option, int value, int least, int most) {
            if (value < least || value > most) {
                throw new ParameterException(
                        spec.commandLine(), option + ": expected " + least + " to " + most + ", found " + value);
            }
        }
    }
}
