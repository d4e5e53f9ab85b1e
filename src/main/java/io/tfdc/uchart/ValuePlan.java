package io.tfdc.uchart;

import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.spc.IndicatorPlan;
import io.tfdc.spc.IndicatorSpec;
import io.tfdc.spc.Statistic;
import io.tfdc.spc.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the values of a layout are computed: grouped by SVID and window, so that every window's samples are walked once for all its
 * statistics. Immutable and shared between threads; costly to make, so it is kept with the strategy's plan.
 */
final class ValuePlan {
    /** What to compute in one window of one SVID; {@code positions} says where the results go. */
    record WindowValues(int window, IndicatorPlan indicators, int[] positions) {}

    /** What to compute of one SVID; {@code grains} says how coarsely its values move, see {@link Statistic#grain}. */
    record SvidValues(String svid, List<WindowValues> windows, List<Grain> grains) {}

    record Grain(int position, double factor) {}

    private final List<WindowSpec> windows;
    private final List<SvidValues> svids;
    private final int size;
    private final int widest;

    private ValuePlan(List<WindowSpec> windows, List<SvidValues> svids, int size) {
        this.windows = List.copyOf(windows);
        this.svids = List.copyOf(svids);
        this.size = size;
        this.widest = svids.stream()
                .flatMap(svid -> svid.windows().stream())
                .mapToInt(values -> values.indicators().size())
                .max()
                .orElse(0);
    }

    /**
     * Plans the values of a layout.
     *
     * @throws io.tfdc.spc.SpcFormatException if a key's window or statistic can't be read
     */
    static ValuePlan of(IndicatorLayout layout) {
        Map<String, Map<String, List<Integer>>> groups = new LinkedHashMap<>();
        List<IndicatorKey> keys = layout.keys();
        for (int i = 0; i < keys.size(); i++) {
            groups.computeIfAbsent(keys.get(i).svid(), svid -> new LinkedHashMap<>())
                    .computeIfAbsent(keys.get(i).window(), window -> new ArrayList<>())
                    .add(i);
        }
        Map<String, Integer> windowIndex = new LinkedHashMap<>();
        Map<List<IndicatorSpec>, IndicatorPlan> shared = new LinkedHashMap<>();
        Map<String, IndicatorSpec> specs = new LinkedHashMap<>();
        List<SvidValues> svids = new ArrayList<>();
        groups.forEach((svid, byWindow) -> {
            List<WindowValues> values = new ArrayList<>();
            List<Grain> grains = new ArrayList<>();
            byWindow.forEach((window, positions) -> {
                List<IndicatorSpec> statistics = new ArrayList<>();
                for (int position : positions) {
                    IndicatorSpec spec =
                            specs.computeIfAbsent(keys.get(position).statistic(), IndicatorSpec::parse);
                    statistics.add(spec);
                    if (spec.statistic().grain() > 0) {
                        grains.add(new Grain(position, spec.statistic().grain()));
                    }
                }
                values.add(new WindowValues(
                        windowIndex.computeIfAbsent(window, w -> windowIndex.size()),
                        shared.computeIfAbsent(statistics, IndicatorPlan::of),
                        positions.stream().mapToInt(Integer::intValue).toArray()));
            });
            svids.add(new SvidValues(svid, List.copyOf(values), List.copyOf(grains)));
        });
        List<WindowSpec> windows =
                windowIndex.keySet().stream().map(WindowSpec::parse).toList();
        return new ValuePlan(windows, svids, keys.size());
    }

    /** The distinct windows; {@link WindowValues#window()} is a position in this list. */
    List<WindowSpec> windows() {
        return windows;
    }

    List<SvidValues> svids() {
        return svids;
    }

    /** Number of values. */
    int size() {
        return size;
    }

    /** Most statistics in one window. */
    int widest() {
        return widest;
    }
}
