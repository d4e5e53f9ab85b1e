package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who owns what. Stored under {@link #KEY} in the bucket of assignments.
 *
 * @param epoch the writer's epoch
 * @param version grows by one with every change of owners, from 1; a new leader's copy and the end of a release keep it
 * @param lifecycle how far the cluster has come
 * @param cause why this version was written
 * @param firstAssignedAt when version 1 was written
 * @param writtenAt when this version was written
 * @param members ids that chambers are assigned to, with or without chambers
 * @param owners owner of every chamber
 * @param releasing chambers that others may still have in a consumer, and who
 * @param totals chambers and weight per member
 */
public record AssignmentMap(
        long epoch,
        long version,
        Lifecycle lifecycle,
        Cause cause,
        Instant firstAssignedAt,
        Instant writtenAt,
        Set<StableId> members,
        SortedMap<ChamberId, StableId> owners,
        SortedMap<ChamberId, List<Releasing>> releasing,
        SortedMap<StableId, Total> totals) {

    public static final String KEY = "current";

    /** How far the cluster has come. */
    public enum Lifecycle {
        COLD_START,
        POST_COLD_START,
        STABLE
    }

    /** Why a version was written. */
    public enum Cause {
        COLD_START,
        SCALE_UP,
        SCALE_DOWN,
        CRASH,
        REBALANCE,
        WEIGHTS,
        NEW_CHAMBERS,
        OPERATOR,
        GRAY_FAILURE,
        /** Leadership began or ended. Of entries in the log of decisions only. */
        LEADERSHIP
    }

    /**
     * A member that may still have a chamber.
     *
     * @param id the member
     * @param sinceVersion the version that took the chamber away from it
     */
    public record Releasing(StableId id, long sinceVersion) {}

    /** What a member owns. */
    public record Total(int chambers, long weight) {}

    public AssignmentMap {
        members = Collections.unmodifiableSet(new java.util.TreeSet<>(members));
        owners = Collections.unmodifiableSortedMap(new TreeMap<>(owners));
        releasing = Collections.unmodifiableSortedMap(new TreeMap<>(releasing));
        totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
    }

    /** The same with other holders beside the owners. */
    public AssignmentMap withReleasing(Map<ChamberId, List<Releasing>> holders) {
        return new AssignmentMap(
                epoch,
                version,
                lifecycle,
                cause,
                firstAssignedAt,
                writtenAt,
                members,
                owners,
                new TreeMap<>(holders),
                totals);
    }

    /** The same in the name of another leader. */
    public AssignmentMap withEpoch(long successor) {
        return new AssignmentMap(
                successor, version, lifecycle, cause, firstAssignedAt, writtenAt, members, owners, releasing, totals);
    }

    /** Chambers of a member. */
    public Set<ChamberId> ownedBy(StableId id) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
