package io.tfdc.clustersim;

import java.util.HashMap;
import java.util.Map;

/** The store of results: a write for a run that is there already changes nothing. */
final class SimulatedStore {
    private final Map<Long, String> results = new HashMap<>();
    private long writes;

    static long key(int chamber, long context) {
        return (long) chamber << 32 | context;
    }

    /** Writes the result of a run. */
    void write(int chamber, long context, String writer) {
        writes++;
        results.putIfAbsent(key(chamber, context), writer);
    }

    boolean has(int chamber, long context) {
        return results.containsKey(key(chamber, context));
    }

    int size() {
        return results.size();
    }

    /** Writes accepted, repeated ones included. */
    long writes() {
        return writes;
    }
}
