package io.tfdc.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bucket of permits per caller, refilled steadily. Knows at most {@value #MOST} callers and forgets the one that was quiet
 * longest; who was forgotten starts with a full bucket. Owned by the API's context.
 */
final class RateLimit {
    private static final int MOST = 10_000;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    private record Bucket(double permits, long at) {}

    /** @param burst permits of a caller that has been quiet */
    RateLimit(double perSecond, int burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
    }

    /** Takes a permit; 0 if there was one, else the seconds until there is one, at least 1. */
    int take(String caller) {
        long now = nanos.getAsLong();
        Bucket before = buckets.getOrDefault(caller, new Bucket(burst, now));
        double refilled = (now - before.at()) * perSecond / TimeUnit.SECONDS.toNanos(1);
        double permits = Math.min(burst, before.permits() + refilled);
        boolean granted = permits >= 1;
        buckets.put(caller, new Bucket(granted ? permits - 1 : permits, now));
        return granted ? 0 : (int) Math.max(1, Math.ceil((1 - permits) / perSecond));
    }
}
