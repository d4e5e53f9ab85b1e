package io.tfdc.scenarios;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A map of assignments as it was seen from outside.
 *
 * @param seenAt when the watch got it
 * @param owners id by chamber
 * @param releasing chambers that a former owner may still have
 */
record MapVersion(
        long epoch,
        long version,
        String cause,
        Instant seenAt,
        Map<ChamberId, String> owners,
        Set<ChamberId> releasing) {

    static MapVersion of(AssignmentMap map, Instant seenAt) {
        Map<ChamberId, String> owners = new TreeMap<>();
        map.owners().forEach((chamber, id) -> owners.put(chamber, id.toString()));
        return new MapVersion(
                map.epoch(),
                map.version(),
                map.cause().toString(),
                seenAt,
                owners,
                map.releasing().keySet());
    }

    Set<String> members() {
        return new TreeSet<>(owners.values());
    }

    Set<ChamberId> ownedBy(String id) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(id))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Chambers whose owner differs. */
    int movedSince(MapVersion earlier) {
        return (int) owners.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(earlier.owners.get(entry.getKey())))
                .count();
    }

    /** The largest member's weight by the mean weight. */
    double imbalance(Map<ChamberId, Long> weights) {
        Map<String, Long> loads = new TreeMap<>();
        owners.forEach((chamber, id) -> loads.merge(id, weights.get(chamber), Long::sum));
        long total = loads.values().stream().mapToLong(Long::longValue).sum();
        long largest = loads.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return total == 0 ? 0 : (double) largest * loads.size() / total;
    }

    @Override
    public String toString() {
        return "map " + epoch + '.' + version + ' ' + cause + ", " + owners.size() + " chambers on "
                + members().size() + (releasing.isEmpty() ? "" : ", " + releasing.size() + " releasing");
    }
}
