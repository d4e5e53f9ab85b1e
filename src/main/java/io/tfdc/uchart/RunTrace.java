package io.tfdc.uchart;

import io.tfdc.model.RunContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The samples of one run in memory: per SVID a value array, on time stamps that SVIDs share where they are equal. Arrays are
 * lent, not copied: nobody may write to them, and those of a {@link TraceReader} are valid until it reads the next run.
 */
public final class RunTrace {
    private final RunContext context;
    private final List<String> svids;
    private final double[][] values;
    private final int[] axisOf;
    private final long[][] times;
    private final int[] sizes;
    private final int stepSeries;
    private final List<String> missing;

    /**
     * @param svids names, unique
     * @param values one array per SVID, at least as long as its axis
     * @param axisOf index of each SVID's axis
     * @param times per axis the time stamps in microseconds, as they came
     * @param sizes per axis the number of samples
     * @param stepSeries index of the SVID that carries the recipe step, or -1
     * @param missing SVIDs that the run should have and has no samples of
     */
    RunTrace(
            RunContext context,
            List<String> svids,
            double[][] values,
            int[] axisOf,
            long[][] times,
            int[] sizes,
            int stepSeries,
            List<String> missing) {
        this.context = context;
        this.svids = List.copyOf(svids);
        this.values = values;
        this.axisOf = axisOf;
        this.times = times;
        this.sizes = sizes;
        this.stepSeries = stepSeries;
        this.missing = List.copyOf(missing);
    }

    /**
     * A trace from plain arrays on common time stamps, as CSV files have them.
     *
     * @param timesMicros time stamps in microseconds
     * @param series values per SVID in the order to keep, each as long as the time stamps
     * @param stepSvid SVID that carries the recipe step, empty for none
     */
    public static RunTrace of(RunContext context, long[] timesMicros, Map<String, double[]> series, String stepSvid) {
        List<String> names = new ArrayList<>(series.keySet());
        double[][] values = new double[names.size()][];
        for (int i = 0; i < values.length; i++) {
            double[] column = series.getOrDefault(names.get(i), new double[0]);
            if (column.length != timesMicros.length) {
                throw new IllegalArgumentException("trace " + context.id() + ", SVID " + names.get(i) + ": expected "
                        + timesMicros.length + " values, found " + column.length);
            }
            values[i] = column;
        }
        int step = stepSvid.isEmpty() ? -1 : names.indexOf(stepSvid);
        List<String> missing = !stepSvid.isEmpty() && step < 0 ? List.of(stepSvid) : List.of();
        long[][] times = {timesMicros};
        int[] sizes = {timesMicros.length};
        return new RunTrace(context, names, values, new int[values.length], times, sizes, step, missing);
    }

    public RunContext context() {
        return context;
    }

    /** SVIDs that have samples, in T-chart order; positions in this list are the series indices of the other methods. */
    public List<String> svids() {
        return svids;
    }

    /** SVIDs that were announced and have no samples. */
    public List<String> missing() {
        return missing;
    }

    /** Every SVID that the run should have: first those with samples, then {@link #missing()}. */
    public List<String> announced() {
        if (missing.isEmpty()) {
            return svids;
        }
        List<String> all = new ArrayList<>(svids);
        all.addAll(missing);
        return all;
    }

    /** Index of the series that carries the recipe step, or -1 for a run without steps. */
    public int stepSeries() {
        return stepSeries;
    }

    /** Number of samples of a series. */
    public int size(int series) {
        return sizes[axisOf[series]];
    }

    /** Values of a series; may be longer than {@link #size(int)}. Read only. */
    public double[] values(int series) {
        return values[series];
    }

    /** Time stamps of a series in microseconds as they came; may be longer than {@link #size(int)}. Read only. */
    public long[] times(int series) {
        return times[axisOf[series]];
    }

    /** Samples over all series. */
    public long points() {
        long sum = 0;
        for (int axis : axisOf) {
            sum += sizes[axis];
        }
        return sum;
    }

    int axisCount() {
        return sizes.length;
    }

    int axisOf(int series) {
        return axisOf[series];
    }

    /** A copy of a series' values, exactly as long as the series. */
    public double[] copyValues(int series) {
        return Arrays.copyOf(values[series], size(series));
    }

    /** Series index by SVID name. */
    Map<String, Integer> index() {
        Map<String, Integer> index = new HashMap<>(svids.size() * 2);
        for (int i = 0; i < svids.size(); i++) {
            index.put(svids.get(i), i);
        }
        return index;
    }

    @Override
    public String toString() {
        return "RunTrace[" + context.id() + ", " + svids.size() + " SVIDs, " + points() + " points]";
    }
}
