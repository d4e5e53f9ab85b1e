package io.tfdc.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The indicators of a U-chart in the order of its values. Runs of one recipe share one layout, so that layouts are
 * compared and stored once rather than per run. Immutable; a plain class because the index is derived once.
 */
public final class IndicatorLayout {
    /** More indicators than any run of the field yields (12,000), small enough to bound every array. */
    public static final int MAX_INDICATORS = 100_000;

    private final List<IndicatorKey> keys;
    private final Map<IndicatorKey, Integer> positions;

    /** @throws IllegalArgumentException if a key occurs twice or there are more than {@link #MAX_INDICATORS} */
    public IndicatorLayout(List<IndicatorKey> keys) {
        this.keys = List.copyOf(keys);
        if (this.keys.size() > MAX_INDICATORS) {
            throw new IllegalArgumentException(
                    "U-chart: expected at most " + MAX_INDICATORS + " indicators, found " + keys.size());
        }
        Map<IndicatorKey, Integer> index = new HashMap<>(this.keys.size() * 2);
        for (int i = 0; i < this.keys.size(); i++) {
            if (index.put(this.keys.get(i), i) != null) {
                throw new IllegalArgumentException("U-chart: indicator " + this.keys.get(i) + " occurs twice");
            }
        }
        positions = index;
    }

    /** The keys in value order. */
    public List<IndicatorKey> keys() {
        return keys;
    }

    public int size() {
        return keys.size();
    }

    /** Position of the key's value, or -1. */
    public int indexOf(IndicatorKey key) {
        Integer position = positions.get(key);
        return position == null ? -1 : position;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof IndicatorLayout layout && keys.equals(layout.keys);
    }

    @Override
    public int hashCode() {
        return keys.hashCode();
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
