package io.tfdc.cli.backtest;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.RunContext;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.spc.WindowSpec;
import io.tfdc.strategy.RunData;
import io.tfdc.strategy.RunPlan;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.RunTrace;
import io.tfdc.uchart.UChartCalculator;
import java.util.List;

/** A run to judge once more: its samples or, where they are gone, the values that are still stored. */
public sealed interface ReplayedRun {
    RunContext context();

    /** What happened to its chamber, as far as known. */
    List<ChamberEvent> events();

    /** Computes the values that the strategies ask for. */
    CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies);

    /** A run with its samples at hand. */
    record Traced(RunContext context, RunTrace trace) implements ReplayedRun {
        @Override
        public List<ChamberEvent> events() {
            return List.of();
        }

        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            return calculator.calculate(trace, strategies);
        }
    }

    /** A stored T-chart. */
    record Stored(TChart chart, List<ChamberEvent> events) implements ReplayedRun {
        @Override
        public RunContext context() {
            return chart.context();
        }

        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            return calculator.calculate(chart, strategies);
        }
    }

    /** A stored U-chart whose T-chart has expired: indicators that it doesn't have are undefined. */
    record Kept(RunContext context, UChart chart, List<ChamberEvent> events) implements ReplayedRun {
        @Override
        public CalculatedRun calculate(UChartCalculator calculator, RunStrategies strategies) {
            List<String> svids = chart.layout().keys().stream()
                    .map(IndicatorKey::svid)
                    .distinct()
                    .toList();
            List<Integer> steps = chart.layout().keys().stream()
                    .map(key -> WindowSpec.parse(key.window()))
                    .filter(window -> !window.isWholeRun())
                    .map(WindowSpec::step)
                    .distinct()
                    .toList();
            RunPlan plan = strategies.plan(svids, steps);
            double[] values =
                    plan.layout().keys().stream().mapToDouble(chart::value).toArray();
            return new CalculatedRun(plan, new RunData(context, values, List.of()), 0);
        }
    }
}
