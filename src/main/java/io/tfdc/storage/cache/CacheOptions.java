package io.tfdc.storage.cache;

/**
 * Bounds of the history cache.
 *
 * @param maxBytes memory of the database, at least 1 MiB; 100 MB as a rule
 * @param depth runs kept per chart group, 1 to 1,000; longer requests make a group deeper
 * @param prefetchRuns runs of a chamber, of whatever group, that a prefetch loads, 1 to 1,000
 */
public record CacheOptions(long maxBytes, int depth, int prefetchRuns) {
    public static final CacheOptions DEFAULT = new CacheOptions(100_000_000, 128, 128);

    public CacheOptions {
        if (maxBytes < 1 << 20) {
            throw new IllegalArgumentException("history cache: expected at least 1 MiB, found " + maxBytes + " bytes");
        }
        if (depth < 1 || depth > 1000 || prefetchRuns < 1 || prefetchRuns > 1000) {
            throw new IllegalArgumentException(
                    "history cache: expected 1 to 1000 runs, found depth " + depth + ", prefetch " + prefetchRuns);
        }
    }
}
