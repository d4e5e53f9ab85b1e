package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The chambers and what they weigh. A chamber that is no longer listed keeps its owner for a day: messages may still be there. */
final class Catalog {
    private static final long LINGER = Duration.ofHours(24).toNanos();
    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    private final long interval;
    private final long defaultWeight;
    private final TreeMap<ChamberId, Entry> entries = new TreeMap<>();
    private boolean listed;
    private boolean asked;
    private long nextAt;

    private record Entry(ChamberLoad load, long seenAt) {}

    Catalog(LeaderSettings settings) {
        interval = settings.chambersInterval().toNanos();
        defaultWeight = settings.options().defaultWeight();
    }

    /** Asks for the chambers when it is time. */
    void ask(Errands errands, Turn turn) {
        if ((!asked || turn.real() >= nextAt) && errands.send(new LeaderEffect.LoadChambers(), turn)) {
            asked = true;
            nextAt = turn.real() + (listed ? interval : RETRY);
        }
    }

    void loaded(List<ChamberLoad> chambers, Turn turn) {
        chambers.forEach(load -> entries.put(load.chamber(), new Entry(load, turn.nanos())));
        entries.values().removeIf(entry -> turn.nanos() - entry.seenAt() > LINGER);
        listed |= !chambers.isEmpty();
        nextAt = turn.real() + (listed ? interval : RETRY);
    }

    /** Chambers of the map are known even while they are not listed. */
    void follow(AssignmentMap map, long nanos) {
        map.owners()
                .keySet()
                .forEach(chamber -> entries.computeIfAbsent(chamber, c -> new Entry(new ChamberLoad(c, 0), nanos)));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    boolean knows(ChamberId chamber) {
        return entries.containsKey(chamber);
    }

    /** What it is planned with: its weight, or the default where that is not known. */
    long weight(ChamberId chamber) {
        Entry entry = entries.get(chamber);
        return entry == null || entry.load().weight() == 0
                ? defaultWeight
                : entry.load().weight();
    }

    List<ChamberLoad> loads() {
        return entries.values().stream().map(Entry::load).toList();
    }

    /** Loads of some chambers, also of unknown ones. */
    List<ChamberLoad> loads(Collection<ChamberId> chambers) {
        return chambers.stream()
                .map(chamber -> new ChamberLoad(chamber, weight(chamber)))
                .toList();
    }

    /** Chambers that the map gives to nobody. */
    Set<ChamberId> unplaced(AssignmentMap map) {
        Set<ChamberId> unplaced = new HashSet<>(entries.keySet());
        unplaced.removeAll(map.owners().keySet());
        return unplaced;
    }
}
