package io.tfdc.uchart;

import io.tfdc.spc.DataFinding;
import io.tfdc.spc.IndicatorScratch;
import io.tfdc.spc.Quantisation;
import io.tfdc.spc.SampleRange;
import io.tfdc.spc.Statistic;
import io.tfdc.spc.StepVisit;
import io.tfdc.spc.StepWindows;
import io.tfdc.spc.TimeAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A trace with its cleaned time axes and recipe steps, from which values are computed. Lives for one run on one thread. */
final class WindowedRun {
    private final RunTrace trace;
    private final TimeAxis[] axes;
    private final StepWindows steps;
    private final List<DataFinding> findings = new ArrayList<>();

    WindowedRun(RunTrace trace) {
        this.trace = trace;
        this.axes = new TimeAxis[trace.axisCount()];
        int step = trace.stepSeries();
        if (step < 0) {
            TimeAxis first =
                    axes.length == 0 ? TimeAxis.of(new long[0], 0) : TimeAxis.of(trace.times(0), trace.size(0));
            this.steps = StepWindows.withoutSteps(first);
            if (axes.length > 0) {
                axes[trace.axisOf(0)] = first;
            }
        } else {
            this.steps = StepWindows.of(trace.times(step), trace.values(step), trace.size(step));
            axes[trace.axisOf(step)] = steps.axis();
        }
        findings.addAll(steps.findings());
    }

    /** Step numbers in the order of their first visit. */
    List<Integer> stepNumbers() {
        return steps.visits().stream().map(StepVisit::step).distinct().toList();
    }

    /** What was wrong with the samples seen so far. */
    List<DataFinding> findings() {
        return findings;
    }

    /** Computes the plan's values; NaN for SVIDs that the run doesn't have. */
    double[] values(ValuePlan plan, IndicatorScratch scratch) {
        double[] values = new double[plan.size()];
        Arrays.fill(values, Double.NaN);
        double[] results = new double[plan.widest()];
        SampleRange[][] ranges = new SampleRange[axes.length][];
        Map<String, Integer> index = trace.index();
        for (ValuePlan.SvidValues svid : plan.svids()) {
            Integer series = index.get(svid.svid());
            if (series != null) {
                int axis = trace.axisOf(series);
                if (ranges[axis] == null) {
                    ranges[axis] = resolve(plan, axis(series));
                }
                compute(series, svid, ranges[axis], scratch, results, values);
            }
        }
        return values;
    }

    /** Per value the last digit of its SVID's samples times {@link Statistic#grain}; 0 where there is none. */
    double[] digits(ValuePlan plan) {
        double[] digits = new double[plan.size()];
        Map<String, Integer> index = trace.index();
        for (ValuePlan.SvidValues svid : plan.svids()) {
            Integer series = index.get(svid.svid());
            if (series != null && !svid.grains().isEmpty()) {
                double digit = Quantisation.digitOf(trace.values(series), trace.size(series));
                for (ValuePlan.Grain grain : svid.grains()) {
                    digits[grain.position()] = digit * grain.factor();
                }
            }
        }
        return digits;
    }

    private void compute(
            int series,
            ValuePlan.SvidValues svid,
            SampleRange[] ranges,
            IndicatorScratch scratch,
            double[] results,
            double[] values) {
        TimeAxis axis = axis(series);
        double[] samples = axis.align(trace.values(series));
        int skipped = 0;
        for (ValuePlan.WindowValues window : svid.windows()) {
            skipped = Math.max(
                    skipped,
                    window.indicators().evaluate(axis.times(), samples, ranges[window.window()], scratch, results, 0));
            int[] positions = window.positions();
            for (int i = 0; i < positions.length; i++) {
                values[positions[i]] = results[i];
            }
        }
        if (skipped > 0) {
            findings.add(new DataFinding(DataFinding.Kind.NOT_FINITE, 0, skipped));
        }
    }

    private SampleRange[] resolve(ValuePlan plan, TimeAxis axis) {
        return plan.windows().stream()
                .map(window -> steps.resolve(window, axis))
                .toArray(SampleRange[]::new);
    }

    private TimeAxis axis(int series) {
        int index = trace.axisOf(series);
        if (axes[index] == null) {
            axes[index] = TimeAxis.of(trace.times(series), trace.size(series));
            findings.addAll(axes[index].findings());
        }
        return axes[index];
    }
}
