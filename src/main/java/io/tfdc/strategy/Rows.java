package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.RunContext;
import io.tfdc.model.UChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The history as rows of values in this run's layout, oldest first, this run last; excluded runs are left out. Values are
 * shared with the U-charts where layouts agree.
 *
 * @param values one row per run
 * @param runs their contexts
 * @param epochFrom first row of the current epoch
 */
@SuppressWarnings("ArrayRecordComponent")
record Rows(double[][] values, RunContext[] runs, int epochFrom) {

    static Rows of(IndicatorLayout layout, RunData data, List<UChart> previous) {
        List<double[]> values = new ArrayList<>(previous.size() + 1);
        List<RunContext> runs = new ArrayList<>(previous.size() + 1);
        Map<IndicatorLayout, int[]> mappings = new IdentityHashMap<>();
        for (UChart chart : previous) {
            int[] mapping = mappings.computeIfAbsent(chart.layout(), from -> mapping(from, layout));
            values.add(mapping.length == 0 ? chart.values() : mapped(chart.values(), mapping));
            runs.add(chart.context());
        }
        values.add(data.values());
        runs.add(data.context());
        return new Rows(values.toArray(new double[0][]), runs.toArray(new RunContext[0]), 0);
    }

    /** Previous runs that count: before this one, not excluded by flag or event. */
    static List<UChart> usable(RunContext run, History history) {
        Set<String> excluded = new HashSet<>();
        for (ChamberEvent event : history.events()) {
            if (event.type().equals(ChamberEvent.EXCLUDE_RUN)) {
                excluded.add(event.subject());
            }
        }
        return history.previous().stream()
                .filter(chart -> !chart.has(UChart.EXCLUDED))
                .filter(chart -> !excluded.contains(chart.id().context()))
                .filter(chart -> isBefore(chart, run))
                .toList();
    }

    static boolean isBefore(UChart chart, RunContext run) {
        return !chart.context().end().isAfter(run.end()) && !chart.id().equals(run.id());
    }

    Rows inEpochSince(long epochStartMicros) {
        return new Rows(values, runs, firstAfter(epochStartMicros));
    }

    /** First row that ended after a time, at most the last. */
    int firstAfter(long micros) {
        int row = runs.length - 1;
        while (row > 0 && Epochs.micros(runs[row - 1].end()) > micros) {
            row--;
        }
        return row;
    }

    /** The chart's values in rows {@code from} to {@code to} (exclusive). */
    double[] column(int chart, int from, int to) {
        double[] column = new double[to - from];
        for (int row = from; row < to; row++) {
            column[row - from] = values[row][chart];
        }
        return column;
    }

    /** Empty where both layouts agree; else per position of {@code to} the position in {@code from}, or -1. */
    static int[] mapping(IndicatorLayout from, IndicatorLayout to) {
        if (from.equals(to)) {
            return new int[0];
        }
        int[] mapping = new int[to.size()];
        for (int i = 0; i < mapping.length; i++) {
            mapping[i] = from.indexOf(to.keys().get(i));
        }
        return mapping;
    }

    private static double[] mapped(double[] values, int[] mapping) {
        double[] row = new double[mapping.length];
        Arrays.setAll(row, i -> mapping[i] < 0 ? Double.NaN : values[mapping[i]]);
        return row;
    }
}
