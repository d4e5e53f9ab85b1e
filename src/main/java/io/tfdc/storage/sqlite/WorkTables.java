package io.tfdc.storage.sqlite;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.StrategyActivation;
import io.tfdc.storage.Retention;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.database.SqliteDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What people do: notes on alarms, and decisions about strategies. */
final class WorkTables {
    /** Stands for no shelf time. */
    private static final long NO_END = 0;

    private final SqliteDatabase database;
    private final Retention retention;
    private final InstantSource clock;

    WorkTables(SqliteDatabase database, Retention retention, InstantSource clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    void putAlarmNote(AlarmNote note) throws SQLException {
        database.update(
                """
                INSERT INTO alarm_notes (raised, alarm, id, nanos, at, kind, author, text, until, expires)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                StoreKeys.millis(note.raisedAt()),
                note.alarm(),
                note.id(),
                note.raisedAt().getNano() % 1_000_000,
                StoreKeys.millis(note.at()),
                note.kind().name(),
                note.by(),
                note.text(),
                note.until().map(StoreKeys::millis).orElse(NO_END),
                now() + retention.uCharts().toSeconds());
    }

    List<AlarmNote> alarmNotes(Instant from, Instant to) throws SQLException {
        StoreKeys.checkSpan(from, to);
        return database.query("""
                SELECT raised, nanos, alarm, id, at, kind, author, text, until FROM alarm_notes
                WHERE raised >= ? AND raised < ? AND expires > ? ORDER BY raised DESC, alarm DESC, id
                """, WorkTables::note, StoreKeys.millis(from), StoreKeys.millis(to), now());
    }

    private static AlarmNote note(ResultSet row) throws SQLException {
        long until = row.getLong(9);
        return new AlarmNote(
                row.getString(3),
                Instant.ofEpochMilli(row.getLong(1)).plusNanos(row.getInt(2)),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)),
                AlarmNote.Kind.valueOf(row.getString(6)),
                row.getString(7),
                row.getString(8),
                until == NO_END ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until)));
    }

    void putActivation(StrategyActivation activation) throws SQLException {
        database.update(
                """
                INSERT INTO strategy_activations (id, at, version, author, reason) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                activation.id(),
                StoreKeys.millis(activation.at()),
                activation.version(),
                activation.by(),
                activation.reason());
    }

    List<StrategyActivation> activations() throws SQLException {
        return database.query(
                "SELECT id, version, author, at, reason FROM strategy_activations ORDER BY id, at DESC",
                row -> new StrategyActivation(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5)));
    }

    /** Deletes up to {@code slice} expired notes; returns how many. */
    int purge(int slice) throws SQLException {
        return database.update(
                "DELETE FROM alarm_notes WHERE rowid IN (SELECT rowid FROM alarm_notes WHERE expires <= ? LIMIT ?)",
                now(),
                slice);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
