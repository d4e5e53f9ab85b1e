package io.tfdc.cli;

import io.tfdc.cli.backtest.Backtest;
import io.tfdc.cli.backtest.BacktestJson;
import io.tfdc.cli.backtest.BacktestResult;
import io.tfdc.cli.backtest.BacktestText;
import io.tfdc.cli.backtest.RunFeed;
import io.tfdc.cli.backtest.TraceFeed;
import io.tfdc.model.Severity;
import io.tfdc.strategy.StrategyBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            "Runs with the attribute set (normal, fault) count towards false alarms and found faults."
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
            description = "Judge every run by limits from all other good runs of its chamber and group.")
    private boolean leaveOneOut;

    @Option(
            names = "--severity",
            defaultValue = "WARNING",
            description = "What counts as an alarm: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Severity severity = Severity.WARNING;

    @Option(names = "--alarms", defaultValue = "20", description = "Alarms to list (default: ${DEFAULT-VALUE}).")
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
        Map<String, StrategyBook> books = new LinkedHashMap<>();
        StrategyBook first = strategies.isEmpty() ? StrategyFiles.byDefault() : StrategyFiles.compile(strategies);
        books.put(name(first), first);
        if (!against.isEmpty()) {
            StrategyBook second = StrategyFiles.compile(against);
            books.put(books.containsKey(name(second)) ? name(second) + " (against)" : name(second), second);
        }
        List<BacktestResult> results = run(new Backtest(books, severity));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            BacktestJson.print(out, results);
        } else {
            new BacktestText(out, Math.max(0, alarms)).print(results);
        }
        out.flush();
        return ExitCode.OK;
    }

    private List<BacktestResult> run(Backtest backtest) throws IOException {
        String from = store;
        if (from != null) {
            return BacktestStore.open(from, options, chambers, this.from, to, attributes, feed -> run(backtest, feed));
        }
        try (RunFeed feed = traceFeed()) {
            return run(backtest, feed);
        }
    }

    private RunFeed traceFeed() throws IOException {
        try {
            return new TraceFeed(traces, attributes);
        } catch (IOException e) {
            throw CommandException.usage("traces can't be read: " + e.getMessage());
        }
    }

    private List<BacktestResult> run(Backtest backtest, RunFeed feed) throws IOException {
        return leaveOneOut ? backtest.leaveOneOut(feed) : backtest.replay(feed);
    }

    private static String name(StrategyBook book) {
        return book.strategies().stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
