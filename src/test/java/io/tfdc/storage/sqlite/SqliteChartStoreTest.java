package io.tfdc.storage.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.AuditEntry;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.ChartStoreContract;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.Retention;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.database.SqliteDatabase;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteChartStoreTest extends ChartStoreContract {
    private static final Retention RETENTION = new Retention(Duration.ofDays(3), Duration.ofDays(365));

    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final Path folder;
    private ChartStore store;

    SqliteChartStoreTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = open();
    }

    @AfterEach
    void close() {
        await(store.close());
        kit.close();
    }

    private Path file() {
        return folder.resolve("deep").resolve("charts.db");
    }

    private SqliteChartStore open() {
        return await(SqliteChartStore.open(vertx, file(), RETENTION, now::get));
    }

    @Override
    protected ChartStore store() {
        return store;
    }

    @Override
    protected Vertx vertx() {
        return vertx;
    }

    @Test
    void chartsSurviveAReopenedFile() {
        UChart chart = random.uChart(chamber, "ctx", "g", T0, RandomCharts.layout(600));
        await(store.putUChart(chart));
        await(store.close());
        store = open();
        assertEquals(chart, await(store.getUChart(chart.id(), T0)).orElseThrow());
    }

    @Test
    void expiredRowsVanishAtOnceAndArePurgedInSlices() {
        TChart chart = random.tChart(chamber, "ctx", T0, 5, 1000, 1000);
        await(store.putTChart(chart));
        for (int i = 0; i < 1300; i++) {
            store.putUChart(random.uChart(chamber, "ctx_" + i, "g", T0.plusSeconds(i), RandomCharts.layout(6)));
        }
        await(store.putAudit(new AuditEntry("e1", T0, "kim", "", "clusterCommand", "command=pause", 200)));
        SqliteChartStore sqlite = (SqliteChartStore) store;
        assertEquals(0, await(sqlite.purge()));
        now.set(T0.plus(Duration.ofDays(3)).plusSeconds(1));
        assertTrue(await(store.getTChart(chart.context().id())).isEmpty());
        assertEquals(1, await(sqlite.purge()));
        assertEquals(10, await(store.history(chamber, "g", Instant.MAX, 10)).size());
        assertEquals(1, await(store.audit(T0, T0.plusSeconds(1), "", 10)).size());
        now.set(T0.plus(Duration.ofDays(366)));
        assertEquals(List.of(), await(store.audit(T0, T0.plusSeconds(1), "", 10)));
        assertEquals(List.of(), await(store.history(chamber, "g", Instant.MAX, 10)));
        assertEquals(1301, await(sqlite.purge()));
        await(store.putTChart(chart));
        assertTrue(await(store.getTChart(chart.context().id())).isPresent());
    }

    @Test
    void aCorruptRowNamesItselfAndTheOffset() throws SQLException {
        UChart chart = random.uChart(chamber, "ctx", "g", T0, RandomCharts.layout(60));
        await(store.putUChart(chart));
        await(store.putTChart(random.tChart(chamber, "ctx", T0, 3, 1000)));
        await(store.close());
        try (SqliteDatabase database = SqliteDatabase.open("jdbc:sqlite:" + file(), List.of())) {
            database.execute("UPDATE u_charts SET value = substr(value, 1, 100)");
            database.execute("UPDATE t_chart_blobs SET data = zeroblob(1000)");
        }
        store = open();
        for (RunId run : List.of(chart.id())) {
            StoreException uChart = assertThrows(StoreException.class, () -> await(store.getUChart(run, T0)));
            assertFalse(uChart.retryable());
            assertTrue(uChart.getMessage().contains(run + " at byte 96"), uChart.getMessage());
            StoreException tChart = assertThrows(StoreException.class, () -> await(store.getTChart(run)));
            assertFalse(tChart.retryable());
            assertTrue(tChart.getMessage().contains(run.toString()), tChart.getMessage());
        }
    }

    @Test
    void aFileOfALaterVersionIsRefused() throws SQLException {
        await(store.close());
        try (SqliteDatabase database = SqliteDatabase.open("jdbc:sqlite:" + file(), List.of())) {
            database.execute("PRAGMA user_version = 99");
        }
        assertThrows(StoreException.class, this::open);
        try (SqliteDatabase database = SqliteDatabase.open("jdbc:sqlite:" + file(), List.of())) {
            database.execute("PRAGMA user_version = 1");
        }
        store = open();
    }
}
