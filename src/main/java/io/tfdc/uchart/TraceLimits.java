package io.tfdc.uchart;

/**
 * What one run may cost, whatever its blobs claim.
 *
 * @param maxSvids most SVIDs of a run, 1 to 65,536
 * @param maxPoints most samples of a run over all SVIDs, at least 1; every reader keeps up to 16 bytes of buffer per sample
 */
public record TraceLimits(int maxSvids, long maxPoints) {
    /** 20,000 SVIDs and 8,000,000 samples, twice the heaviest chambers of the field. */
    public static final TraceLimits DEFAULT = new TraceLimits(20_000, 8_000_000);

    public TraceLimits {
        if (maxSvids < 1 || maxSvids > 65_536) {
            throw new IllegalArgumentException("maxSvids: expected 1 to 65536, found " + maxSvids);
        }
        if (maxPoints < 1) {
            throw new IllegalArgumentException("maxPoints: expected at least 1, found " + maxPoints);
        }
    }
}
