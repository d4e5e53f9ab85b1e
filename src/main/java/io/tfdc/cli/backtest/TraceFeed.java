package io.tfdc.cli.backtest;

import io.tfdc.backtest.BacktestRun;
import io.tfdc.model.RunContext;
import io.tfdc.replay.RunFeed;
import io.tfdc.simulator.RecordedRuns;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.uchart.RunTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of trace files; every file is a chamber. */
public final class TraceFeed implements RunFeed {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordedRuns runs;
    private final Map<String, String> attributes;

    /** @param attributes labels that the runs get besides those of the file, or instead of them */
    public TraceFeed(List<Path> files, Map<String, String> attributes) throws IOException {
        this.runs = new RecordedRuns(files, START);
        this.attributes = Map.copyOf(attributes);
    }

    @Override
    public @Nullable FedRun next() throws IOException {
        SimulatedRun run;
        try {
            run = runs.next();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (run == null) {
            return null;
        }
        Map<String, String> labels = new HashMap<>(run.context().attributes());
        labels.putAll(attributes);
        RunContext known = run.context();
        RunContext context = new RunContext(known.id(), known.start(), known.end(), labels);
        Map<String, double[]> series = new LinkedHashMap<>();
        for (int i = 0; i < run.svids().size(); i++) {
            series.put(run.svids().get(i), run.values()[i]);
        }
        return new FedRun(
                new BacktestRun.Traced(RunTrace.of(context, run.timesMicros(), series, run.stepSvid())), List.of());
    }

    @Override
    public void close() throws IOException {
        runs.close();
    }
}
