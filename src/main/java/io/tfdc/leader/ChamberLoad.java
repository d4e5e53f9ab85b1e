package io.tfdc.leader;

import io.tfdc.model.ChamberId;

/**
 * A chamber and what it costs to serve it.
 *
 * @param chamber the chamber
 * @param weight points per context, or any other measure of load that adds up; 0 where nothing is known yet
 */
public record ChamberLoad(ChamberId chamber, long weight) {
    public ChamberLoad {
        if (weight < 0) {
            throw new IllegalArgumentException("weight of " + chamber + ": expected at least 0, found " + weight);
        }
    }
}
