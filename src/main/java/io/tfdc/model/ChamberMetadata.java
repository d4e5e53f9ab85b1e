package io.tfdc.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What the planner knows of a chamber's load.
 *
 * @param chamber the chamber
 * @param svidCount number of SVIDs collected
 * @param samplingHz samples per second and SVID
 * @param contextDuration mean duration of a context
 * @param weight points per context: SVIDs x Hz x seconds
 * @param updatedAt when it was measured
 */
public record ChamberMetadata(
        ChamberId chamber, int svidCount, double samplingHz, Duration contextDuration, long weight, Instant updatedAt) {
    public ChamberMetadata {
        if (svidCount < 0 || !(samplingHz >= 0) || contextDuration.isNegative() || weight < 0) {
            throw new IllegalArgumentException("metadata of " + chamber + ": expected numbers of at least 0, found "
                    + svidCount + " SVIDs, " + samplingHz + " Hz, " + contextDuration + ", weight " + weight);
        }
    }
}
