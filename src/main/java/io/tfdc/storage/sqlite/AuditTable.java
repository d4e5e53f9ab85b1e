package io.tfdc.storage.sqlite;

import io.tfdc.model.AuditEntry;
import io.tfdc.storage.Retention;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.database.SqliteDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Who asked for which change. */
final class AuditTable {
    private final SqliteDatabase database;
    private final Retention retention;
    private final InstantSource clock;

    AuditTable(SqliteDatabase database, Retention retention, InstantSource clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    void put(AuditEntry entry) throws SQLException {
        database.update(
                """
                INSERT INTO audit_log (at, id, caller, address, operation, subject, status, expires)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                StoreKeys.millis(entry.at()),
                entry.id(),
                entry.caller(),
                entry.address(),
                entry.operation(),
                entry.subject(),
                entry.status(),
                now() + retention.uCharts().toSeconds());
    }

    List<AuditEntry> entries(Instant from, Instant to, String beforeId, int max) throws SQLException {
        StoreKeys.checkSpan(from, to);
        return database.query(
                """
                SELECT id, at, caller, address, operation, subject, status FROM audit_log
                WHERE at >= ? AND (at, id) < (?, ?) AND expires > ? ORDER BY at DESC, id DESC LIMIT ?
                """,
                AuditTable::entry,
                StoreKeys.millis(from),
                StoreKeys.millis(to),
                beforeId,
                now(),
                StoreKeys.checkMax(max));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7));
    }

    /** Deletes up to {@code slice} expired entries; returns how many. */
    int purge(int slice) throws SQLException {
        return database.update(
                "DELETE FROM audit_log WHERE rowid IN (SELECT rowid FROM audit_log WHERE expires <= ? LIMIT ?)",
                now(),
                slice);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
