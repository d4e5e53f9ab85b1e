package io.tfdc.mebo;

/**
 * What a reader is willing to hold for one blob, whatever the blob claims. Claimed counts never size an allocation by
 * themselves: they must also be covered by the bytes that are there.
 *
 * @param maxPayloadBytes longest decompressed payload (timestamps, values, tags, text; each), 1 to 128 MiB
 * @param maxPointsPerMetric most points of one metric, at least 1
 * @param maxTotalPoints most points of all metrics of one blob, at least 1
 */
public record MeboLimits(int maxPayloadBytes, int maxPointsPerMetric, long maxTotalPoints) {
    /** The limit of the Go library for the output of every codec. */
    public static final int MAX_DECOMPRESSED_BYTES = 128 << 20;

    /** 128 MiB per payload, 2^24 points per metric, 2^28 points per blob. */
    public static final MeboLimits DEFAULT = new MeboLimits(MAX_DECOMPRESSED_BYTES, 1 << 24, 1L << 28);

    public MeboLimits {
        if (maxPayloadBytes < 1 || maxPayloadBytes > MAX_DECOMPRESSED_BYTES) {
            throw new IllegalArgumentException(
                    "maxPayloadBytes: expected 1.." + MAX_DECOMPRESSED_BYTES + ", found " + maxPayloadBytes);
        }
        if (maxPointsPerMetric < 1) {
            throw new IllegalArgumentException("maxPointsPerMetric: expected at least 1, found " + maxPointsPerMetric);
        }
        if (maxTotalPoints < 1) {
            throw new IllegalArgumentException("maxTotalPoints: expected at least 1, found " + maxTotalPoints);
        }
    }
}
