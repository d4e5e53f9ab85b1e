package io.tfdc.strategy;

import io.tfdc.model.ChamberId;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.UChart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Judging one run of 600 charts (100 SVIDs, one step, six statistics) against a history of 100 runs; time per run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EvaluationBenchmark {
    private static final String HEAD = """
            apiVersion: fdc/v1
            strategy: bench
            version: 1
            indicators:
              - { id: all, svid: "*", step: 5, stat: [mean, std, min, max, range, median] }
            rules:
              - { id: out, when: { outside: stat, of: "*" }, severity: alarm }
              - { id: nelson, when: { nelson: { rules: [1, 2], of: "*" } }, severity: warning }
            """;
    private static final String MORE = """
              - { id: some, when: { count: { of: [ { outside: { stat: 4 }, of: "*" } ], atLeast: 3 } }, severity: alarm }
              - { id: lasting, when: { consecutive: { runs: 3, cond: { outside: { stat: 3 }, of: "S1*" } } }, severity: alarm }
              - { id: gone, when: { dataQuality: { missing: "*", runs: 2 } }, severity: warning }
            """;
    private static final String EWMA = """
              - { id: drift, when: { ewma: { lambda: 0.1, L: 6, of: "*/mean" } }, severity: warning }
            """;

    @Param({"limits+nelson", "several rules", "several rules+100 EWMA", "learning"})
    public String strategy = "";

    private RunPlan plan;
    private RunData data;
    private History history;

    @Setup
    public void replay() {
        String yaml = HEAD + (strategy.startsWith("several") ? MORE : "") + (strategy.endsWith("EWMA") ? EWMA : "");
        StrategyBook book = StrategyBook.compile(List.of(new StrategySource("bench", yaml)));
        List<String> svids = IntStream.range(0, 100).mapToObj(i -> "S" + i).toList();
        SplittableRandom random = new SplittableRandom(1);
        List<UChart> charts = new ArrayList<>();
        Map<String, LimitSet> limits = new HashMap<>();
        int runs = strategy.equals("learning") ? 45 : 120;
        for (int i = 0; i < runs; i++) {
            Instant end = Instant.ofEpochSecond(1_000_000 + 600L * i);
            RunContext run = new RunContext(
                    new RunId(new ChamberId("T", "C"), "r" + i), end.minusSeconds(60), end, Map.of("recipe", "R"));
            RunStrategies matched = book.match(run);
            plan = matched.plan(svids, List.of(5));
            data = new RunData(
                    run, random.doubles(plan.layout().size(), 99, 101).toArray(), List.of());
            int from = Math.max(0, charts.size() - matched.historyLength());
            history = new History(charts.subList(from, charts.size()), limits, List.of());
            Evaluation evaluation = plan.evaluate(data, history);
            charts.add(new UChart(
                    evaluation.uChart().context(),
                    evaluation.uChart().group(),
                    charts.isEmpty() ? plan.layout() : charts.get(0).layout(),
                    evaluation.uChart().values(),
                    evaluation.uChart().flags(),
                    evaluation.uChart().state()));
            evaluation.newLimits().forEach(set -> limits.put(set.strategy(), set));
        }
    }

    @Benchmark
    public Evaluation evaluate() {
        return plan.evaluate(data, history);
    }
}
