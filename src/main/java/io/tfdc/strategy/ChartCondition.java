package io.tfdc.strategy;

/** A condition about each of several charts: one is enough, or all must hold. */
abstract class ChartCondition implements Condition {
    final int[] charts;
    private final boolean every;

    /** @param every whether it must hold for all charts */
    ChartCondition(int[] charts, boolean every) {
        this.charts = charts;
        this.every = every;
    }

    abstract Truth judge(RunView run, int row, int chart);

    abstract void explain(RunView run, int row, int chart, Violations into);

    @Override
    public final Truth test(RunView run, int row) {
        if (charts.length == 0) {
            return run.unknown(RunView.MISSING, -1);
        }
        Truth truth = judge(run, row, charts[0]);
        Truth decisive = every ? Truth.FALSE : Truth.TRUE;
        for (int i = 1; i < charts.length && truth != decisive; i++) {
            Truth next = judge(run, row, charts[i]);
            truth = every ? truth.and(next) : truth.or(next);
        }
        return truth;
    }

    @Override
    public final void explain(RunView run, int row, Violations into) {
        for (int chart : charts) {
            if (judge(run, row, chart) == Truth.TRUE) {
                explain(run, row, chart, into);
            }
        }
    }

    @Override
    public final int size() {
        return charts.length;
    }

    @Override
    public final Truth testOne(RunView run, int row, int index) {
        return judge(run, row, charts[index]);
    }

    @Override
    public final void explainOne(RunView run, int row, int index, Violations into) {
        explain(run, row, charts[index], into);
    }
}
