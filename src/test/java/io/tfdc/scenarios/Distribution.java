package io.tfdc.scenarios;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Measured times, sorted. */
record Distribution(List<Duration> sorted) {
    static Distribution of(Collection<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times);
        sorted.sort(null);
        return new Distribution(List.copyOf(sorted));
    }

    /** @param share 0 to 1 */
    Duration quantile(double share) {
        if (sorted.isEmpty()) {
            return Duration.ZERO;
        }
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, Math.min(sorted.size() - 1, index)));
    }

    Duration max() {
        return quantile(1);
    }

    /** Count, median, 95th percentile and largest, in ms. */
    JsonObject toJson() {
        return new JsonObject()
                .put("n", sorted.size())
                .put("p50", quantile(0.5).toMillis())
                .put("p95", quantile(0.95).toMillis())
                .put("p99", quantile(0.99).toMillis())
                .put("max", max().toMillis());
    }
}
