package io.tfdc.cli;

import io.tfdc.cli.demo.Demo;
import io.tfdc.cli.demo.DemoOptions;
import io.tfdc.cli.demo.DemoSummary;
import io.tfdc.cli.terminal.TerminalWindow;
import io.tfdc.logging.Logging;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code defender demo}. */
@Command(
        name = "demo",
        description = "Watch a small simulated fab become U-charts and alarms; everything in this process, no servers.",
        footer = {
            "",
            "Without --runs it goes on until Ctrl-C: as fast as possible until the charts have learned their limits, then at",
            "a rate that one can watch. Examples:",
            "  defender demo",
            "  defender demo --serve",
            "  defender demo --runs 2000 --json",
            "  defender demo --csv experiment29.csv.gz --csv experiment31.csv.gz"
        })
final class DemoCommand implements Callable<Integer> {
    private static final double WATCHABLE = 12;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-n", "--runs"},
            paramLabel = "N",
            description = "End after so many runs with a summary.")
    private @Nullable Long runs;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulated fab; equal seeds, equal runs.")
    private long seed = 1;

    @Option(names = "--tools", paramLabel = "N", description = "Number of tools, each with 2 to 3 chambers.")
    private int tools = 8;

    @Option(names = "--faults", paramLabel = "RATE", description = "Chance that a fault begins in a run, 0 to 1.")
    private double faults = 0.05;

    @Option(
            names = "--rate",
            paramLabel = "RUNS/S",
            description = "Rate once the charts have learned; by default 12, with --runs as fast as possible.")
    private @Nullable Double rate;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Recorded traces instead of the fab, plain or gzip; every file is a chamber: "
                    + "wafer,set,fault,time_s,step,<SVIDs>.")
    private List<Path> csv = new ArrayList<>();

    @Option(names = "--strategy", paramLabel = "FILE", description = "Judge by this strategy; repeatable.")
    private List<Path> strategies = new ArrayList<>();

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the chart store (charts.db) in this folder.")
    private @Nullable Path keep;

    @Option(names = "--json", description = "Print the summary as one JSON object, and nothing else.")
    private boolean json;

    @Option(names = "--plain", description = "Print lines instead of redrawing the screen.")
    private boolean plain;

    @Option(
            names = "--serve",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "8080",
            description = "Serve the API and the web console on 127.0.0.1, port 8080 or this one; 0 picks a free one.")
    private int serve = -1;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    DemoCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean screen = !json && !plain && TerminalWindow.isStandardOutput(System.getenv());
        Logging.apply(Logging.text(), screen ? Level.ERROR : Level.WARN, Level.ERROR);
        Demo.Display display = json ? Demo.Display.NOTHING : screen ? Demo.Display.SCREEN : Demo.Display.LINES;
        Demo demo = new Demo(options(), display, out, System.getenv("NO_COLOR") == null, this::announce);
        Signals.onTermination(demo::stop);
        try {
            DemoSummary summary = demo.run();
            (json ? List.of(summary.json()) : summary.lines()).forEach(out::println);
            out.flush();
            return ExitCode.OK;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private void announce(String address) {
        if (!address.isEmpty() && !json) {
            spec.commandLine().getOut().println("open " + address);
            spec.commandLine().getOut().flush();
        }
    }

    private DemoOptions options() {
        double wanted = rate != null ? rate : runs != null || !csv.isEmpty() ? Double.POSITIVE_INFINITY : WATCHABLE;
        try {
            return new DemoOptions(
                    runs == null ? Long.MAX_VALUE : runs, seed, tools, faults, wanted, csv, strategies, keep, serve);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
