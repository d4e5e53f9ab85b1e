package io.tfdc.coordination;

import java.time.Instant;
import java.util.Optional;

/**
 * A member's or a standby's sign of life, at most 1 KB as JSON.
 *
 * @param id the member's id, empty on standby
 * @param claimRevision revision at which this incarnation claimed the id; of two heartbeats for one id the higher one counts. 0 on standby
 * @param incarnation life of the process
 * @param podUid its pod
 * @param podName name of its pod
 * @param build version of the program
 * @param state state of the process
 * @param leading whether it leads
 * @param sequence grows with every heartbeat of the incarnation
 * @param epoch epoch of the map that it follows, 0 without
 * @param version version of that map, 0 without
 * @param chambers chambers that it has in its consumers
 * @param slices number of its consumers
 * @param progress what it does
 * @param sentAt time of day
 */
public record Heartbeat(
        Optional<StableId> id,
        long claimRevision,
        String incarnation,
        String podUid,
        String podName,
        String build,
        MemberState state,
        boolean leading,
        long sequence,
        long epoch,
        long version,
        int chambers,
        int slices,
        Progress progress,
        Instant sentAt) {

    /** Keys of heartbeats without an id begin so. */
    public static final String STANDBY_PREFIX = "standby.";

    /** Where it is stored: the id, or {@code standby.INCARNATION}. */
    public String key() {
        return id.map(StableId::toString).orElse(STANDBY_PREFIX + incarnation);
    }
}
