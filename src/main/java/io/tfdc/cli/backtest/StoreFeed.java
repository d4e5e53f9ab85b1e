package io.tfdc.cli.backtest;

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
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Stored runs, chamber by chamber; blocks the calling thread, which must not be an event loop. */
public final class StoreFeed implements RunFeed {
    private static final int MAX_RUNS_PER_CHAMBER = 100_000;
    private static final int TIMEOUT_SECONDS = 120;

    private final ChartStore store;
    private final Deque<ChamberId> chambers;
    private final Instant from;
    private final Instant to;
    private final Map<String, String> attributes;
    private final Deque<UChart> runs = new ArrayDeque<>();
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
    public @Nullable ReplayedRun next() {
        while (runs.isEmpty()) {
            ChamberId chamber = chambers.poll();
            if (chamber == null) {
                return null;
            }
            runs.addAll(oldestFirst(chamber));
            events = await(store.chamberEvents(chamber, from, to));
        }
        UChart run = runs.remove();
        RunContext context = labelled(run.context());
        return await(store.getTChart(run.id()))
                .<ReplayedRun>map(chart -> new ReplayedRun.Stored(
                        new TChart(context, chart.svids(), chart.stepSvid(), chart.blobs()), events))
                .orElseGet(() -> new ReplayedRun.Kept(context, run, events));
    }

    @Override
    public void close() {
        await(store.close());
    }

    /** Pages backwards through the chamber's U-charts; gives them oldest first. */
    private List<UChart> oldestFirst(ChamberId chamber) {
        Map<RunId, UChart> found = new LinkedHashMap<>();
        Instant end = to;
        while (found.size() < MAX_RUNS_PER_CHAMBER) {
            List<UChart> page = await(store.uCharts(chamber, from, end, StoreKeys.MAX_ROWS));
            int before = found.size();
            page.forEach(chart -> found.putIfAbsent(chart.id(), chart));
            if (page.size() < StoreKeys.MAX_ROWS || found.size() == before) {
                break;
            }
            end = page.get(page.size() - 1).context().end().plus(1, ChronoUnit.MICROS);
        }
        List<UChart> charts = new ArrayList<>(found.values());
        Collections.reverse(charts);
        return charts;
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
