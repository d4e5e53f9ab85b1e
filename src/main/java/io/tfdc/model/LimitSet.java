package io.tfdc.model;

import java.time.Instant;
import java.util.List;

/**
 * The frozen limits of every chart of a chart group, one immutable version. Computed once from a baseline, so that the same
 * run always meets the same limits.
 *
 * @param chamber the chamber
 * @param group chart group, see {@link UChart#group()}
 * @param strategy id of the strategy whose limit rules they follow
 * @param version 1 and counting per chamber, group and strategy
 * @param epoch number of the epoch (re-learn after maintenance or recipe change) that the baseline belongs to, from 0
 * @param validFrom end of the first run judged by them
 * @param origin why this version exists: {@code baseline}, {@code relearn}, {@code manual}
 * @param baseline runs that the limits were computed from, in order
 * @param layout names of the limits
 * @param limits one per layout key
 */
public record LimitSet(
        ChamberId chamber,
        String group,
        String strategy,
        int version,
        int epoch,
        Instant validFrom,
        String origin,
        List<String> baseline,
        IndicatorLayout layout,
        List<ChartLimits> limits) {
    public LimitSet {
        Names.text("chart group", group, 512);
        Names.token("strategy id", strategy, 128);
        if (version < 1 || epoch < 0) {
            throw new IllegalArgumentException("limit set of " + chamber + ": version " + version + ", epoch " + epoch);
        }
        baseline = List.copyOf(baseline);
        limits = List.copyOf(limits);
        if (limits.size() != layout.size()) {
            throw new IllegalArgumentException(
                    "limit set of " + chamber + ": expected " + layout.size() + " limits, found " + limits.size());
        }
    }

    /** The limits of the indicator, or {@link ChartLimits#UNDEFINED}. */
    public ChartLimits of(IndicatorKey key) {
        int position = layout.indexOf(key);
        return position < 0 ? ChartLimits.UNDEFINED : limits.get(position);
    }
}
