package io.tfdc.processing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A chart store whose reads and writes are timed, failed ones included. */
public final class MeteredChartStore implements ChartStore {
    private final ChartStore store;
    private final Timer reads;
    private final Timer writes;

    public MeteredChartStore(ChartStore store, MeterRegistry registry) {
        this.store = store;
        this.reads = timer(registry, "defender.cassandra.read.duration", "Reads of the chart store");
        this.writes = timer(registry, "defender.cassandra.write.duration", "Writes of the chart store");
    }

    @Override
    public Future<Void> putTChart(TChart chart) {
        return timed(writes, () -> store.putTChart(chart));
    }

    @Override
    public Future<Optional<TChart>> getTChart(RunId run) {
        return timed(reads, () -> store.getTChart(run));
    }

    @Override
    public Future<Void> putUChart(UChart chart) {
        return timed(writes, () -> store.putUChart(chart));
    }

    @Override
    public Future<Optional<UChart>> getUChart(RunId run, Instant end) {
        return timed(reads, () -> store.getUChart(run, end));
    }

    @Override
    public Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        return timed(reads, () -> store.history(chamber, group, before, max));
    }

    @Override
    public Future<List<UChart>> uCharts(ChamberId chamber, Instant from, Instant to, int max) {
        return timed(reads, () -> store.uCharts(chamber, from, to, max));
    }

    @Override
    public Future<Void> putDefenseEvents(List<DefenseEvent> events) {
        return timed(writes, () -> store.putDefenseEvents(events));
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) {
        return timed(reads, () -> store.defenseEvents(chamber, from, to, max));
    }

    @Override
    public Future<Void> putLimits(LimitSet limits) {
        return timed(writes, () -> store.putLimits(limits));
    }

    @Override
    public Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max) {
        return timed(reads, () -> store.limits(chamber, group, strategy, max));
    }

    @Override
    public Future<Void> putChamberEvent(ChamberEvent event) {
        return timed(writes, () -> store.putChamberEvent(event));
    }

    @Override
    public Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to) {
        return timed(reads, () -> store.chamberEvents(chamber, from, to));
    }

    @Override
    public Future<Void> putChamberMetadata(ChamberMetadata metadata) {
        return timed(writes, () -> store.putChamberMetadata(metadata));
    }

    @Override
    public Future<List<ChamberMetadata>> chamberMetadata() {
        return timed(reads, store::chamberMetadata);
    }

    @Override
    public Future<Void> putStrategy(StrategyVersion strategy) {
        return timed(writes, () -> store.putStrategy(strategy));
    }

    @Override
    public Future<List<StrategyVersion>> strategies() {
        return timed(reads, store::strategies);
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max) {
        return timed(reads, () -> store.defenseEvents(from, to, max));
    }

    @Override
    public Future<Void> putAlarmNote(AlarmNote note) {
        return timed(writes, () -> store.putAlarmNote(note));
    }

    @Override
    public Future<List<AlarmNote>> alarmNotes(Instant from, Instant to) {
        return timed(reads, () -> store.alarmNotes(from, to));
    }

    @Override
    public Future<Void> putActivation(StrategyActivation activation) {
        return timed(writes, () -> store.putActivation(activation));
    }

    @Override
    public Future<List<StrategyActivation>> activations() {
        return timed(reads, () -> store.activations());
    }

    @Override
    public Future<Void> putAudit(AuditEntry entry) {
        return timed(writes, () -> store.putAudit(entry));
    }

    @Override
    public Future<List<AuditEntry>> audit(Instant from, Instant to, String beforeId, int max) {
        return timed(reads, () -> store.audit(from, to, beforeId, max));
    }

    @Override
    public Future<Void> ping() {
        return store.ping();
    }

    @Override
    public Future<Void> close() {
        return store.close();
    }

    private static <T> Future<T> timed(Timer timer, Supplier<Future<T>> call) {
        long start = System.nanoTime();
        return call.get().onComplete(done -> timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        ProcessingMetrics.millis(1, 2, 5, 10, 20, 50, 100, 150, 250, 500, 1000, 2000, 5000))
                .register(registry);
    }
}
