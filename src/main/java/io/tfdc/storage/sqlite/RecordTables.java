package io.tfdc.storage.sqlite;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.LimitSet;
import io.tfdc.model.StrategyVersion;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.codec.LayoutTable;
import io.tfdc.storage.codec.LimitSetCodec;
import io.tfdc.storage.database.SqliteDatabase;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Limits, chamber events, chamber metadata and strategies: few rows, kept for good. */
final class RecordTables {
    private final SqliteDatabase database;
    private final LimitSetCodec codec = new LimitSetCodec(new LayoutTable(4096));

    RecordTables(SqliteDatabase database) {
        this.database = database;
    }

    void putLimits(LimitSet limits) throws SQLException {
        database.update(
                """
                INSERT INTO limit_sets (tool, chamber, grp, strategy, version, stamp, value) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber, grp, strategy, version) DO UPDATE
                SET stamp = excluded.stamp, value = excluded.value
                WHERE excluded.stamp > stamp OR (excluded.stamp = stamp AND excluded.value > value)
                """,
                limits.chamber().tool(),
                limits.chamber().chamber(),
                limits.group(),
                limits.strategy(),
                limits.version(),
                StoreKeys.micros(limits.validFrom()),
                codec.encode(limits));
    }

    List<LimitSet> limits(ChamberId chamber, String group, String strategy, int max) throws SQLException {
        return database.query(
                """
                SELECT value, version FROM limit_sets WHERE tool = ? AND chamber = ? AND grp = ? AND strategy = ?
                ORDER BY version DESC LIMIT ?
                """,
                row -> codec.decode(
                        row.getBytes(1),
                        "limits " + chamber + ", " + group + ", " + strategy + " version " + row.getInt(2)),
                chamber.tool(),
                chamber.chamber(),
                group,
                strategy,
                StoreKeys.checkMax(max));
    }

    void putChamberEvent(ChamberEvent event) throws SQLException {
        database.update(
                """
                INSERT INTO chamber_events (tool, chamber, at, type, subject, nanos, attributes) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber, at, type, subject) DO UPDATE
                SET nanos = excluded.nanos, attributes = excluded.attributes
                """,
                event.chamber().tool(),
                event.chamber().chamber(),
                StoreKeys.millis(event.at()),
                event.type(),
                event.subject(),
                event.at().getNano() % 1_000_000,
                labels(event.attributes()));
    }

    List<ChamberEvent> chamberEvents(ChamberId chamber, Instant from, Instant to) throws SQLException {
        return database.query(
                """
                SELECT at, nanos, type, subject, attributes FROM chamber_events
                WHERE tool = ? AND chamber = ? AND at >= ? AND at < ? ORDER BY at, type, subject
                """,
                row -> new ChamberEvent(
                        chamber,
                        Instant.ofEpochMilli(row.getLong(1)).plusNanos(row.getInt(2)),
                        row.getString(3),
                        row.getString(4),
                        labels(row.getString(5))),
                chamber.tool(),
                chamber.chamber(),
                StoreKeys.millis(from),
                StoreKeys.millis(to));
    }

    void putMetadata(ChamberMetadata metadata) throws SQLException {
        database.update(
                """
                INSERT INTO chamber_metadata (tool, chamber, svids, hertz, nanos, weight, updated) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber) DO UPDATE SET svids = excluded.svids, hertz = excluded.hertz,
                    nanos = excluded.nanos, weight = excluded.weight, updated = excluded.updated
                WHERE excluded.updated >= updated
                """,
                metadata.chamber().tool(),
                metadata.chamber().chamber(),
                metadata.svidCount(),
                metadata.samplingHz(),
                metadata.contextDuration().toNanos(),
                metadata.weight(),
                StoreKeys.millis(metadata.updatedAt()));
    }

    List<ChamberMetadata> metadata() throws SQLException {
        return database.query(
                "SELECT tool, chamber, svids, hertz, nanos, weight, updated FROM chamber_metadata ORDER BY tool, chamber",
                row -> new ChamberMetadata(
                        new ChamberId(row.getString(1), row.getString(2)),
                        row.getInt(3),
                        row.getDouble(4),
                        Duration.ofNanos(row.getLong(5)),
                        row.getLong(6),
                        Instant.ofEpochMilli(row.getLong(7))));
    }

    void putStrategy(StrategyVersion strategy) throws SQLException {
        int written = database.update(
                "INSERT INTO strategies (id, version, yaml, author, stored) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                strategy.id(),
                strategy.version(),
                strategy.yaml(),
                strategy.author(),
                StoreKeys.millis(strategy.storedAt()));
        if (written == 0) {
            String stored = database.query(
                            "SELECT yaml FROM strategies WHERE id = ? AND version = ?",
                            row -> row.getString(1),
                            strategy.id(),
                            strategy.version())
                    .get(0);
            if (!stored.equals(strategy.yaml())) {
                throw new StoreException(
                        "strategy " + strategy.id() + " version " + strategy.version() + " exists with another text",
                        false);
            }
        }
    }

    List<StrategyVersion> strategies() throws SQLException {
        return database.query(
                "SELECT id, version, yaml, author, stored FROM strategies ORDER BY id, version DESC",
                row -> new StrategyVersion(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.ofEpochMilli(row.getLong(5))));
    }

    private static String labels(Map<String, String> labels) {
        JsonObject json = new JsonObject();
        labels.forEach(json::put);
        return json.encode();
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        new JsonObject(text).forEach(entry -> labels.put(entry.getKey(), String.valueOf(entry.getValue())));
        return labels;
    }
}
