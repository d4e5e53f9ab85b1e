package io.tfdc.coordination;

import java.time.Instant;
import java.util.Optional;

/**
 * A process came into another state. Members tell their own; that one vanished is told by the leader, since it can't itself. Told again every
 * now and then while nothing changes, so that what is kept of a few hours says how everybody stood.
 *
 * @param at time of day where it was seen
 * @param id the member's id, empty without
 * @param incarnation life of the process
 * @param podName name of its pod
 * @param kind what happened
 * @param state its state from now on; its last one if it is no longer there
 * @param leading whether it leads from now on
 * @param version version of the map that it follows, 0 without
 */
public record Transition(
        Instant at,
        Optional<StableId> id,
        String incarnation,
        String podName,
        Kind kind,
        MemberState state,
        boolean leading,
        long version) {

    /** What happened to a process. */
    public enum Kind {
        /** It is in this state. */
        STATE,
        /** It left in order. */
        LEFT,
        /** A leader declared it dead. */
        LOST
    }
}
