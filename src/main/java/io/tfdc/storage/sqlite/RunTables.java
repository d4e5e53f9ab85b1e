package io.tfdc.storage.sqlite;

import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.Retention;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.codec.DefenseEventJson;
import io.tfdc.storage.codec.LayoutTable;
import io.tfdc.storage.codec.TChartManifest;
import io.tfdc.storage.codec.UChartCodec;
import io.tfdc.storage.database.SqliteDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a run leaves behind, each row with a stamp and a time to live. A row is replaced by one with a later stamp; between equal
 * stamps the one that lives longer wins, then the greater value, so that the order of writing doesn't matter.
 */
final class RunTables {
    private static final int ONE_CHUNK = 1 << 30;
    private static final String NEWER = """
             WHERE excluded.stamp > stamp OR expires <= ?
                OR (excluded.stamp = stamp AND (excluded.expires > expires
                    OR (excluded.expires = expires AND excluded.value > value)))
            """;

    private final SqliteDatabase database;
    private final Retention retention;
    private final InstantSource clock;
    private final UChartCodec codec = new UChartCodec(new LayoutTable(4096));

    RunTables(SqliteDatabase database, Retention retention, InstantSource clock) {
        this.database = database;
        this.retention = retention;
        this.clock = clock;
    }

    void putTChart(TChart chart) throws SQLException {
        RunId run = chart.context().id();
        long stamp = StoreKeys.micros(chart.context().end());
        long now = now();
        int written = database.update(
                """
                INSERT INTO t_charts (tool, chamber, context, stamp, expires, manifest) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber, context) DO UPDATE
                SET stamp = excluded.stamp, expires = excluded.expires, manifest = excluded.manifest
                """ + NEWER.replace("value", "manifest"),
                run.chamber().tool(),
                run.chamber().chamber(),
                run.context(),
                stamp,
                now + retention.tCharts().toSeconds(),
                TChartManifest.of(chart, ONE_CHUNK).encode(),
                now);
        if (written == 0) {
            return;
        }
        long id = database.number(
                "SELECT id FROM t_charts WHERE tool = ? AND chamber = ? AND context = ?",
                run.chamber().tool(),
                run.chamber().chamber(),
                run.context());
        database.update("DELETE FROM t_chart_blobs WHERE chart = ?", id);
        for (int i = 0; i < chart.blobs().size(); i++) {
            database.update(
                    "INSERT INTO t_chart_blobs (chart, position, data) VALUES (?, ?, ?)",
                    id,
                    i,
                    chart.blobs().get(i));
        }
    }

    Optional<TChart> getTChart(RunId run) throws SQLException {
        record Found(long id, byte[] manifest) {}
        List<Found> found = database.query(
                "SELECT id, manifest FROM t_charts WHERE tool = ? AND chamber = ? AND context = ? AND expires > ?",
                row -> new Found(row.getLong(1), row.getBytes(2)),
                run.chamber().tool(),
                run.chamber().chamber(),
                run.context(),
                now());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        TChartManifest manifest = TChartManifest.decode(found.get(0).manifest, "T-chart " + run);
        List<byte[]> blobs = database.query(
                "SELECT data FROM t_chart_blobs WHERE chart = ? ORDER BY position",
                row -> row.getBytes(1),
                found.get(0).id);
        return blobs.size() < manifest.chunkCount() ? Optional.empty() : Optional.of(manifest.join(blobs));
    }

    void putUChart(UChart chart) throws SQLException {
        long now = now();
        Instant end = chart.context().end();
        database.update(
                """
                INSERT INTO u_charts (tool, chamber, ended, context, grp, stamp, expires, value)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber, ended, context) DO UPDATE
                SET grp = excluded.grp, stamp = excluded.stamp, expires = excluded.expires, value = excluded.value
                """ + NEWER,
                chart.id().chamber().tool(),
                chart.id().chamber().chamber(),
                StoreKeys.millis(end),
                chart.id().context(),
                chart.group(),
                StoreKeys.micros(end),
                now + retention.uCharts().toSeconds(),
                codec.encode(chart),
                now);
    }

    Optional<UChart> getUChart(RunId run, Instant end) throws SQLException {
        return database
                .query(
                        """
                        SELECT value, context FROM u_charts
                        WHERE tool = ? AND chamber = ? AND ended = ? AND context = ? AND expires > ?
                        """,
                        row -> chart(row, run.chamber()),
                        run.chamber().tool(),
                        run.chamber().chamber(),
                        StoreKeys.millis(end),
                        run.context(),
                        now())
                .stream()
                .findFirst();
    }

    List<UChart> history(ChamberId chamber, String group, Instant before, int max) throws SQLException {
        return database.query(
                """
                SELECT value, context FROM u_charts
                WHERE tool = ? AND chamber = ? AND grp = ? AND ended < ? AND expires > ?
                ORDER BY ended DESC, context DESC LIMIT ?
                """,
                row -> chart(row, chamber),
                chamber.tool(),
                chamber.chamber(),
                group,
                StoreKeys.millis(before),
                now(),
                StoreKeys.checkMax(max));
    }

    List<UChart> uCharts(ChamberId chamber, Instant from, Instant to, int max) throws SQLException {
        return database.query(
                """
                        SELECT value, context FROM u_charts
                        WHERE tool = ? AND chamber = ? AND ended >= ? AND ended < ? AND expires > ?
                        ORDER BY ended DESC, context DESC LIMIT ?
                        """,
                row -> chart(row, chamber),
                chamber.tool(),
                chamber.chamber(),
                StoreKeys.millis(from),
                StoreKeys.millis(to),
                now(),
                StoreKeys.checkMax(max));
    }

    private UChart chart(ResultSet row, ChamberId chamber) throws SQLException {
        return codec.decode(row.getBytes(1), "U-chart " + chamber + ':' + row.getString(2));
    }

    void putDefenseEvent(DefenseEvent event) throws SQLException {
        long now = now();
        database.update(
                """
                INSERT INTO defense_events (tool, chamber, raised, id, stamp, expires, value) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (tool, chamber, raised, id) DO UPDATE
                SET stamp = excluded.stamp, expires = excluded.expires, value = excluded.value
                """ + NEWER,
                event.run().chamber().tool(),
                event.run().chamber().chamber(),
                StoreKeys.millis(event.raisedAt()),
                event.id(),
                StoreKeys.micros(event.raisedAt()),
                now + retention.uCharts().toSeconds(),
                DefenseEventJson.encode(event),
                now);
    }

    List<DefenseEvent> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) throws SQLException {
        return database.query(
                """
                SELECT value, id FROM defense_events
                WHERE tool = ? AND chamber = ? AND raised >= ? AND raised < ? AND expires > ?
                ORDER BY raised DESC, id DESC LIMIT ?
                """,
                row -> DefenseEventJson.decode(row.getString(1), "defense event " + row.getString(2)),
                chamber.tool(),
                chamber.chamber(),
                StoreKeys.millis(from),
                StoreKeys.millis(to),
                now(),
                StoreKeys.checkMax(max));
    }

    List<DefenseEvent> defenseEvents(Instant from, Instant to, int max) throws SQLException {
        StoreKeys.checkSpan(from, to);
        return database.query(
                """
                SELECT value, id FROM defense_events WHERE raised >= ? AND raised < ? AND expires > ?
                ORDER BY raised DESC, id DESC LIMIT ?
                """,
                row -> DefenseEventJson.decode(row.getString(1), "defense event " + row.getString(2)),
                StoreKeys.millis(from),
                StoreKeys.millis(to),
                now(),
                StoreKeys.checkMax(max));
    }

    /** Deletes up to {@code slice} expired rows of each table; returns how many. */
    int purge(int slice) throws SQLException {
        long now = now();
        List<Long> expired =
                database.query("SELECT id FROM t_charts WHERE expires <= ? LIMIT ?", row -> row.getLong(1), now, slice);
        for (long id : expired) {
            database.update("DELETE FROM t_chart_blobs WHERE chart = ?", id);
            database.update("DELETE FROM t_charts WHERE id = ?", id);
        }
        return expired.size() + purge("u_charts", now, slice) + purge("defense_events", now, slice);
    }

    private int purge(String table, long now, int slice) throws SQLException {
        return database.update(
                "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " WHERE expires <= ? LIMIT ?)",
                now,
                slice);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
