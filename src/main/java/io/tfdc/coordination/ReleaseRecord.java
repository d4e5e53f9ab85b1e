package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.Set;

/**
 * A member's statement of what it has: as of a version of the map its consumers have nothing but what that map gives it, and besides
 * {@code holding}. Stored under {@code released.ID} in the bucket of assignments.
 *
 * @param id the member
 * @param incarnation its incarnation
 * @param epoch epoch of the map
 * @param version version of the map
 * @param holding chambers that the map gives to others and that are still at work here
 */
public record ReleaseRecord(StableId id, String incarnation, long epoch, long version, Set<ChamberId> holding) {
    public static final String PREFIX = "released.";

    public ReleaseRecord {
        holding = Set.copyOf(holding);
    }

    public String key() {
        return PREFIX + id;
    }

    /** Whether the member has let go of a chamber that a version took away from it. */
    public boolean covers(ChamberId chamber, long sinceVersion) {
        return version >= sinceVersion && !holding.contains(chamber);
    }
}
