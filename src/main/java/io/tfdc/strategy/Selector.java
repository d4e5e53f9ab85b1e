package io.tfdc.strategy;

import io.tfdc.yaml.YamlPosition;
import java.util.List;

/**
 * Names charts of a run: indicator ids, patterns of ids, {@code *} for all, SVID names or patterns, or whole keys
 * {@code svid/window/statistic}, of which every part may be a pattern.
 *
 * @param names alternatives, at least one
 * @param at where it stands
 */
record Selector(List<Glob> names, YamlPosition at) {
    Selector {
        names = List.copyOf(names);
    }

    boolean isSingleName() {
        return names.size() == 1 && names.get(0).isExact();
    }

    @Override
    public String toString() {
        return String.join(", ", names.stream().map(Glob::text).toList());
    }
}
