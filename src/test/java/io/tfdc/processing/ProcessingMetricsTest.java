package io.tfdc.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.testing.MetricsPage;
import org.junit.jupiter.api.Test;

class ProcessingMetricsTest {
    @Test
    void thePageListsEveryMeter() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new ProcessingMetrics(registry).watch(registry, () -> ProcessingStats.NONE);
        assertEquals(MetricsPage.tableOf(registry), MetricsPage.table("Processing"));
    }
}
