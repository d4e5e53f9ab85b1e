package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may still have a chamber that was taken away from him. A holder leaves the map when it has confirmed the release or when its consumers
 * have been deleted, and not before.
 */
final class Holders {
    private final long deadline;
    private final Map<StableId, ReleaseRecord> releases = new HashMap<>();
    private final Set<StableId> fenced = new HashSet<>();
    private final Set<Held> cut = new HashSet<>();
    private final Map<Long, Long> versionsSeenAt = new HashMap<>();
    private @Nullable Account account;

    private record Held(ChamberId chamber, Releasing by) {}

    /**
     * @param open chambers not yet released, by holder
     * @param fenced whether the map names holders whose consumers have been deleted
     */
    private record Account(TreeMap<StableId, Set<Held>> open, int chambers, boolean fenced) {}

    Holders(ClusterSettings settings) {
        deadline = settings.releaseDeadline().toNanos();
    }

    void released(ReleaseRecord release) {
        releases.merge(release.id(), release, (known, now) -> now.version() >= known.version() ? now : known);
        account = null;
    }

    /** The map has changed. */
    void follow(AssignmentMap map, long nanos) {
        Set<Long> versions = new HashSet<>();
        Set<Held> named = new HashSet<>();
        map.releasing().forEach((chamber, holders) -> {
            for (Releasing holder : holders) {
                versions.add(holder.sinceVersion());
                named.add(new Held(chamber, holder));
            }
        });
        versionsSeenAt.keySet().retainAll(versions);
        versions.forEach(version -> versionsSeenAt.putIfAbsent(version, nanos));
        cut.retainAll(named);
        account = null;
    }

    /** All consumers of the members are deleted. */
    void fenced(Set<StableId> ids) {
        fenced.addAll(ids);
        account = null;
    }

    /** A member is heard of: it may have consumers again. */
    void heard(StableId id) {
        if (fenced.remove(id)) {
            account = null;
        }
    }

    boolean isFenced(StableId id) {
        return fenced.contains(id);
    }

    /** All consumers of a member that had one of the chambers are deleted. */
    void cut(AssignmentMap map, StableId id, Set<ChamberId> chambers) {
        for (ChamberId chamber : chambers) {
            for (Releasing holder : map.releasing().getOrDefault(chamber, List.of())) {
                if (holder.id().equals(id)) {
                    cut.add(new Held(chamber, holder));
                }
            }
        }
        account = null;
    }

    private boolean mayHold(Held held) {
        ReleaseRecord release = releases.get(held.by().id());
        boolean released =
                release != null && release.covers(held.chamber(), held.by().sinceVersion());
        return !released && !withoutConsumers(held);
    }

    private boolean withoutConsumers(Held held) {
        return cut.contains(held) || fenced.contains(held.by().id());
    }

    private Account account(AssignmentMap map) {
        Account known = account;
        if (known != null) {
            return known;
        }
        TreeMap<StableId, Set<Held>> open = new TreeMap<>();
        Set<ChamberId> chambers = new HashSet<>();
        boolean withoutConsumers = false;
        for (Map.Entry<ChamberId, List<Releasing>> entry : map.releasing().entrySet()) {
            for (Releasing holder : entry.getValue()) {
                Held held = new Held(entry.getKey(), holder);
                withoutConsumers |= withoutConsumers(held);
                if (mayHold(held)) {
                    open.computeIfAbsent(holder.id(), id -> new HashSet<>()).add(held);
                    chambers.add(entry.getKey());
                }
            }
        }
        known = new Account(open, chambers.size(), withoutConsumers);
        account = known;
        return known;
    }

    /** Chambers that somebody besides their owner may have. */
    int openChambers(AssignmentMap map) {
        return map.releasing().isEmpty() ? 0 : account(map).chambers();
    }

    /** Members that have not yet confirmed all they have to release. */
    Set<StableId> open(AssignmentMap map) {
        return map.releasing().isEmpty() ? Set.of() : account(map).open().keySet();
    }

    /** Whether gainers wait for holders that have no consumers any more, so that the map should be written without them. */
    boolean awaitsTheFenced(AssignmentMap map) {
        return !map.releasing().isEmpty() && account(map).fenced();
    }

    /** A holder that has taken too long, and its overdue chambers. */
    Optional<LeaderEffect.FenceSlices> overdue(AssignmentMap map, long nanos) {
        if (map.releasing().isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<StableId, Set<Held>> entry : account(map).open().entrySet()) {
            Set<ChamberId> late = new HashSet<>();
            for (Held held : entry.getValue()) {
                if (nanos - versionsSeenAt.getOrDefault(held.by().sinceVersion(), nanos) > deadline) {
                    late.add(held.chamber());
                }
            }
            if (!late.isEmpty()) {
                return Optional.of(new LeaderEffect.FenceSlices(entry.getKey(), Set.copyOf(late)));
            }
        }
        return Optional.empty();
    }

    /** What the present map says of holders, without those that are known to have let go. */
    SortedMap<ChamberId, List<Releasing>> remaining(AssignmentMap map) {
        return next(map, map.owners(), map.version());
    }

    /** Holders beside the owners of a coming version. */
    SortedMap<ChamberId, List<Releasing>> next(
            AssignmentMap before, SortedMap<ChamberId, StableId> owners, long version) {
        TreeMap<ChamberId, List<Releasing>> next = new TreeMap<>();
        before.releasing().forEach((chamber, holders) -> {
            for (Releasing holder : holders) {
                if (!holder.id().equals(owners.get(chamber)) && mayHold(new Held(chamber, holder))) {
                    next.computeIfAbsent(chamber, c -> new ArrayList<>()).add(holder);
                }
            }
        });
        before.owners().forEach((chamber, owner) -> {
            if (!owner.equals(owners.get(chamber)) && !fenced.contains(owner)) {
                next.computeIfAbsent(chamber, c -> new ArrayList<>()).add(new Releasing(owner, version));
            }
        });
        next.replaceAll((chamber, holders) -> List.copyOf(holders));
        return next;
    }
}
