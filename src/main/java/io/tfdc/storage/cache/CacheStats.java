package io.tfdc.storage.cache;

/**
 * What the cache did since it was opened.
 *
 * @param hits history requests answered from memory
 * @param misses history requests that went to the store
 * @param evictions chambers dropped for want of space
 * @param bytes memory in use by the database
 * @param chambers chambers with history in memory
 * @param runs U-charts in memory
 */
public record CacheStats(long hits, long misses, long evictions, long bytes, int chambers, long runs) {
    /** Hits per request, 1 before the first request. */
    public double hitRate() {
        long requests = hits + misses;
        return requests == 0 ? 1 : (double) hits / requests;
    }
}
