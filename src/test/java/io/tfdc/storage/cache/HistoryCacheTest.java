package io.tfdc.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCacheTest {
    private static final Instant T0 = RandomCharts.START;
    private static final ChamberId CHAMBER = new ChamberId("T", "A");
    private static final IndicatorLayout LAYOUT = RandomCharts.layout(12);

    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final ChartStore file;
    private final RandomCharts charts = new RandomCharts(new Random(1));

    HistoryCacheTest(@TempDir Path folder) {
        file = await(
                SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, InstantSource.system()));
    }

    @AfterEach
    void close() {
        await(file.close());
        kit.close();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private CachedChartStore cached(CacheOptions options) {
        return new CachedChartStore(file, await(HistoryCache.open(vertx, file, options)));
    }

    private UChart chart(ChamberId chamber, String group, int second) {
        return charts.uChart(chamber, "ctx_" + second, group, T0.plusSeconds(second), LAYOUT);
    }

    @Test
    void theFirstRequestMissesAndLaterOnesHitAlsoAfterNewRuns() {
        CachedChartStore store = cached(CacheOptions.DEFAULT);
        for (int i = 0; i < 300; i++) {
            await(file.putUChart(chart(CHAMBER, "g", i)));
        }
        for (int i = 300; i < 340; i++) {
            List<UChart> history = await(store.history(CHAMBER, "g", T0.plusSeconds(i), 100));
            assertEquals(await(file.history(CHAMBER, "g", T0.plusSeconds(i), 100)), history);
            await(store.putUChart(chart(CHAMBER, "g", i)));
        }
        CacheStats stats = store.cache().stats();
        assertEquals(39, stats.hits());
        assertEquals(1, stats.misses());
        assertTrue(stats.runs() < 128 + 40, stats.toString());
    }

    @Test
    void aGroupWithLittleHistoryHitsBecauseAllOfItIsThere() {
        CachedChartStore store = cached(CacheOptions.DEFAULT);
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    i,
                    await(store.history(CHAMBER, "new", T0.plusSeconds(i), 100)).size());
            await(store.putUChart(chart(CHAMBER, "new", i)));
        }
        assertEquals(19, store.cache().stats().hits());
    }

    @Test
    void aPrefetchedChamberHitsAtOnce() {
        List<ChamberId> chambers = new ArrayList<>();
        for (int c = 0; c < 20; c++) {
            ChamberId chamber = new ChamberId("T", "C" + c);
            chambers.add(chamber);
            for (int i = 0; i < 30; i++) {
                await(file.putUChart(chart(chamber, "g" + i % 2, i)));
            }
        }
        CachedChartStore store = cached(CacheOptions.DEFAULT);
        assertEquals(20, await(store.cache().prefetch(chambers)));
        for (ChamberId chamber : chambers) {
            assertEquals(
                    await(file.history(chamber, "g1", Instant.MAX, 10)),
                    await(store.history(chamber, "g1", Instant.MAX, 10)));
            assertEquals(List.of(), await(store.history(chamber, "unheard-of", Instant.MAX, 10)));
        }
        assertEquals(0, store.cache().stats().misses());
    }

    @Test
    void runsWrittenByAnotherOwnerAreSeenAfterInvalidation() {
        CachedChartStore store = cached(CacheOptions.DEFAULT);
        await(store.putUChart(chart(CHAMBER, "g", 1)));
        assertEquals(1, await(store.history(CHAMBER, "g", Instant.MAX, 10)).size());
        await(file.putUChart(chart(CHAMBER, "g", 2)));
        await(store.cache().invalidate(CHAMBER));
        assertEquals(2, await(store.history(CHAMBER, "g", Instant.MAX, 10)).size());
    }

    @Test
    void theMemoryIsBoundedAndTheLongestUnusedChamberGoesFirst() {
        CachedChartStore store = cached(new CacheOptions(2 << 20, 50, 50));
        IndicatorLayout wide = RandomCharts.layout(600);
        for (int c = 0; c < 40; c++) {
            ChamberId chamber = new ChamberId("T", "C" + c);
            for (int i = 0; i < 30; i++) {
                await(store.putUChart(charts.uChart(chamber, "ctx_" + i, "g", T0.plusSeconds(i), wide)));
            }
            assertTrue(
                    store.cache().stats().bytes() <= 2 << 20,
                    store.cache().stats().toString());
        }
        CacheStats stats = store.cache().stats();
        assertTrue(stats.evictions() >= 30, stats.toString());
        assertEquals(40 - stats.evictions(), stats.chambers());
        assertTrue(stats.runs() >= 100, stats.toString());
    }

    @Test
    void answersEqualTheStoresUnderRandomInterleavings() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            interleave("seed " + seed, random, "S" + seed);
        }
    }

    /**
     * Runs arrive early and late, in three groups of three chambers; some are stored twice or in another version, some by another
     * owner before an invalidation; requests overlap with writes of other chambers.
     */
    private void interleave(String seed, Random random, String tool) {
        RandomCharts charts = new RandomCharts(random);
        CachedChartStore store = cached(new CacheOptions(1 << 20, 1 + random.nextInt(12), 1 + random.nextInt(12)));
        List<UChart> stored = new ArrayList<>();
        IndicatorLayout layout = RandomCharts.layout(random.nextBoolean() ? 6 : 600);
        for (int step = 0; step < 250; step++) {
            ChamberId chamber = new ChamberId(tool, "C" + random.nextInt(3));
            String group = "g" + random.nextInt(3);
            // Mostly in order, sometimes long ago, often in the same second as another run.
            Instant end = T0.plusSeconds(random.nextInt(8) == 0 ? random.nextInt(step + 1) : step / 2);
            switch (random.nextInt(12)) {
                case 0 -> await(store.cache().invalidate(chamber));
                case 1 -> await(store.cache().prefetch(List.of(chamber)));
                case 2 -> {
                    await(file.putUChart(charts.uChart(chamber, "other_" + step, group, end, layout)));
                    await(store.cache().invalidate(chamber));
                }
                case 3 -> {
                    if (!stored.isEmpty()) {
                        await(store.putUChart(stored.get(random.nextInt(stored.size()))));
                    }
                }
                case 4 -> {
                    if (!stored.isEmpty()) {
                        UChart old = stored.get(random.nextInt(stored.size()));
                        await(store.putUChart(charts.uChart(
                                old.id().chamber(),
                                old.id().context(),
                                group,
                                old.context().end(),
                                layout)));
                    }
                }
                case 5, 6, 7 -> {
                    UChart chart = charts.uChart(chamber, "ctx_" + step, group, end, layout);
                    stored.add(chart);
                    await(store.putUChart(chart));
                }
                case 8 -> {
                    // A request and a write at once: the answer may or may not know the run, later ones do.
                    UChart chart = charts.uChart(chamber, "ctx_" + step, group, end, layout);
                    stored.add(chart);
                    Future<?> reading = store.history(chamber, group, Instant.MAX, 1 + random.nextInt(20));
                    Future<?> loading = store.cache().prefetch(List.of(chamber));
                    await(Future.all(reading, store.putUChart(chart), loading));
                }
                default -> {
                    Instant before = random.nextInt(3) == 0 ? T0.plusSeconds(random.nextInt(step + 1)) : Instant.MAX;
                    int max = 1 + random.nextInt(20);
                    assertEquals(
                            await(file.history(chamber, group, before, max)),
                            await(store.history(chamber, group, before, max)),
                            seed + ", step " + step);
                }
            }
        }
        assertTrue(store.cache().stats().hits() > 0, seed);
        await(store.cache().close());
    }

    @Test
    void aFailedWriteMakesTheChamberUnknown() {
        CachedChartStore store = cached(CacheOptions.DEFAULT);
        await(store.putUChart(chart(CHAMBER, "g", 1)));
        await(store.history(CHAMBER, "g", Instant.MAX, 10));
        await(file.close());
        assertThrows(AssertionError.class, () -> await(store.putUChart(chart(CHAMBER, "g", 2))));
        assertThrows(AssertionError.class, () -> await(store.history(CHAMBER, "g", Instant.MAX, 10)));
        assertEquals(0, store.cache().stats().runs());
    }
}
