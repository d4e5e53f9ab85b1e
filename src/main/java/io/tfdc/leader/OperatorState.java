package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What operators have asked for and not taken back. Stored under {@link #KEY} in the bucket of assignments.
 *
 * @param paused no chamber moves but orphans
 * @param cordoned members that get no further chambers
 * @param drained members that shall have no chambers; cordoned too
 * @param pins chambers tied to a member
 * @param target intended number of members, empty to follow configuration and platform
 */
public record OperatorState(
        boolean paused,
        SortedSet<StableId> cordoned,
        SortedSet<StableId> drained,
        SortedMap<ChamberId, StableId> pins,
        OptionalInt target) {
    public static final String KEY = "operator";

    public static final OperatorState NONE =
            new OperatorState(false, new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), OptionalInt.empty());
}
