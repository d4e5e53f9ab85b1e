package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The consumers that this process may have, from the wish to create one to the certainty that it is gone. No chamber is in two. */
final class SliceTable {
    private final Map<String, Slice> slices = new LinkedHashMap<>();
    private final Map<ChamberId, Slice> byChamber = new HashMap<>();

    void add(Slice slice) {
        for (ChamberId chamber : slice.chambers()) {
            Slice other = byChamber.putIfAbsent(chamber, slice);
            if (other != null) {
                throw new IllegalStateException(
                        "slice " + slice.name() + ": chamber " + chamber + " is in " + other.name() + " already");
            }
        }
        slices.put(slice.name(), slice);
    }

    void remove(Slice slice) {
        slices.remove(slice.name());
        byChamber.keySet().removeAll(slice.chambers());
    }

    /** The chambers on their way out are out. */
    void shrunk(Slice slice) {
        slice.leaving().forEach(byChamber::remove);
        slice.chambers().removeAll(slice.leaving());
        slice.leaving().clear();
    }

    void clear() {
        slices.clear();
        byChamber.clear();
    }

    @Nullable
    Slice named(String name) {
        return slices.get(name);
    }

    @Nullable
    Slice of(ChamberId chamber) {
        return byChamber.get(chamber);
    }

    boolean has(ChamberId chamber) {
        return byChamber.containsKey(chamber);
    }

    /** A copy, so that slices may be removed on the way. */
    List<Slice> slices() {
        return List.copyOf(slices.values());
    }

    Collection<Slice> live() {
        return Collections.unmodifiableCollection(slices.values());
    }

    Set<ChamberId> chambers() {
        return Collections.unmodifiableSet(byChamber.keySet());
    }

    int size() {
        return slices.size();
    }

    boolean isEmpty() {
        return slices.isEmpty();
    }
}
