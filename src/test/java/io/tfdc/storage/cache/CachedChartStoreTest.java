package io.tfdc.storage.cache;

import io.tfdc.storage.ChartStore;
import io.tfdc.storage.ChartStoreContract;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with the cache in front of a file. */
class CachedChartStoreTest extends ChartStoreContract {
    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final ChartStore store;

    CachedChartStoreTest(@TempDir Path folder) {
        ChartStore file = await(
                SqliteChartStore.open(vertx, folder.resolve("charts.db"), Retention.DEFAULT, InstantSource.system()));
        store = new CachedChartStore(file, await(HistoryCache.open(vertx, file, new CacheOptions(8 << 20, 10, 20))));
    }

    @AfterEach
    void close() {
        await(store.close());
        kit.close();
    }

    @Override
    protected ChartStore store() {
        return store;
    }

    @Override
    protected Vertx vertx() {
        return vertx;
    }
}
