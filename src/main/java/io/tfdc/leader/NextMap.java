package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds maps from plans. */
final class NextMap {
    private final Catalog catalog;
    private final Holders holders;
    private final boolean shadow;

    NextMap(Catalog catalog, Holders holders, boolean shadow) {
        this.catalog = catalog;
        this.holders = holders;
        this.shadow = shadow;
    }

    /** The first version. */
    AssignmentMap first(long epoch, Set<StableId> members, Plan plan, Instant now) {
        SortedMap<ChamberId, StableId> owners = owners(plan);
        return new AssignmentMap(
                epoch,
                1,
                Lifecycle.POST_COLD_START,
                Cause.COLD_START,
                now,
                now,
                members,
                owners,
                new TreeMap<>(),
                totals(members, owners));
    }

    /** The next version. */
    AssignmentMap next(AssignmentMap before, long epoch, Set<StableId> members, Plan plan, Cause cause, Instant now) {
        SortedMap<ChamberId, StableId> owners = owners(plan);
        long version = before.version() + 1;
        return new AssignmentMap(
                epoch,
                version,
                Lifecycle.STABLE,
                cause,
                before.firstAssignedAt(),
                now,
                members,
                owners,
                shadow ? new TreeMap<>() : holders.next(before, owners, version),
                totals(members, owners));
    }

    /** The same version in the name of a new leader. */
    AssignmentMap inherited(AssignmentMap map, long epoch) {
        return map.withEpoch(epoch);
    }

    /** The same version without the holders that are known to have let go. */
    AssignmentMap cleaned(AssignmentMap map, long epoch) {
        return map.withEpoch(epoch).withReleasing(holders.remaining(map));
    }

    private static SortedMap<ChamberId, StableId> owners(Plan plan) {
        Map<String, StableId> ids = new java.util.HashMap<>();
        TreeMap<ChamberId, StableId> owners = new TreeMap<>();
        plan.owners().forEach((chamber, name) -> owners.put(chamber, ids.computeIfAbsent(name, StableId::parse)));
        return owners;
    }

    private SortedMap<StableId, Total> totals(Set<StableId> members, SortedMap<ChamberId, StableId> owners) {
        TreeMap<StableId, Total> totals = new TreeMap<>();
        members.forEach(id -> totals.put(id, new Total(0, 0)));
        owners.forEach((chamber, id) -> totals.merge(
                id,
                new Total(1, catalog.weight(chamber)),
                (a, b) -> new Total(a.chambers() + b.chambers(), a.weight() + b.weight())));
        return totals;
    }
}
