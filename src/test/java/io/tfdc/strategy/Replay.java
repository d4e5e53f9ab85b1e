package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.UChart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A chamber whose runs are made by hand, one every ten minutes, and kept as the store would keep them. */
final class Replay {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration STEP = Duration.ofMinutes(10);

    final StrategyBook book;
    final ChamberId chamber = new ChamberId("ETCH07", "C");
    final List<UChart> charts = new ArrayList<>();
    final List<LimitSet> limits = new ArrayList<>();
    final List<ChamberEvent> events = new ArrayList<>();
    final Map<String, String> attributes = new TreeMap<>(Map.of("toolType", "LAM9600", "recipe", "ALSTACK_1"));
    List<Integer> steps = List.of(5);
    int count;

    Replay(String... documents) {
        List<StrategySource> sources = new ArrayList<>();
        for (int i = 0; i < documents.length; i++) {
            sources.add(new StrategySource("s" + i + ".yaml", documents[i]));
        }
        book = StrategyBook.compile(sources);
    }

    /** A strategy with one chart, SVID X, mean in step 5, id x, learned from 10 runs. */
    static String oneChart(String rules) {
        return """
                apiVersion: fdc/v1
                strategy: one
                version: 1
                chart:
                  learning: { minRuns: 5, onLearning: alarm }
                  limits: { stat: { method: sd, k: 3, baselineRuns: 10 } }
                  afterEpoch: {}
                indicators:
                  - { id: x, svid: X, step: 5, stat: mean }
                rules:
                """ + rules.indent(2);
    }

    Instant at(int run) {
        return START.plus(STEP.multipliedBy(run));
    }

    /** The next run, of SVID X alone. */
    Evaluation run(double value) {
        return run(Map.of("X", value));
    }

    Evaluation run(Map<String, Double> valuesBySvid) {
        return keep(judge(context(count++), valuesBySvid, false));
    }

    /** Runs one after the other; gives the events of all. */
    List<DefenseEvent> runs(double... values) {
        List<DefenseEvent> all = new ArrayList<>();
        for (double value : values) {
            all.addAll(run(value).events());
        }
        return all;
    }

    /** Ten runs alternating around 100: mean 100, sd about 1.05. */
    Replay learned() {
        for (int i = 0; i < 10; i++) {
            run(i % 2 == 0 ? 99 : 101);
        }
        return this;
    }

    RunContext context(int run) {
        return new RunContext(
                new RunId(chamber, "run" + run), at(run).minus(Duration.ofMinutes(5)), at(run), attributes);
    }

    Evaluation judge(RunContext context, Map<String, Double> valuesBySvid, boolean late) {
        RunStrategies matched = book.match(context);
        RunPlan plan = matched.plan(valuesBySvid.keySet().stream().sorted().toList(), steps);
        double[] values = plan.layout().keys().stream()
                .mapToDouble(key -> valuesBySvid.getOrDefault(key.svid(), Double.NaN))
                .toArray();
        return plan.evaluate(new RunData(context, values, List.of()), history(context, matched, late));
    }

    /** What had ended before the run. */
    History history(RunContext run, RunStrategies matched, boolean late) {
        List<UChart> previous = charts.stream()
                .filter(chart -> chart.group().equals(matched.group()))
                .filter(chart -> chart.context().end().isBefore(run.end()))
                .sorted((a, b) -> a.context().end().compareTo(b.context().end()))
                .toList();
        int surplus = Math.max(0, previous.size() - matched.historyLength());
        Map<String, LimitSet> valid = new HashMap<>();
        for (LimitSet set : limits) {
            if (set.group().equals(matched.group()) && !set.validFrom().isAfter(run.end())) {
                valid.merge(set.strategy(), set, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        List<ChamberEvent> before =
                events.stream().filter(e -> e.at().isBefore(run.end())).toList();
        return new History(previous.subList(surplus, previous.size()), valid, before, late);
    }

    Evaluation keep(Evaluation evaluation) {
        charts.removeIf(chart -> chart.id().equals(evaluation.uChart().id()));
        charts.add(evaluation.uChart());
        limits.addAll(evaluation.newLimits());
        return evaluation;
    }

    /** Something that happens between the run before and the next one. */
    Replay happens(String type, String subject) {
        events.add(new ChamberEvent(chamber, at(count).minus(Duration.ofMinutes(6)), type, subject, Map.of()));
        return this;
    }
}
