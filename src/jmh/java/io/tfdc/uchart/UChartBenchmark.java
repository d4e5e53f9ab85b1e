package io.tfdc.uchart;

import io.tfdc.mebo.NumericOptions;
import io.tfdc.mebo.TimestampEncoding;
import io.tfdc.mebo.ValueEncoding;
import io.tfdc.model.ChamberId;
import io.tfdc.model.LimitSet;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategySource;
import io.tfdc.testing.SampleRuns;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One context of 100 SVIDs x 1,200 points: decode, 6 statistics x 5 steps, limits and rules, in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class UChartBenchmark {
    private static final String STRATEGY = """
            apiVersion: fdc/v1
            strategy: bench
            version: 1
            mode: active
            match: { toolType: TEST }
            chart:
              partitionBy: [tool, chamber, recipe, recipeVersion]
              history: 100
              limits:
                stat: { method: mean-mr, k: 6, baselineRuns: 50 }
            indicators:
              - { svid: "*", step: "*", stat: [mean, std, min, max, range, median] }
            rules:
              - id: outside
                when: { outside: stat, of: "*" }
                severity: alarm
              - id: shift
                when: { nelson: { rules: [1, 2], of: "*" } }
                severity: warning
            """;

    @Param({"gorilla", "alp-shared"})
    private String encoding;

    private TChart chart;
    private RunStrategies strategies;
    private History history;
    private TraceReader reader;
    private UChartCalculator calculator;
    private CalculatedRun calculated;

    @Setup
    public void prepare() {
        NumericOptions options = switch (encoding) {
            case "gorilla" -> NumericOptions.DEFAULT;
            case "gorilla-shared" -> NumericOptions.DEFAULT.withSharedTimestamps(true);
            default ->
                NumericOptions.DEFAULT
                        .withEncodings(TimestampEncoding.DELTA_PACKED, ValueEncoding.ALP)
                        .withSharedTimestamps(true);
        };
        SampleRuns runs = new SampleRuns(100, 1200, 5, options);
        ChamberId chamber = new ChamberId("ETCH01", "A");
        StrategyBook book = StrategyBook.compile(List.of(new StrategySource("bench", STRATEGY)));
        reader = new TraceReader(TraceLimits.DEFAULT);
        calculator = new UChartCalculator(TraceLimits.DEFAULT, new PlanCache());
        ArrayDeque<UChart> past = new ArrayDeque<>();
        Map<String, LimitSet> limits = new HashMap<>();
        for (int number = 0; number < 110; number++) {
            chart = runs.run(chamber, number);
            strategies = book.match(chart.context());
            history = new History(new ArrayList<>(past), limits, List.of());
            calculated = calculator.calculate(chart, strategies);
            Evaluation evaluation = calculated.plan().evaluate(calculated.data(), history);
            evaluation.newLimits().forEach(set -> limits.put(set.strategy(), set));
            past.add(evaluation.uChart());
            if (past.size() > 100) {
                past.remove();
            }
        }
    }

    @Benchmark
    public RunTrace decode() {
        return reader.read(chart);
    }

    @Benchmark
    public CalculatedRun decodeAndCompute() {
        return calculator.calculate(chart, strategies);
    }

    @Benchmark
    public Evaluation limitsAndRules() {
        return calculated.plan().evaluate(calculated.data(), history);
    }

    @Benchmark
    public Evaluation wholeContext() {
        CalculatedRun run = calculator.calculate(chart, strategies);
        return run.plan().evaluate(run.data(), history);
    }
}
