package io.tfdc.replay;

import io.tfdc.backtest.Backtest;
import io.tfdc.backtest.BacktestRun;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreKeys;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Stored runs, chamber by chamber; blocks the calling thread, which must not be an event loop. */
public final class StoreFeed implements RunFeed {
    /** Later than any run, and still a time in milliseconds. */
    public static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private static final int MAX_RUNS_PER_CHAMBER = 100_000;
    private static final int TIMEOUT_SECONDS = 120;
    private static final Comparator<RunContext> BY_END =
            Comparator.comparing(RunContext::end).thenComparing(run -> run.id().context());

    private final ChartStore store;
    private final Deque<ChamberId> chambers;
    private final Instant from;
    private final Instant to;
    private final Map<String, String> attributes;
    private final Deque<RunContext> runs = new ArrayDeque<>();
    private List<ChamberEvent> events = List.of();

    /** @param chambers empty for all that the store knows */
    public StoreFeed(
            ChartStore store, List<ChamberId> chambers, Instant from, Instant to, Map<String, String> attributes) {
        this.store = store;
        this.from = from;
        this.to = to;
        this.attributes = Map.copyOf(attributes);
        this.chambers = new ArrayDeque<>(
                chambers.isEmpty()
                        ? await(store.chamberMetadata()).stream()
                                .map(ChamberMetadata::chamber)
                                .sorted()
                                .toList()
                        : chambers);
    }

    @Override
    public @Nullable FedRun next() {
        while (true) {
            RunContext known = runs.poll();
            if (known != null) {
                Optional<BacktestRun> run = read(known);
                if (run.isPresent()) {
                    return new FedRun(run.get(), events);
                }
                continue;
            }
            ChamberId chamber = chambers.poll();
            if (chamber == null) {
                return null;
            }
            runs.addAll(oldestFirst(chamber));
            events = runs.isEmpty() ? List.of() : eventsOf(chamber, runs.peek().end());
        }
    }

    @Override
    public void close() {
        await(store.close());
    }

    /** Empty if the run has expired meanwhile. */
    private Optional<BacktestRun> read(RunContext known) {
        RunContext context = labelled(known);
        Optional<TChart> samples = await(store.getTChart(known.id()));
        if (samples.isPresent()) {
            TChart chart = samples.get();
            return Optional.of(
                    new BacktestRun.Stored(new TChart(context, chart.svids(), chart.stepSvid(), chart.blobs())));
        }
        return await(store.getUChart(known.id(), known.end())).map(chart -> new BacktestRun.ValuesOnly(context, chart));
    }

    private List<ChamberEvent> eventsOf(ChamberId chamber, Instant firstRun) {
        return await(store.chamberEvents(chamber, firstRun.minus(Backtest.EVENT_SPAN), END_OF_TIME));
    }

    /** Pages backwards; a page begins with the whole last millisecond of the one before, as that is the resolution of the keys. */
    private List<RunContext> oldestFirst(ChamberId chamber) {
        Map<RunId, RunContext> found = new LinkedHashMap<>();
        Instant end = to;
        while (true) {
            List<UChart> page = await(store.uCharts(chamber, from, end, StoreKeys.MAX_ROWS));
            int before = found.size();
            page.forEach(chart -> found.putIfAbsent(chart.id(), chart.context()));
            if (page.size() < StoreKeys.MAX_ROWS) {
                break;
            }
            if (found.size() == before) {
                throw new IllegalStateException("chamber " + chamber + ": more than " + StoreKeys.MAX_ROWS
                        + " runs end in the same millisecond before " + end);
            }
            if (found.size() > MAX_RUNS_PER_CHAMBER) {
                throw new IllegalStateException("chamber " + chamber + ": expected at most " + MAX_RUNS_PER_CHAMBER
                        + " runs, found more: narrow --from and --to");
            }
            Instant oldest = page.get(page.size() - 1).context().end();
            end = oldest.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        }
        List<RunContext> oldestFirst = new ArrayList<>(found.values());
        oldestFirst.sort(BY_END);
        return oldestFirst;
    }

    private RunContext labelled(RunContext known) {
        if (attributes.isEmpty()) {
            return known;
        }
        Map<String, String> labels = new HashMap<>(known.attributes());
        labels.putAll(attributes);
        return new RunContext(known.id(), known.start(), known.end(), labels);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("store: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("store: no answer within " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
