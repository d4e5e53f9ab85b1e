package io.tfdc.backtest;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.uchart.CalculatedRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The history of one chamber's chart group while its runs are judged one after the other. What a run sees of it is what processing
 * would have loaded for it.
 */
final class GroupReplay {
    /** Kept beyond what strategies look back on, for runs that come late. */
    private static final int SLACK = 100;

    private final List<UChart> charts = new ArrayList<>();
    private final List<LimitSet> limits = new ArrayList<>();

    /** Judges a run and takes it into the history. */
    Evaluation judge(CalculatedRun run, RunStrategies strategies, List<ChamberEvent> events) {
        Instant end = run.data().context().end();
        int length = Math.max(1, strategies.historyLength());
        boolean late = !charts.isEmpty()
                && charts.get(charts.size() - 1).context().end().isAfter(end);
        History history = new History(before(end, length), validAt(end), known(events, end), late);
        Evaluation evaluation = run.plan().evaluate(run.data(), history);
        limits.addAll(evaluation.newLimits());
        keep(evaluation.uChart(), length + SLACK);
        return evaluation;
    }

    private List<UChart> before(Instant end, int length) {
        int to = charts.size();
        if (to > 0 && !charts.get(to - 1).context().end().isBefore(end)) {
            long key = end.toEpochMilli();
            while (to > 0 && charts.get(to - 1).context().end().toEpochMilli() >= key) {
                to--;
            }
        }
        return charts.subList(Math.max(0, to - length), to);
    }

    private Map<String, LimitSet> validAt(Instant end) {
        Map<String, LimitSet> valid = new HashMap<>();
        for (LimitSet set : limits) {
            if (!set.validFrom().isAfter(end)) {
                valid.merge(set.strategy(), set, (a, b) -> a.version() > b.version() ? a : b);
            }
        }
        return valid;
    }

    private static List<ChamberEvent> known(List<ChamberEvent> events, Instant end) {
        Instant from = end.minus(Backtest.EVENT_SPAN);
        return events.stream()
                .filter(event -> event.at().isBefore(end) && !event.at().isBefore(from))
                .toList();
    }

    private void keep(UChart chart, int most) {
        int at = charts.size();
        while (at > 0
                && charts.get(at - 1).context().end().isAfter(chart.context().end())) {
            at--;
        }
        charts.add(at, chart);
        if (charts.size() > 2 * most) {
            charts.subList(0, charts.size() - most).clear();
        }
    }
}
