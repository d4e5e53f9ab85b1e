package io.tfdc.strategy;

import io.tfdc.model.ChartLimits;
import io.tfdc.spc.HotellingT2;
import io.tfdc.spc.Moments;
import io.tfdc.spc.PcaMonitor;
import io.tfdc.spc.SingularCovarianceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several charts together: Hotelling's T2, or the residual of principal components. The baseline is the epoch's first
 * {@code minRuns} runs in the history in which all charts have values; unknown while there are fewer.
 */
final class MultivariateCondition implements Condition {
    private final int[] charts;
    private final ConditionSpec.Multivariate spec;

    MultivariateCondition(int[] charts, ConditionSpec.Multivariate spec) {
        this.charts = charts;
        this.spec = spec;
    }

    private record Judgement(double statistic, double limit) {}

    @Override
    public Truth test(RunView run, int row) {
        Judgement judgement = judge(run, row);
        if (Double.isNaN(judgement.statistic()) || Double.isNaN(judgement.limit())) {
            return Truth.UNKNOWN;
        }
        return Truth.of(judgement.statistic() > judgement.limit());
    }

    @Override
    public void explain(RunView run, int row, Violations into) {
        Judgement judgement = judge(run, row);
        String name = spec.components() > 0 ? "SPE" : "T2";
        into.circumstance(name + " of " + charts.length + " charts is " + Wording.number(judgement.statistic())
                + ", above " + Wording.number(judgement.limit()) + " (from " + spec.minRuns() + " runs)");
        List<double[]> baseline = baseline(run, row);
        double[] values = values(run, row);
        for (int i = 0; i < charts.length; i++) {
            int position = i;
            double[] column = baseline.stream().mapToDouble(b -> b[position]).toArray();
            Moments moments = Moments.of(column);
            double z = (values[i] - moments.mean()) / moments.std();
            into.add(
                    charts[i],
                    Math.abs(z),
                    spec.components() > 0 ? "spe" : "t2",
                    run.charts.name(charts[i]) + " is " + Wording.number(values[i]) + ", " + Wording.number(z)
                            + " standard deviations from its mean " + Wording.number(moments.mean()),
                    new ChartLimits(
                            moments.mean(),
                            moments.std(),
                            Double.NEGATIVE_INFINITY,
                            Double.POSITIVE_INFINITY,
                            baseline.size()),
                    0,
                    row);
        }
    }

    private Judgement judge(RunView run, int row) {
        double[] values = values(run, row);
        if (charts.length == 0 || !Arrays.stream(values).allMatch(RunView::isFinite)) {
            run.unknown(RunView.MISSING, charts.length == 0 ? -1 : charts[0]);
            return new Judgement(Double.NaN, Double.NaN);
        }
        List<double[]> baseline = baseline(run, row);
        if (baseline.size() < spec.minRuns() || baseline.size() < charts.length + 2) {
            run.unknown(RunView.LEARNING, charts[0]);
            return new Judgement(Double.NaN, Double.NaN);
        }
        double[][] runs = baseline.toArray(new double[0][]);
        try {
            if (spec.components() == 0) {
                HotellingT2 t2 = HotellingT2.of(runs);
                return new Judgement(t2.statistic(values), t2.phase2Limit(spec.alpha()));
            }
            PcaMonitor pca = PcaMonitor.of(runs, Math.min(spec.components(), charts.length));
            return new Judgement(pca.spe(values), pca.speLimit(spec.alpha()));
        } catch (SingularCovarianceException e) {
            run.unknown(RunView.NO_SPREAD, charts[0]);
            return new Judgement(Double.NaN, Double.NaN);
        }
    }

    private List<double[]> baseline(RunView run, int row) {
        List<double[]> baseline = new ArrayList<>();
        for (int i = run.epochFrom; i < row && baseline.size() < spec.minRuns(); i++) {
            double[] values = values(run, i);
            if (Arrays.stream(values).allMatch(RunView::isFinite)) {
                baseline.add(values);
            }
        }
        return baseline;
    }

    private double[] values(RunView run, int row) {
        double[] values = new double[charts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = run.value(charts[i], row);
        }
        return values;
    }
}
