package io.tfdc.processing;

/**
 * Counters since the start, and what is going on now.
 *
 * @param received deliveries
 * @param processed runs acknowledged, repeated and unmatched ones included
 * @param failed failed attempts
 * @param deadLettered runs given up
 * @param alarms alarms published
 * @param inFlight messages delivered and not settled
 * @param oldestInFlightMillis age of the oldest of them, 0 without
 * @param heldBytes T-chart bytes in memory
 * @param cacheHits histories found in the cache
 * @param cacheMisses histories read from the store
 * @param paused why nothing is started now, empty in normal operation
 */
public record ProcessingStats(
        long received,
        long processed,
        long failed,
        long deadLettered,
        long alarms,
        int inFlight,
        long oldestInFlightMillis,
        long heldBytes,
        long cacheHits,
        long cacheMisses,
        String paused) {
    /** Published every second while processing runs. */
    public static final String ADDRESS = "processing.stats";

    public static final ProcessingStats NONE = new ProcessingStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");

    /** Share of histories found in the cache, 0 before the first. */
    public double cacheHitRate() {
        long lookups = cacheHits + cacheMisses;
        return lookups == 0 ? 0 : (double) cacheHits / lookups;
    }
}
