package io.tfdc.cli;

import io.tfdc.backtest.Backtest;
import io.tfdc.backtest.BacktestResult;
import io.tfdc.backtest.JudgedRun;
import io.tfdc.cli.backtest.BacktestJson;
import io.tfdc.cli.backtest.BacktestReport;
import io.tfdc.cli.backtest.BacktestText;
import io.tfdc.cli.backtest.TraceFeed;
import io.tfdc.model.Severity;
import io.tfdc.replay.RunFeed;
import io.tfdc.simulator.TraceCsvException;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.uchart.TraceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code defender backtest}. */
@Command(
        name = "backtest",
        description = "Replay runs against strategies and print what they would have found.",
        footer = {
            "",
            "Runs come from trace files (CSV, plain or gzip: wafer,set,fault,time_s,step,<SVIDs>; every file is a chamber with",
            "toolType TRACES and the file's name as recipe) or from a store. Every strategy starts without history or limits.",
            "Runs with the attribute set (normal, fault) count towards false alarms and found faults. Ends with 1 if no run",
            "matches a strategy."
        })
final class BacktestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--strategy",
            paramLabel = "FILE",
            description = "Strategy file or directory; without it the one that comes with the program.")
    private List<Path> strategies = new ArrayList<>();

    @Option(names = "--against", paramLabel = "FILE", description = "Strategies to compare with.")
    private List<Path> against = new ArrayList<>();

    @Option(names = "--traces", paramLabel = "FILE", arity = "1..*", description = "Trace files to replay.")
    private List<Path> traces = new ArrayList<>();

    @Option(
            names = "--store",
            paramLabel = "KIND",
            description = "Store to replay: sqlite:FILE, or 'config' for the configured one.")
    private @Nullable String store;

    @Option(names = "--chamber", paramLabel = "TOOL:CHAMBER", description = "Only these chambers of the store.")
    private List<String> chambers = new ArrayList<>();

    @Option(names = "--from", paramLabel = "TIME", description = "Only stored runs that ended at or after it.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only stored runs that ended before it.")
    private @Nullable Instant to;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "Label of all runs, so that strategies match.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(
            names = "--leave-one-out",
            description = "Judge every run by limits from all other good runs of its chamber and group. Rules"
                    + " over several runs see one run only.")
    private boolean leaveOneOut;

    @Option(
            names = "--severity",
            defaultValue = "WARNING",
            description = "What counts as an alarm: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Severity severity = Severity.WARNING;

    @Option(
            names = "--alarms",
            defaultValue = "20",
            description = "Runs to list per heading (default: ${DEFAULT-VALUE}).")
    private int alarms;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    BacktestCommand() {}

    @Override
    public Integer call() throws IOException {
        if (traces.isEmpty() == (store == null)) {
            throw CommandException.usage(
                    "expected --traces FILE... or --store KIND, found " + (store == null ? "neither" : "both"));
        }
        List<Backtest> backtests = backtests();
        BacktestReport report = run(backtests);
        if (!report.hasMatches()) {
            throw CommandException.failed(nothingMatched(report), null);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            BacktestJson.print(out, report);
        } else {
            new BacktestText(out, Math.max(0, alarms)).print(report);
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<Backtest> backtests() {
        StrategyBook first = strategies.isEmpty() ? StrategyFiles.byDefault() : StrategyFiles.compile(strategies);
        List<Backtest> backtests = new ArrayList<>(List.of(new Backtest(name(first), first, leaveOneOut)));
        if (!against.isEmpty()) {
            StrategyBook second = StrategyFiles.compile(against);
            String name = name(second).equals(name(first)) ? name(second) + " (against)" : name(second);
            backtests.add(new Backtest(name, second, leaveOneOut));
        }
        return backtests;
    }

    private BacktestReport run(List<Backtest> backtests) throws IOException {
        String kind = store;
        if (kind != null) {
            return BacktestStore.open(kind, options, chambers, from, to, attributes, feed -> replay(backtests, feed));
        }
        try (RunFeed feed = new TraceFeed(traces, attributes)) {
            return replay(backtests, feed);
        } catch (TraceCsvException e) {
            throw CommandException.usage("traces are refused: " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw CommandException.usage("traces can't be read: no file " + e.getMessage());
        } catch (IOException e) {
            throw CommandException.usage("traces can't be read: " + e.getMessage());
        }
    }

    private BacktestReport replay(List<Backtest> backtests, RunFeed feed) throws IOException {
        for (RunFeed.FedRun fed = feed.next(); fed != null; fed = feed.next()) {
            for (Backtest backtest : backtests) {
                judge(backtest, fed);
            }
        }
        return new BacktestReport(
                severity, backtests.stream().map(Backtest::finish).toList());
    }

    private static void judge(Backtest backtest, RunFeed.FedRun fed) {
        try {
            backtest.add(fed.run(), fed.events());
        } catch (TraceException | IllegalStateException e) {
            throw CommandException.failed("run " + fed.run().context().id() + ": " + e.getMessage(), e);
        }
    }

    private static String nothingMatched(BacktestReport report) {
        BacktestResult result = report.results().stream()
                .filter(r -> r.matched() == 0)
                .findFirst()
                .orElseThrow();
        if (result.runs().isEmpty()) {
            return "no runs to judge: found none";
        }
        JudgedRun one = result.runs().get(0);
        return "none of the " + result.runs().size() + " runs matches " + result.name() + ": the first one is "
                + one.context().id() + " with " + new TreeMap<>(one.context().attributes())
                + "; --attribute NAME=VALUE labels all runs";
    }

    private static String name(StrategyBook book) {
        return book.strategies().stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
