package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tfdc.testing.MetricsPage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifecycleMetricsTest {
    private long nanos = 1_000;

    @Test
    void thePageListsEveryMeter() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LifecycleMetrics unused = new LifecycleMetrics(registry, () -> nanos);
        assertEquals(MetricsPage.tableOf(registry), MetricsPage.table("Start and end"), unused::toString);
    }

    @Test
    void theStepsOfTheEndAreExposedInTheirOrder() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LifecycleMetrics metrics = new LifecycleMetrics(registry, () -> nanos);
        metrics.initializationFailed();
        metrics.initializationFailed();
        assertTrue(registry.scrape().contains("defender_shutdowns_total 0.0\n"), registry::scrape);

        metrics.ends(4);
        long seconds = 1;
        for (String step : LifecycleMetrics.STEPS) {
            nanos += TimeUnit.SECONDS.toNanos(seconds++);
            metrics.ended(step);
        }

        String page = registry.scrape();
        for (String line : List.of(
                "defender_initialization_failures_total 2.0",
                "defender_shutdowns_total 1.0",
                "defender_inflight_messages_at_shutdown 4.0",
                "defender_shutdown_duration_seconds_sum{step=\"resign\"} 1.0",
                "defender_shutdown_duration_seconds_sum{step=\"drain\"} 2.0",
                "defender_shutdown_duration_seconds_sum{step=\"release_id\"} 3.0",
                "defender_shutdown_duration_seconds_sum{step=\"processing\"} 4.0",
                "defender_shutdown_duration_seconds_sum{step=\"store\"} 5.0",
                "defender_shutdown_duration_seconds_sum{step=\"broker\"} 6.0")) {
            assertTrue(page.contains(line + '\n'), () -> line + " is not in\n" + page);
        }
        assertEquals(LifecycleMetrics.STEPS, List.copyOf(metrics.millis().keySet()));
    }
}
