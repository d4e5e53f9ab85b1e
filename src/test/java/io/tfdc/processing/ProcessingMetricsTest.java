package io.tfdc.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.storage.ChartStore;
import io.tfdc.testing.MetricsPage;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class ProcessingMetricsTest {
    @Test
    void thePageListsEveryMeter() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new ProcessingMetrics(registry).watch(registry, () -> ProcessingStats.NONE);
        new MeteredChartStore(nothing(), registry);
        assertEquals(MetricsPage.tableOf(registry), MetricsPage.table("Processing"));
    }

    private static ChartStore nothing() {
        return (ChartStore) Proxy.newProxyInstance(
                ChartStore.class.getClassLoader(),
                new Class<?>[] {ChartStore.class},
                (self, method, arguments) -> Future.failedFuture("nothing is stored here"));
    }
}
