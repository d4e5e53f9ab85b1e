package io.tfdc.storage.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.StoreException;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The only server dies and comes back; the store is not told. */
@Tag("integration")
class CassandraOutageTest {
    private static final Instant T0 = RandomCharts.START;
    private static final ChamberId CHAMBER = new ChamberId("T", "A");

    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final RandomCharts random = new RandomCharts(new Random(4));

    @AfterEach
    void close() throws Exception {
        kit.close();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void callsFailAsRetryableWithinTheTimeOutAndSucceedAfterTheServersReturn() throws Exception {
        CassandraServer server = CassandraServer.shared();
        CassandraOptions options = TestKeyspace.options(server);
        TestKeyspace.create(vertx, options);
        CassandraChartStore store = get(CassandraChartStore.connect(vertx, options));
        TChart tChart = random.tChart(CHAMBER, "ctx", T0, 10, 100_000);
        UChart uChart = random.uChart(CHAMBER, "ctx", "g", T0, RandomCharts.layout(60));
        get(store.putTChart(tChart));
        get(store.putUChart(uChart));
        server.stop();
        try {
            List<Supplier<Future<?>>> calls = List.of(
                    () -> store.putTChart(tChart),
                    () -> store.getTChart(tChart.context().id()),
                    () -> store.putUChart(uChart),
                    () -> store.history(CHAMBER, "g", T0.plusSeconds(1), 10),
                    () -> store.chamberMetadata(),
                    () -> store.ping());
            for (Supplier<Future<?>> call : calls) {
                assertRetryable(call.get());
            }
        } finally {
            server.restart();
        }
        UChart found = eventually(() -> store.getUChart(uChart.id(), T0)).orElseThrow();
        assertEquals(uChart, found);
        get(store.putTChart(tChart));
        assertTrue(RandomCharts.same(
                tChart, get(store.getTChart(tChart.context().id())).orElseThrow()));
        get(store.close());
    }

    private static void assertRetryable(Future<?> call) throws Exception {
        try {
            // Two attempts of ten seconds each at most: the usual consistency and the fallback.
            call.toCompletionStage().toCompletableFuture().get(25, TimeUnit.SECONDS);
            throw new AssertionError("succeeded without a server");
        } catch (ExecutionException e) {
            StoreException failure = (StoreException) e.getCause();
            assertTrue(failure.retryable(), failure.getMessage());
        }
    }

    /** Asks again, as the pipeline does after a retryable failure, until the driver has reconnected. */
    private static <T> T eventually(Supplier<Future<T>> call) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try {
                return get(call.get());
            } catch (ExecutionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
