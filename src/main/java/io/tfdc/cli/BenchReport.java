package io.tfdc.cli;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What was measured.
 *
 * @param plan what it was about
 * @param tChartBytes bytes of one T-chart
 * @param indicators values of one U-chart
 * @param perSecond runs per second of the backlog
 * @param calculation microseconds that a worker spent on a run
 * @param latency microseconds from the call that publishes a notification to its acknowledgement, at the steady rate
 */
record BenchReport(
        BenchPlan plan, long tChartBytes, int indicators, double perSecond, Histogram calculation, Histogram latency) {

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d SVIDs x %d points, %d steps, %,d bytes, %d indicators, %d chambers, %s%n",
                plan.svids(),
                plan.points(),
                plan.steps(),
                tChartBytes,
                indicators,
                plan.chambers(),
                plan.embedded() ? "embedded" : "servers"));
        text.append(String.format(Locale.ROOT, "backlog of %d: %.1f notifications/s%n", plan.runs(), perSecond));
        text.append(String.format(Locale.ROOT, "calculation        %s%n", percentiles(calculation)));
        if (plan.steadyRuns() > 0) {
            text.append(String.format(Locale.ROOT, "latency at %4.0f/s   %s%n", plan.rate(), percentiles(latency)));
        }
        return text.toString().stripTrailing();
    }

    String json() {
        return new JsonObject()
                .put("embedded", plan.embedded())
                .put("svids", plan.svids())
                .put("points", plan.points())
                .put("steps", plan.steps())
                .put("chambers", plan.chambers())
                .put("tChartBytes", tChartBytes)
                .put("indicators", indicators)
                .put("runs", plan.runs())
                .put("notificationsPerSecond", perSecond)
                .put("calculationMillis", json(calculation))
                .put("steadyRuns", plan.steadyRuns())
                .put("rate", plan.rate())
                .put("latencyMillis", json(latency))
                .encodePrettily();
    }

    private static String percentiles(Histogram micros) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f  p95 %.1f  p99 %.1f  max %.1f ms",
                millis(micros, 50),
                millis(micros, 95),
                millis(micros, 99),
                micros.getMaxValue() / 1000.0);
    }

    private static JsonObject json(Histogram micros) {
        return new JsonObject()
                .put("p50", millis(micros, 50))
                .put("p95", millis(micros, 95))
                .put("p99", millis(micros, 99))
                .put("max", micros.getMaxValue() / 1000.0);
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
