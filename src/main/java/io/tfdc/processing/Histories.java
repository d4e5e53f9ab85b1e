package io.tfdc.processing;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.RunStrategies;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers what a run is judged against. Strictly what ended before the run counts, so that a run judged again meets the same
 * past. Owned by the processing context.
 */
final class Histories {
    /** Maintenance and other events older than this are of no consequence; the store keeps them for a year. */
    private static final Duration EVENT_SPAN = Duration.ofDays(400);

    private static final int MAX_EVENTS = 1000;

    private final ChartStore store;
    private final LimitCache limits;

    /** @param store answers history requests from memory where it can */
    Histories(ChartStore store, LimitCache limits) {
        this.store = store;
        this.limits = limits;
    }

    /** @param redelivered whether somebody else may have processed the run since its chamber's history was cached */
    Future<GroupPast> load(RunContext run, RunStrategies matched, boolean redelivered) {
        ChamberId chamber = run.id().chamber();
        int length = Math.max(1, matched.historyLength());
        Future<List<UChart>> newest = store.history(chamber, matched.group(), Instant.MAX, length + 1);
        Future<List<UChart>> before = newest.compose(charts -> endedBefore(charts, run, matched.group(), length));
        Future<Optional<UChart>> self = newest.compose(charts -> self(charts, run, redelivered));
        Future<List<ChamberEvent>> events =
                store.chamberEvents(chamber, run.end().minus(EVENT_SPAN), run.end());
        Map<String, LimitSet> valid = new HashMap<>();
        List<Future<?>> loads = new ArrayList<>(List.of(before, self, events));
        for (String strategy : matched.strategyIds()) {
            loads.add(limits.validAt(chamber, matched.group(), strategy, run.end())
                    .onSuccess(found -> found.ifPresent(set -> valid.put(strategy, set))));
        }
        return Future.all(loads)
                .map(done -> new GroupPast(
                        oldestFirst(before.result()),
                        valid,
                        events.result(),
                        self.result(),
                        isLate(newest.result(), run)));
    }

    /** The defense events stored for a run. */
    Future<List<DefenseEvent>> eventsOf(RunContext run) {
        Instant end = run.end();
        return store.defenseEvents(run.id().chamber(), end.minusMillis(1), end.plusMillis(2), MAX_EVENTS)
                .map(events -> events.stream()
                        .filter(event -> event.run().equals(run.id()))
                        .sorted((a, b) -> a.id().compareTo(b.id()))
                        .toList());
    }

    /** Takes limits that were just stored. */
    void remember(LimitSet stored) {
        limits.add(stored);
    }

    /** Reads a chamber's limits anew at the next run: a write may or may not have happened. */
    void forgetLimits(ChamberId chamber) {
        limits.forget(chamber);
    }

    private Future<List<UChart>> endedBefore(List<UChart> newest, RunContext run, String group, int length) {
        boolean inOrder = newest.isEmpty() || newest.get(0).context().end().isBefore(run.end());
        return inOrder
                ? Future.succeededFuture(newest.subList(0, Math.min(length, newest.size())))
                : store.history(run.id().chamber(), group, run.end(), length);
    }

    private Future<Optional<UChart>> self(List<UChart> newest, RunContext run, boolean redelivered) {
        Optional<UChart> known =
                newest.stream().filter(chart -> chart.id().equals(run.id())).findFirst();
        boolean inOrder = newest.isEmpty() || newest.get(0).context().end().isBefore(run.end());
        return known.isPresent() || (inOrder && !redelivered)
                ? Future.succeededFuture(known)
                : store.getUChart(run.id(), run.end());
    }

    private static boolean isLate(List<UChart> newest, RunContext run) {
        return newest.stream().anyMatch(chart -> chart.context().end().isAfter(run.end()));
    }

    private static List<UChart> oldestFirst(List<UChart> newestFirst) {
        List<UChart> runs = new ArrayList<>(newestFirst);
        Collections.reverse(runs);
        return runs;
    }
}
