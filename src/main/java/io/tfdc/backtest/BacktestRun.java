package io.tfdc.backtest;

import io.tfdc.model.RunContext;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.strategy.RunData;
import io.tfdc.strategy.RunPlan;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.RunTrace;
import io.tfdc.uchart.UChartCalculator;
import java.util.List;

/** A run to judge once more: its samples or, where they are gone, the values that were computed from them. */
public sealed interface BacktestRun {
    RunContext context();

    /** Computes the values that the strategies ask for. */
    CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies);

    /** A run with its samples at hand. */
    record Traced(RunTrace trace) implements BacktestRun {
        @Override
        public RunContext context() {
            return trace.context();
        }

        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            return calculator.calculate(trace, strategies);
        }
    }

    /** A stored run with its samples. */
    record Stored(TChart chart) implements BacktestRun {
        @Override
        public RunContext context() {
            return chart.context();
        }

        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            return calculator.calculate(chart, strategies);
        }
    }

    /** A stored run whose samples have expired: indicators that weren't computed then have no value. */
    record ValuesOnly(RunContext context, UChart chart) implements BacktestRun {
        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            RunPlan plan = strategies.plan(chart.layout());
            double[] values =
                    plan.layout().keys().stream().mapToDouble(chart::value).toArray();
            return new CalculatedRun(plan, new RunData(context, values, List.of()), 0);
        }
    }
}
