package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lets standbys claim ids when the cluster is to grow. A grant is repeated until the standby has become a member or has gone. */
final class IdGrants {
    private static final long REPEAT = Duration.ofSeconds(2).toNanos();

    private final int maxMembers;
    private final ChangeWindow window;
    private final Map<String, Granted> granted = new LinkedHashMap<>();

    private record Granted(StableId id, long sentAt) {}

    IdGrants(ClusterSettings settings) {
        maxMembers = settings.maxMembers();
        window = new ChangeWindow(settings.quietTime(), settings.scaleWindow());
    }

    /**
     * @param members members of the map
     * @param held how many of them leave and wait for a successor from among the standbys
     * @return ids granted now for the first time, by incarnation
     */
    SortedMap<String, StableId> update(
            Set<StableId> members, int held, OptionalInt intended, Roster roster, Turn turn) {
        if (granted.isEmpty() && roster.standbyCount() == 0) {
            window.pending(Set.of(), turn.nanos());
            return new TreeMap<>();
        }
        repeat(roster, turn);
        List<String> waiting = roster.standbys().stream()
                .map(Standby::incarnation)
                .filter(incarnation -> !granted.containsKey(incarnation))
                .toList();
        window.pending(new HashSet<>(waiting), turn.nanos());
        Set<StableId> taken = taken(members, roster);
        int free = waiting.size() - held;
        int wanted = intended.isPresent()
                ? Math.min(free, intended.getAsInt() - taken.size())
                : window.due(turn.nanos()) ? free : 0;
        SortedMap<String, StableId> now = new TreeMap<>();
        for (int i = 0; i < wanted; i++) {
            Optional<StableId> id = lowestFree(taken, roster);
            if (id.isEmpty()) {
                break;
            }
            taken.add(id.get());
            now.put(waiting.get(i), id.get());
            granted.put(waiting.get(i), new Granted(id.get(), turn.nanos()));
            turn.emit(new LeaderEffect.Grant(waiting.get(i), id.get()));
        }
        return now;
    }

    private void repeat(Roster roster, Turn turn) {
        Map<String, Granted> again = new HashMap<>();
        for (Iterator<Map.Entry<String, Granted>> all = granted.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Granted> entry = all.next();
            Granted grant = entry.getValue();
            if (!roster.isStandby(entry.getKey()) || !roster.away(grant.id())) {
                all.remove();
            } else if (turn.nanos() - grant.sentAt() >= REPEAT) {
                again.put(entry.getKey(), new Granted(grant.id(), turn.nanos()));
                turn.emit(new LeaderEffect.Grant(entry.getKey(), grant.id()));
            }
        }
        granted.putAll(again);
    }

    private Set<StableId> taken(Set<StableId> members, Roster roster) {
        Set<StableId> taken = new HashSet<>(members);
        roster.members().forEach(member -> taken.add(member.id));
        granted.values().forEach(grant -> taken.add(grant.id()));
        return taken;
    }

    /** The lowest id that is free, if possible one whose last claim has certainly expired. */
    private Optional<StableId> lowestFree(Set<StableId> taken, Roster roster) {
        StableId perhaps = null;
        for (int number = 0; number < maxMembers; number++) {
            StableId id = new StableId(number);
            if (taken.contains(id)) {
                continue;
            }
            if (!roster.claimMayRemain(id)) {
                return Optional.of(id);
            }
            perhaps = perhaps == null ? id : perhaps;
        }
        return Optional.ofNullable(perhaps);
    }
}
