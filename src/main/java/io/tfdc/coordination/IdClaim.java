package io.tfdc.coordination;

import java.time.Instant;

/**
 * The claim of an id, as stored under the id.
 *
 * @param id the id
 * @param podUid pod of the holder
 * @param podName its name
 * @param incarnation life of the process that holds it
 * @param claimedAt when this incarnation claimed it
 * @param renewedAt when it was renewed last
 */
public record IdClaim(
        StableId id, String podUid, String podName, String incarnation, Instant claimedAt, Instant renewedAt) {

    /**
     * A claim as found in the bucket.
     *
     * @param revision revision to compare and set
     */
    public record Entry(IdClaim claim, long revision) {}
}
