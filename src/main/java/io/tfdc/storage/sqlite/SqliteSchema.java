package io.tfdc.storage.sqlite;

import io.tfdc.storage.database.SqliteDatabase;
import java.sql.SQLException;

/** The tables of the SQLite store; {@code PRAGMA user_version} says how far a file has come. */
final class SqliteSchema {
    static final int VERSION = 3;

    private static final String[] VERSION_1 = {
        """
        CREATE TABLE t_charts (
            id INTEGER PRIMARY KEY, tool TEXT NOT NULL, chamber TEXT NOT NULL, context TEXT NOT NULL,
            stamp INTEGER NOT NULL, expires INTEGER NOT NULL, manifest BLOB NOT NULL,
            UNIQUE (tool, chamber, context))
        """,
        "CREATE INDEX t_charts_expiry ON t_charts (expires)",
        """
        CREATE TABLE t_chart_blobs (
            chart INTEGER NOT NULL, position INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (chart, position))
        """,
        """
        CREATE TABLE u_charts (
            tool TEXT NOT NULL, chamber TEXT NOT NULL, ended INTEGER NOT NULL, context TEXT NOT NULL, grp TEXT NOT NULL,
            stamp INTEGER NOT NULL, expires INTEGER NOT NULL, value BLOB NOT NULL,
            UNIQUE (tool, chamber, ended, context))
        """,
        "CREATE INDEX u_charts_group ON u_charts (tool, chamber, grp, ended DESC, context DESC)",
        "CREATE INDEX u_charts_expiry ON u_charts (expires)",
        """
        CREATE TABLE defense_events (
            tool TEXT NOT NULL, chamber TEXT NOT NULL, raised INTEGER NOT NULL, id TEXT NOT NULL,
            stamp INTEGER NOT NULL, expires INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE (tool, chamber, raised, id))
        """,
        "CREATE INDEX defense_events_expiry ON defense_events (expires)",
        """
        CREATE TABLE limit_sets (
            tool TEXT NOT NULL, chamber TEXT NOT NULL, grp TEXT NOT NULL, strategy TEXT NOT NULL, version INTEGER NOT NULL,
            stamp INTEGER NOT NULL, value BLOB NOT NULL, PRIMARY KEY (tool, chamber, grp, strategy, version))
        """,
        """
        CREATE TABLE chamber_events (
            tool TEXT NOT NULL, chamber TEXT NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
            nanos INTEGER NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (tool, chamber, at, type, subject)) WITHOUT ROWID
        """,
        """
        CREATE TABLE chamber_metadata (
            tool TEXT NOT NULL, chamber TEXT NOT NULL, svids INTEGER NOT NULL, hertz REAL NOT NULL, nanos INTEGER NOT NULL,
            weight INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (tool, chamber)) WITHOUT ROWID
        """,
        """
        CREATE TABLE strategies (
            id TEXT NOT NULL, version INTEGER NOT NULL, yaml TEXT NOT NULL, author TEXT NOT NULL, stored INTEGER NOT NULL,
            PRIMARY KEY (id, version))
        """
    };

    private static final String[] VERSION_2 = {
        "CREATE INDEX IF NOT EXISTS defense_events_fleet ON defense_events (raised DESC, id DESC)",
        """
        CREATE TABLE IF NOT EXISTS alarm_notes (
            raised INTEGER NOT NULL, alarm TEXT NOT NULL, id TEXT NOT NULL, nanos INTEGER NOT NULL, at INTEGER NOT NULL,
            kind TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, until INTEGER NOT NULL, expires INTEGER NOT NULL,
            PRIMARY KEY (raised, alarm, id))
        """,
        "CREATE INDEX IF NOT EXISTS alarm_notes_expiry ON alarm_notes (expires)",
        """
        CREATE TABLE IF NOT EXISTS strategy_activations (
            id TEXT NOT NULL, at INTEGER NOT NULL, version INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,
            PRIMARY KEY (id, at)) WITHOUT ROWID
        """
    };

    private static final String[] VERSION_3 = {"""
        CREATE TABLE IF NOT EXISTS audit_log (
            at INTEGER NOT NULL, id TEXT NOT NULL, caller TEXT NOT NULL, address TEXT NOT NULL, operation TEXT NOT NULL,
            subject TEXT NOT NULL, status INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (at, id))
        """, "CREATE INDEX IF NOT EXISTS audit_log_expiry ON audit_log (expires)"
    };

    private SqliteSchema() {}

    /** Creates or completes the tables. */
    static void apply(SqliteDatabase database) throws SQLException {
        long version = database.number("PRAGMA user_version");
        if (version > VERSION) {
            throw new SQLException("the file has schema version " + version + ", this program knows " + VERSION);
        }
        if (version < 1) {
            step(database, VERSION_1, 1);
        }
        if (version < 2) {
            step(database, VERSION_2, 2);
        }
        if (version < 3) {
            step(database, VERSION_3, 3);
        }
    }

    private static void step(SqliteDatabase database, String[] statements, int version) throws SQLException {
        database.transaction(() -> {
            for (String statement : statements) {
                database.execute(statement);
            }
            database.execute("PRAGMA user_version = " + version);
        });
    }
}
