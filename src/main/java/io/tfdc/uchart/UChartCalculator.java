package io.tfdc.uchart;

import io.tfdc.model.TChart;
import io.tfdc.spc.IndicatorScratch;
import io.tfdc.strategy.RunData;
import io.tfdc.strategy.RunStrategies;

/**
 * Computes the values of a run: decodes its T-chart, cuts windows by recipe step and walks every window once.
 *
 * <p>One per thread, for its buffers; the results don't refer to them. Plans are shared through the cache.
 */
public final class UChartCalculator {
    private final TraceReader reader;
    private final PlanCache plans;
    private final IndicatorScratch scratch = new IndicatorScratch();

    public UChartCalculator(TraceLimits limits, PlanCache plans) {
        this.reader = new TraceReader(limits);
        this.plans = plans;
    }

    /**
     * Computes a stored run.
     *
     * @throws TraceException if a blob is damaged or the run is larger than the limits allow
     */
    public CalculatedRun calculate(TChart chart, RunStrategies strategies) {
        return calculate(reader.read(chart), strategies);
    }

    /** Computes a run whose samples are at hand. */
    public CalculatedRun calculate(RunTrace trace, RunStrategies strategies) {
        WindowedRun run = new WindowedRun(trace);
        PlanCache.Planned planned = plans.plan(strategies, trace.announced(), run.stepNumbers());
        double[] values = run.values(planned.values(), scratch);
        return new CalculatedRun(
                planned.plan(),
                new RunData(trace.context(), values, run.digits(planned.values()), run.findings()),
                trace.points());
    }
}
