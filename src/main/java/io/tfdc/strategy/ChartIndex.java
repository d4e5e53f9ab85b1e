package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A strategy's charts among the values of a run: which they are and what the strategy calls them. Positions are those of the
 * run's layout.
 */
final class ChartIndex {
    private final IndicatorLayout layout;
    private final int[] positions;
    private final Map<String, List<Integer>> byId = new LinkedHashMap<>();
    private final Map<Integer, List<String>> ids = new HashMap<>();
    private final boolean[] required;
    private final String[] names;

    ChartIndex(StrategyDocument document, IndicatorLayout layout, List<String> svids, List<Integer> steps) {
        this.layout = layout;
        this.required = new boolean[layout.size()];
        this.names = new String[layout.size()];
        TreeSet<Integer> mine = new TreeSet<>();
        for (IndicatorEntry entry : document.indicators()) {
            entry.expand(svids, steps, key -> {
                int position = layout.indexOf(key);
                mine.add(position);
                required[position] |= entry.required();
                if (!entry.id().isEmpty()) {
                    byId.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(position);
                    ids.computeIfAbsent(position, p -> new ArrayList<>()).add(entry.id());
                }
            });
        }
        this.positions = mine.stream().mapToInt(Integer::intValue).toArray();
        for (int position : positions) {
            names[position] = Wording.name(layout.keys().get(position));
        }
    }

    IndicatorLayout layout() {
        return layout;
    }

    /** The strategy's charts, ascending. */
    int[] positions() {
        return positions;
    }

    boolean isRequired(int position) {
        return required[position];
    }

    /** Indicator ids of a chart. */
    List<String> idsOf(int position) {
        return ids.getOrDefault(position, List.of());
    }

    /** The chart in words. */
    String name(int position) {
        return names[position];
    }

    /** The charts that a selector means, ascending: ids first; names that are no id mean SVIDs or whole keys. */
    int[] resolve(Selector selector) {
        TreeSet<Integer> found = new TreeSet<>();
        for (Glob name : selector.names()) {
            if (name.isAny()) {
                return positions.clone();
            }
            boolean isId = false;
            for (Map.Entry<String, List<Integer>> entry : byId.entrySet()) {
                if (name.matches(entry.getKey())) {
                    found.addAll(entry.getValue());
                    isId = true;
                }
            }
            if (!isId) {
                boolean whole = name.text().indexOf('/') >= 0;
                for (int position : positions) {
                    IndicatorKey key = layout.keys().get(position);
                    if (name.matches(key.svid()) || (whole && name.matches(key.toString()))) {
                        found.add(position);
                    }
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The chart that a selector means, or -1 if the run doesn't have it. */
    int resolveOne(Selector selector) {
        int[] found = resolve(selector);
        return found.length == 1 ? found[0] : -1;
    }
}
