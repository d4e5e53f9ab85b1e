package io.tfdc.coordination;

import java.util.Optional;

/**
 * How a member stands, for probes, metrics and people.
 *
 * @param state its state
 * @param id its id, empty without
 * @param incarnation its present life
 * @param leaseValid whether it may work
 * @param epoch epoch of the map that it follows, 0 without
 * @param version version of that map, 0 without
 * @param owned chambers that the map gives it
 * @param active chambers in its consumers that it works on
 * @param draining chambers that it is letting go of
 * @param awaited chambers that are its own but not released by others yet
 * @param slices its consumers
 * @param claimAttempts writes of claims since the start
 */
public record MemberView(
        MemberState state,
        Optional<StableId> id,
        String incarnation,
        boolean leaseValid,
        long epoch,
        long version,
        int owned,
        int active,
        int draining,
        int awaited,
        int slices,
        long claimAttempts) {}
