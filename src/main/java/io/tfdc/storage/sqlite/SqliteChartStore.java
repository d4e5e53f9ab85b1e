package io.tfdc.storage.sqlite;

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
import io.tfdc.storage.Retention;
import io.tfdc.storage.database.SqliteDatabase;
import io.tfdc.storage.database.SqliteWorker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The chart store on a SQLite file in WAL mode: for demo, simulation and tests, not for production. One connection on the one
 * thread of the worker pool {@code sqlite}; writes that queue up are committed together. A committed write survives the end
 * of the process, though perhaps not a power cut. Expired rows are invisible at once and deleted in slices.
 */
public final class SqliteChartStore implements ChartStore {
    private static final Duration PURGE_EVERY = Duration.ofMinutes(1);
    private static final int PURGE_SLICE = 500;

    private final Vertx vertx;
    private final SqliteWorker worker;
    private final SqliteDatabase database;
    private final GroupCommit writes;
    private final RunTables runs;
    private final RecordTables records;
    private final WorkTables work;
    private final AuditTable audit;
    private final long purgeTimer;

    private SqliteChartStore(
            Vertx vertx, SqliteWorker worker, SqliteDatabase database, Retention retention, InstantSource clock) {
        this.vertx = vertx;
        this.worker = worker;
        this.database = database;
        this.writes = new GroupCommit(database);
        this.runs = new RunTables(database, retention, clock);
        this.records = new RecordTables(database);
        this.work = new WorkTables(database, retention, clock);
        this.audit = new AuditTable(database, retention, clock);
        this.purgeTimer = vertx.setPeriodic(PURGE_EVERY.toMillis(), timer -> purge().onFailure(e -> {}));
    }

    /** Opens the file, creating it and its folder where they are missing. */
    public static Future<SqliteChartStore> open(Vertx vertx, Path file, Retention retention, InstantSource clock) {
        SqliteWorker worker = new SqliteWorker(vertx, "sqlite");
        return worker.run(() -> {
                    Path folder = file.toAbsolutePath().getParent();
                    if (folder != null) {
                        Files.createDirectories(folder);
                    }
                    SqliteDatabase database = SqliteDatabase.open(
                            "jdbc:sqlite:" + file,
                            List.of(
                                    "PRAGMA busy_timeout = 5000",
                                    "PRAGMA journal_mode = WAL",
                                    "PRAGMA synchronous = NORMAL"));
                    try {
                        SqliteSchema.apply(database);
                    } catch (SQLException e) {
                        database.close();
                        throw e;
                    }
                    return database;
                })
                .map(database -> new SqliteChartStore(vertx, worker, database, retention, clock))
                .recover(e -> worker.close(() -> file).transform(closed -> failure("open " + file, e)));
    }

    @Override
    public Future<Void> putTChart(TChart chart) {
        return write("put T-chart " + chart.context().id(), () -> runs.putTChart(chart));
    }

    @Override
    public Future<Optional<TChart>> getTChart(RunId run) {
        return read("get T-chart " + run, () -> runs.getTChart(run));
    }

    @Override
    public Future<Void> putUChart(UChart chart) {
        return write("put U-chart " + chart.id(), () -> runs.putUChart(chart));
    }

    @Override
    public Future<Optional<UChart>> getUChart(RunId run, Instant end) {
        return read("get U-chart " + run, () -> runs.getUChart(run, end));
    }

    @Override
    public Future<List<UChart>> history(ChamberId chamber, String group, Instant before, int max) {
        return read("history of " + chamber, () -> runs.history(chamber, group, before, max));
    }

    @Override
    public Future<List<UChart>> uCharts(ChamberId chamber, Instant from, Instant to, int max) {
        return read("U-charts of " + chamber, () -> runs.uCharts(chamber, from, to, max));
    }

    @Override
    public Future<Void> putDefenseEvents(List<DefenseEvent> events) {
        return write("put " + events.size() + " defense events", () -> {
            for (DefenseEvent event : events) {
                runs.putDefenseEvent(event);
            }
        });
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) {
        return read("defense events of " + chamber, () -> runs.defenseEvents(chamber, from, to, max));
    }

    @Override
    public Future<Void> putLimits(LimitSet limits) {
        return write("put limits of " + limits.chamber(), () -> records.putLimits(limits));
    }

    @Override
    public Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max) {
        return read("limits of " + chamber, () -> records.limits(chamber, group, strategy, max));
    }

    @Override
    public Future<Void> putChamberEvent(ChamberEvent event) {
        return write("put event of " + event.chamber(), () -> records.putChamberEvent(event));
    }

    @Override
    public Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to) {
        return read("events of " + chamber, () -> records.chamberEvents(chamber, from, to));
    }

    @Override
    public Future<Void> putChamberMetadata(ChamberMetadata metadata) {
        return write("put metadata of " + metadata.chamber(), () -> records.putMetadata(metadata));
    }

    @Override
    public Future<List<ChamberMetadata>> chamberMetadata() {
        return read("chamber metadata", records::metadata);
    }

    @Override
    public Future<Void> putStrategy(StrategyVersion strategy) {
        return write("put strategy " + strategy.id(), () -> records.putStrategy(strategy));
    }

    @Override
    public Future<List<StrategyVersion>> strategies() {
        return read("strategies", records::strategies);
    }

    @Override
    public Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max) {
        return read("defense events of all chambers", () -> runs.defenseEvents(from, to, max));
    }

    @Override
    public Future<Void> putAlarmNote(AlarmNote note) {
        return write("put note on alarm " + note.alarm(), () -> work.putAlarmNote(note));
    }

    @Override
    public Future<List<AlarmNote>> alarmNotes(Instant from, Instant to) {
        return read("notes on alarms", () -> work.alarmNotes(from, to));
    }

    @Override
    public Future<Void> putActivation(StrategyActivation activation) {
        return write("put activation of " + activation.id(), () -> work.putActivation(activation));
    }

    @Override
    public Future<List<StrategyActivation>> activations() {
        return read("activations", work::activations);
    }

    @Override
    public Future<Void> putAudit(AuditEntry entry) {
        return write("put audit entry " + entry.id(), () -> audit.put(entry));
    }

    @Override
    public Future<List<AuditEntry>> audit(Instant from, Instant to, String beforeId, int max) {
        return read("audit entries", () -> audit.entries(from, to, beforeId, max));
    }

    @Override
    public Future<Void> ping() {
        return read("ping", () -> database.number("SELECT 1")).mapEmpty();
    }

    /** Deletes everything that has expired, a slice at a time so that other work gets its turn; returns the number of rows. */
    public Future<Integer> purge() {
        return read("purge", () -> {
                    int[] deleted = {0};
                    database.transaction(() ->
                            deleted[0] = runs.purge(PURGE_SLICE) + work.purge(PURGE_SLICE) + audit.purge(PURGE_SLICE));
                    return deleted[0];
                })
                .compose(deleted -> deleted == 0 ? Future.succeededFuture(0) : purge().map(more -> more + deleted));
    }

    /** Waits for what is queued and closes the file. */
    @Override
    public Future<Void> close() {
        vertx.cancelTimer(purgeTimer);
        return worker.close(() -> {
                    database.close();
                    return this;
                })
                .recover(e -> failure("close", e));
    }

    private Future<Void> write(String what, SqliteDatabase.Work work) {
        return worker.run(writes.add(work)).recover(e -> failure(what, e));
    }

    private <T> Future<T> read(String what, Callable<T> query) {
        return worker.run(query).recover(e -> failure(what, e));
    }

    private static <T> Future<T> failure(String what, Throwable cause) {
        return Future.failedFuture(SqliteFailure.of(what, cause));
    }
}
