package io.tfdc.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The U-chart points of one run: one number per SVID, window and statistic, and what the next run needs to continue from
 * here. Arrays are shared, not copied: nobody may write to them.
 *
 * @param context the run
 * @param group chart group within the chamber, the value of the strategy's partition attributes (recipe and version as a
 *     rule); charts of different groups never mix
 * @param layout names of the values
 * @param values one per layout key; NaN where the indicator is undefined in this run
 * @param flags bit set of {@link #EXCLUDED}, {@link #LATE}, {@link #INCOMPLETE}
 * @param state rule state after this run (EWMA, CUSUM, latches, cool-downs) per strategy id, opaque to everybody but the
 *     strategy engine
 */
public record UChart(
        RunContext context,
        String group,
        IndicatorLayout layout,
        double[] values,
        int flags,
        Map<String, byte[]> state) {
    /** Not part of the history that limits and rules look at. */
    public static final int EXCLUDED = 1;
    /** Arrived after a later run of its group had been processed. */
    public static final int LATE = 2;
    /** Some expected SVID or window was missing. */
    public static final int INCOMPLETE = 4;

    public UChart {
        Names.text("chart group", group, 512);
        if (values.length != layout.size()) {
            throw new IllegalArgumentException(
                    "U-chart " + context.id() + ": expected " + layout.size() + " values, found " + values.length);
        }
        state = Map.copyOf(state);
    }

    public RunId id() {
        return context.id();
    }

    /** The value of the indicator, or NaN if the chart doesn't have it. */
    public double value(IndicatorKey key) {
        int position = layout.indexOf(key);
        return position < 0 ? Double.NaN : values[position];
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UChart that
                && context.equals(that.context)
                && group.equals(that.group)
                && layout.equals(that.layout)
                && Arrays.equals(values, that.values)
                && flags == that.flags
                && sameState(state, that.state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(context, group, Arrays.hashCode(values), flags);
    }

    @Override
    public String toString() {
        return "UChart[" + context.id() + ", group=" + group + ", " + values.length + " values, flags=" + flags + ']';
    }

    private static boolean sameState(Map<String, byte[]> a, Map<String, byte[]> b) {
        return a.keySet().equals(b.keySet())
                && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
    }
}
