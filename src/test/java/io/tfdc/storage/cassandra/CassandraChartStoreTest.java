package io.tfdc.storage.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.ChartStoreContract;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.StoreException;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.VertxTestKit;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraChartStoreTest extends ChartStoreContract {
    private VertxTestKit kit;
    private Vertx vertx;
    private CassandraOptions options;
    private CassandraChartStore store;
    private CassandraClient client;

    @BeforeAll
    void open() {
        options = TestKeyspace.options(CassandraServer.shared());
        kit = new VertxTestKit();
        vertx = kit.vertx();
        TestKeyspace.create(vertx, options);
        store = await(CassandraChartStore.connect(vertx, options));
        client = await(CassandraSession.connect(vertx, options));
    }

    @AfterAll
    void close() {
        if (vertx != null) {
            await(client.execute(SimpleStatement.newInstance("DROP KEYSPACE " + options.keyspace())
                    .setExecutionProfileName(CassandraSession.SCHEMA)));
            await(client.close());
            await(store.close());
            kit.close();
        }
    }

    @Override
    protected ChartStore store() {
        return store;
    }

    @Override
    protected Vertx vertx() {
        return vertx;
    }

    private List<Row> cql(String statement, Object... values) {
        return await(client.executeWithFullFetch(
                SimpleStatement.newInstance(statement.replace("KS.", options.keyspace() + '.'), values)));
    }

    @Test
    void bigBlobsLieInCellsOfOneMegabyteAtMost() {
        TChart chart = random.tChart(chamber, "ctx_big", T0, 3, 2_500_000, 10, 1 << 20);
        await(store.putTChart(chart));
        List<Row> rows = cql("""
                SELECT data, chunk_count, context_end FROM KS.t_charts
                WHERE tool_id = ? AND chamber_id = ? AND context_id = ?""", chamber.tool(), chamber.chamber(), "ctx_big");
        assertEquals(5, rows.size());
        for (Row row : rows) {
            assertTrue(row.getBytesUnsafe("data").remaining() <= 1 << 20);
            assertEquals(5, row.getInt("chunk_count"));
            assertEquals(T0, row.getInstant("context_end"));
        }
    }

    @Test
    void aTChartWithAMissingChunkIsEmpty() {
        for (int chunk : new int[] {0, 2}) {
            TChart chart = random.tChart(chamber, "ctx_hole_" + chunk, T0, 3, 2_500_000, 500_000);
            await(store.putTChart(chart));
            cql(
                    "DELETE FROM KS.t_charts WHERE tool_id = ? AND chamber_id = ? AND context_id = ? AND chunk = "
                            + chunk,
                    chamber.tool(),
                    chamber.chamber(),
                    "ctx_hole_" + chunk);
            assertTrue(await(store.getTChart(chart.context().id())).isEmpty(), "chunk " + chunk);
        }
    }

    @Test
    void aDamagedRowNamesItself() {
        UChart chart = random.uChart(chamber, "ctx_bad", "g", T0, RandomCharts.layout(6));
        await(store.putUChart(chart));
        cql(
                "UPDATE KS.u_charts SET value = 0x0102030405 WHERE tool_id = ? AND chamber_id = ? AND ts = ? AND context_id = ?",
                chamber.tool(),
                chamber.chamber(),
                T0,
                "ctx_bad");
        RunId run = chart.id();
        for (StoreException failure : List.of(
                assertThrows(StoreException.class, () -> await(store.getUChart(run, T0))),
                assertThrows(StoreException.class, () -> await(store.history(chamber, "g", T0.plusSeconds(1), 5))))) {
            assertFalse(failure.retryable());
            assertTrue(failure.getMessage().contains(run + " at byte 1"), failure.getMessage());
        }
    }

    @Test
    void rowsAreStampedWithTheRunsEndAndLiveAsLongAsConfigured() {
        await(store.putUChart(random.uChart(chamber, "ctx", "g", T0.plusNanos(1000), RandomCharts.layout(6))));
        Row row = cql(
                        "SELECT writetime(value) AS stamp, ttl(value) AS ttl FROM KS.u_charts WHERE tool_id = ? AND chamber_id = ?",
                        chamber.tool(),
                        chamber.chamber())
                .get(0);
        assertEquals(T0.toEpochMilli() * 1000 + 1, row.getLong("stamp"));
        int year = 365 * 86_400;
        assertTrue(row.getInt("ttl") > year - 3600 && row.getInt("ttl") <= year, "ttl " + row.getInt("ttl"));
    }

    @Test
    void tablesHaveTheirCompactionAndTimeToLive() {
        Map<String, Integer> expected =
                Map.of("t_charts", 3 * 86_400, "u_charts", 365 * 86_400, "defense_events", 365 * 86_400);
        expected.forEach((table, seconds) -> {
            Row row = cql(
                            "SELECT default_time_to_live, compaction FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                            options.keyspace(),
                            table)
                    .get(0);
            assertEquals(seconds, row.getInt("default_time_to_live"), table);
            Map<String, String> compaction = row.getMap("compaction", String.class, String.class);
            assertTrue(compaction.get("class").endsWith("TimeWindowCompactionStrategy"), compaction.toString());
        });
        Row keyspace = cql(
                        "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", options.keyspace())
                .get(0);
        assertEquals(
                "1", keyspace.getMap("replication", String.class, String.class).get("datacenter1"));
    }

    @Test
    void anUnreachableClusterAndAMissingSchemaAreToldApart() {
        CassandraOptions nobody = CassandraOptions.of(
                List.of("127.0.0.1:1"),
                "datacenter1",
                "ks" + UUID.randomUUID().toString().charAt(0));
        StoreException unreachable =
                assertThrows(StoreException.class, () -> await(CassandraChartStore.connect(vertx, nobody)));
        assertTrue(unreachable.retryable(), unreachable.getMessage());
        CassandraOptions empty = CassandraOptions.of(options.hosts(), "datacenter1", "no_such_keyspace");
        StoreException missing =
                assertThrows(StoreException.class, () -> await(CassandraChartStore.connect(vertx, empty)));
        assertFalse(missing.retryable(), missing.getMessage());
        assertTrue(missing.getMessage().contains("defender schema apply"), missing.getMessage());
    }
}
