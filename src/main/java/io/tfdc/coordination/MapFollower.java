package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The map as this process follows it. Maps of a lower epoch than the last leader's are somebody's who was deposed, and what is not newer
 * than the last one brings nothing. What the map gives to the own id is worked out once per map.
 */
final class MapFollower {
    private final ReleaseLedger ledger = new ReleaseLedger();

    private Optional<AssignmentMap> map = Optional.empty();
    private Optional<StableId> self = Optional.empty();
    private long revision;
    private long leaderEpoch;
    private boolean replayed;
    private long changedAt;
    private Set<ChamberId> owned = Set.of();
    private Set<ChamberId> awaited = Set.of();

    /** Takes a map; says whether it is followed from now on. */
    boolean seen(MemberEvent.MapSeen event, long nanos) {
        AssignmentMap next = event.map();
        boolean deposed = next.epoch() < leaderEpoch;
        boolean older = map.isPresent()
                && (event.revision() <= revision
                        || next.epoch() < map.get().epoch()
                        || next.epoch() == map.get().epoch()
                                && next.version() < map.get().version());
        if (deposed || older) {
            return false;
        }
        if (map.isEmpty() || map.get().version() != next.version()) {
            changedAt = nanos;
        }
        map = Optional.of(next);
        revision = event.revision();
        apply();
        return true;
    }

    void seen(LeaderRecord leader) {
        leaderEpoch = Math.max(leaderEpoch, leader.epoch());
    }

    void seen(ReleaseRecord release) {
        ledger.seen(release);
        if (!awaited.isEmpty()) {
            awaited = stillHeld(awaited);
        }
    }

    void replayed() {
        replayed = true;
    }

    /** Whose chambers are looked for. */
    void follow(Optional<StableId> id) {
        if (!id.equals(self)) {
            self = id;
            apply();
        }
    }

    private void apply() {
        owned = map.isPresent() && self.isPresent() ? map.get().ownedBy(self.get()) : Set.of();
        awaited = stillHeld(owned);
    }

    private Set<ChamberId> stillHeld(Set<ChamberId> candidates) {
        if (map.isEmpty() || map.get().releasing().isEmpty()) {
            return Set.of();
        }
        Set<ChamberId> held = new HashSet<>();
        for (ChamberId chamber : candidates) {
            for (AssignmentMap.Releasing holder : map.get().releasing().getOrDefault(chamber, List.of())) {
                if (!self.equals(Optional.of(holder.id())) && !ledger.covers(holder, chamber, map.get())) {
                    held.add(chamber);
                }
            }
        }
        return held;
    }

    Optional<AssignmentMap> map() {
        return map;
    }

    /** Whether all that was stored at the start has been seen. */
    boolean isReplayed() {
        return replayed;
    }

    long epoch() {
        return map.map(AssignmentMap::epoch).orElse(0L);
    }

    long version() {
        return map.map(AssignmentMap::version).orElse(0L);
    }

    /** When the version changed last. */
    long changedAt() {
        return changedAt;
    }

    /** Chambers that the map gives to this process. */
    Set<ChamberId> owned() {
        return owned;
    }

    /** Those of them that another member may still have in a consumer. */
    Set<ChamberId> awaited() {
        return awaited;
    }

    /**
     * Whether the chamber's next owner waits until this process has released it. A chamber that was given away without waiting, as those of
     * the dead are, is lost with all that is at work for it.
     */
    boolean isReleasing(ChamberId chamber) {
        List<AssignmentMap.Releasing> holders =
                map.map(present -> present.releasing().get(chamber)).orElse(List.of());
        return holders.stream().anyMatch(holder -> self.equals(Optional.of(holder.id())));
    }

    /** Whether the chamber is this process's and nobody else may have it. */
    boolean isClear(ChamberId chamber) {
        return owned.contains(chamber) && !awaited.contains(chamber);
    }
}
