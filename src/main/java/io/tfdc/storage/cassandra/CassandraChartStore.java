package io.tfdc.storage.cassandra;

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
import io.tfdc.storage.StoreException;
import io.tfdc.storage.cassandra.Statements.Query;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The chart store on Cassandra 4.1 or later. Writes are upserts stamped with the run's end; between two different versions of a
 * row with one stamp the later one wins by the second, and Cassandra decides within a second. The driver repeats statements on
 * other nodes, asks a second replica for slow histories, and reconnects by itself; what still fails is a {@link StoreException}.
 *
 * <p>One per process: it owns the session. No call blocks; U-charts are encoded and decoded on the caller's thread.
 */
public final class CassandraChartStore implements ChartStore {
    private final Cql cql;
    private final TChartRows tCharts;
    private final UChartRows uCharts;
    private final RecordRows records;
    private final WorkRows work;
    private final AuditRows audit;

    private CassandraChartStore(Cql cql, CassandraOptions options) {
        this.cql = cql;
        this.tCharts = new TChartRows(cql, options.chunkBytes());
        this.uCharts = new UChartRows(cql, options.historyScanRows());
        this.records = new RecordRows(cql);
        this.work = new WorkRows(cql);
        this.audit = new AuditRows(cql);
    }

    /**
     * Connects and prepares all statements. Fails, retryable, if no node can be reached, and, not retryable, if the schema is
     * missing: see {@link SchemaMigrator}.
     */
    public static Future<CassandraChartStore> connect(Vertx vertx, CassandraOptions options) {
        return CassandraSession.connect(vertx, options)
                .compose(client -> Statements.prepare(client, options.keyspace())
                        .map(statements -> new CassandraChartStore(new Cql(client, statements), options))
                        .recover(e -> client.close().transform(closed -> Future.failedFuture(unprepared(options, e)))));
    }

    private static StoreException unprepared(CassandraOptions options, Throwable cause) {
        String hint = CassandraFailure.retryable(cause) ? "" : " (apply the schema first: defender schema apply)";
        return CassandraFailure.of("keyspace " + options.keyspace() + hint, cause);
    }

    @Override
    public Future<Void> putTChart(TChart chart) {
        return checked(() -> tCharts.put(chart));
    }

    @Override
    public Future<Optional<TChart>> getTChart(RunId run) {
        return tCharts.get(run);
    }

    @Override
    public Future<Void> putUChart(UChart chart) {
        return checked(() -> uCharts.put(chart));
    }

    @Override
    public Future<Optional<UChart>> getUChart(RunId run, Instant end) {
        return uCharts.get(run, end);
    }

    @Override
    public Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        return checked(() -> uCharts.history(chamber, group, before, max));
    }

    @Override
    public Future<List<UChart>> uCharts(ChamberId chamber, Instant from, Instant to, int max) {
        return checked(() -> uCharts.between(chamber, from, to, max));
    }

    @Override
    public Future<Void> putDefenseEvents(List<DefenseEvent> events) {
        return records.putDefenseEvents(List.copyOf(events));
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) {
        return checked(() -> records.defenseEvents(chamber, from, to, max));
    }

    @Override
    public Future<Void> putLimits(LimitSet limits) {
        return records.putLimits(limits);
    }

    @Override
    public Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max) {
        return checked(() -> records.limits(chamber, group, strategy, max));
    }

    @Override
    public Future<Void> putChamberEvent(ChamberEvent event) {
        return records.putChamberEvent(event);
    }

    @Override
    public Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to) {
        return records.chamberEvents(chamber, from, to);
    }

    @Override
    public Future<Void> putChamberMetadata(ChamberMetadata metadata) {
        return records.putMetadata(metadata);
    }

    @Override
    public Future<List<ChamberMetadata>> chamberMetadata() {
        return records.metadata();
    }

    @Override
    public Future<Void> putStrategy(StrategyVersion strategy) {
        return records.putStrategy(strategy);
    }

    @Override
    public Future<List<StrategyVersion>> strategies() {
        return records.strategies();
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max) {
        return checked(() -> work.defenseEvents(from, to, max));
    }

    @Override
    public Future<Void> putAlarmNote(AlarmNote note) {
        return work.putAlarmNote(note);
    }

    @Override
    public Future<List<AlarmNote>> alarmNotes(Instant from, Instant to) {
        return checked(() -> work.alarmNotes(from, to));
    }

    @Override
    public Future<Void> putActivation(StrategyActivation activation) {
        return work.putActivation(activation);
    }

    @Override
    public Future<List<StrategyActivation>> activations() {
        return work.activations();
    }

    @Override
    public Future<Void> putAudit(AuditEntry entry) {
        return audit.put(entry);
    }

    @Override
    public Future<List<AuditEntry>> audit(Instant from, Instant to, String beforeId, int max) {
        return checked(() -> audit.entries(from, to, beforeId, max));
    }

    @Override
    public Future<Void> ping() {
        return cql.write("ping", Query.PING);
    }

    @Override
    public Future<Void> close() {
        return cql.close();
    }

    /** A request out of bounds fails its future rather than being thrown. */
    private static <T> Future<T> checked(Supplier<Future<T>> call) {
        try {
            return call.get();
        } catch (StoreException e) {
            return Future.failedFuture(e);
        }
    }
}
