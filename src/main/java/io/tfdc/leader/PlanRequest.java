package io.tfdc.leader;

import io.tfdc.model.ChamberId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a planner starts from.
 *
 * @param chambers every chamber once, in any order
 * @param members ids of the members to assign to, at least one, each once, in any order
 * @param owners present owners; ids that are not members make orphans
 * @param pins chambers that an operator tied to a member; a pin to somebody who is no member has no effect
 * @param closed members that keep what they have and get nothing more but pinned chambers; if that is all of them, none is
 * @param homes where orphans had been before they were scattered, preferred while there is room
 * @param options how hard to try
 */
public record PlanRequest(
        List<ChamberLoad> chambers,
        List<String> members,
        Map<ChamberId, String> owners,
        Set<String> closed,
        Map<ChamberId, String> pins,
        Map<ChamberId, String> homes,
        PlannerOptions options) {
    public PlanRequest {
        chambers = List.copyOf(chambers);
        members = List.copyOf(members);
        owners = Map.copyOf(owners);
        closed = Set.copyOf(closed);
        pins = Map.copyOf(pins);
        homes = Map.copyOf(homes);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("plan: needs at least one member");
        }
        if (new HashSet<>(members).size() != members.size()) {
            throw new IllegalArgumentException("plan: a member occurs twice in " + members);
        }
        HashSet<ChamberId> seen = new HashSet<>(chambers.size() * 2);
        for (ChamberLoad load : chambers) {
            if (!seen.add(load.chamber())) {
                throw new IllegalArgumentException("plan: chamber " + load.chamber() + " occurs twice");
            }
        }
    }

    /** Without closed members. */
    public PlanRequest(
            List<ChamberLoad> chambers,
            List<String> members,
            Map<ChamberId, String> owners,
            Map<ChamberId, String> pins,
            Map<ChamberId, String> homes,
            PlannerOptions options) {
        this(chambers, members, owners, Set.of(), pins, homes, options);
    }

    public static PlanRequest of(
            List<ChamberLoad> chambers, List<String> members, Map<ChamberId, String> owners, PlannerOptions options) {
        return new PlanRequest(chambers, members, owners, Map.of(), Map.of(), options);
    }
}
