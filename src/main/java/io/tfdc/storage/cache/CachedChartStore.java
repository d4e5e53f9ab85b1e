package io.tfdc.storage.cache;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AuditEntry;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunId;
import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chart store whose history comes from a {@link HistoryCache} that is kept up to date with every U-chart written through it;
 * everything else goes straight to the store behind. Closing it closes both.
 */
public final class CachedChartStore implements ChartStore {
    private final ChartStore store;
    private final HistoryCache cache;

    /** @param cache a cache in front of {@code store} */
    public CachedChartStore(ChartStore store, HistoryCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /** For {@link HistoryCache#prefetch}, {@link HistoryCache#invalidate} and {@link HistoryCache#stats}. */
    public HistoryCache cache() {
        return cache;
    }

    /** Stores a U-chart and then keeps it; a write that failed may have happened, so the chamber is forgotten. */
    @Override
    public Future<Void> putUChart(UChart chart) {
        return store.putUChart(chart)
                .transform(stored -> stored.succeeded()
                        ? cache.add(chart)
                        : cache.invalidate(chart.id().chamber())
                                .compose(forgotten -> Future.failedFuture(stored.cause())));
    }

    @Override
    public Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        return cache.history(chamber, group, before, max);
    }

    @Override
    public Future<Void> putTChart(TChart chart) {
        return store.putTChart(chart);
    }

    @Override
    public Future<Optional<TChart>> getTChart(RunId run) {
        return store.getTChart(run);
    }

    @Override
    public Future<Optional<UChart>> getUChart(RunId run, Instant end) {
        return store.getUChart(run, end);
    }

    @Override
    public Future<List<UChart>> uCharts(ChamberId chamber, Instant from, Instant to, int max) {
        return store.uCharts(chamber, from, to, max);
    }

    @Override
    public Future<Void> putDefenseEvents(List<DefenseEvent> events) {
        return store.putDefenseEvents(events);
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) {
        return store.defenseEvents(chamber, from, to, max);
    }

    @Override
    public Future<Void> putLimits(LimitSet limits) {
        return store.putLimits(limits);
    }

    @Override
    public Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max) {
        return store.limits(chamber, group, strategy, max);
    }

    @Override
    public Future<Void> putChamberEvent(ChamberEvent event) {
        return store.putChamberEvent(event);
    }

    @Override
    public Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to) {
        return store.chamberEvents(chamber, from, to);
    }

    @Override
    public Future<Void> putChamberMetadata(ChamberMetadata metadata) {
        return store.putChamberMetadata(metadata);
    }

    @Override
    public Future<List<ChamberMetadata>> chamberMetadata() {
        return store.chamberMetadata();
    }

    @Override
    public Future<Void> putStrategy(StrategyVersion strategy) {
        return store.putStrategy(strategy);
    }

    @Override
    public Future<List<StrategyVersion>> strategies() {
        return store.strategies();
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max) {
        return store.defenseEvents(from, to, max);
    }

    @Override
    public Future<Void> putAlarmNote(AlarmNote note) {
        return store.putAlarmNote(note);
    }

    @Override
    public Future<List<AlarmNote>> alarmNotes(Instant from, Instant to) {
        return store.alarmNotes(from, to);
    }

    @Override
    public Future<Void> putActivation(StrategyActivation activation) {
        return store.putActivation(activation);
    }

    @Override
    public Future<List<StrategyActivation>> activations() {
        return store.activations();
    }

    @Override
    public Future<Void> putAudit(AuditEntry entry) {
        return store.putAudit(entry);
    }

    @Override
    public Future<List<AuditEntry>> audit(Instant from, Instant to, String beforeId, int max) {
        return store.audit(from, to, beforeId, max);
    }

    @Override
    public Future<Void> ping() {
        return store.ping();
    }

    @Override
    public Future<Void> close() {
        return cache.close().transform(closed -> store.close());
    }
}
