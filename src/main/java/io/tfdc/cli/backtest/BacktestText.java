package io.tfdc.cli.backtest;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints results for people. */
public final class BacktestText {
    private final PrintWriter out;
    private final int mostAlarms;

    /** @param mostAlarms alarms listed per set of strategies */
    public BacktestText(PrintWriter out, int mostAlarms) {
        this.out = out;
        this.mostAlarms = mostAlarms;
    }

    public void print(List<BacktestResult> results) {
        for (BacktestResult result : results) {
            print(result);
        }
        if (results.size() == 2) {
            difference(results.get(0), results.get(1));
            difference(results.get(1), results.get(0));
        }
    }

    private void print(BacktestResult result) {
        out.printf(
                Locale.ROOT,
                "%s: %d runs, %d judged, %d alarmed, %d alarms%s%n",
                result.name(),
                result.runs(),
                result.runs() - result.unmatchedRuns(),
                result.alarmedRuns().size(),
                result.alarms().size(),
                result.suppressedEvents() > 0 ? ", " + result.suppressedEvents() + " suppressed" : "");
        if (result.unmatchedRuns() > 0) {
            out.printf("  %d runs match no strategy: --attribute NAME=VALUE labels them%n", result.unmatchedRuns());
        }
        if (result.goodRuns() > 0) {
            out.printf(
                    Locale.ROOT,
                    "  good runs alarmed  %d of %d (%.1f %%)%n",
                    result.goodRunsAlarmed(),
                    result.goodRuns(),
                    100 * result.falseAlarmRate());
        }
        if (!result.byFault().isEmpty()) {
            int found = result.byFault().values().stream()
                    .mapToInt(BacktestResult.Score::found)
                    .sum();
            int all = result.byFault().values().stream()
                    .mapToInt(BacktestResult.Score::runs)
                    .sum();
            out.printf("  faults found       %d of %d%n", found, all);
            result.byFault()
                    .forEach((fault, score) -> out.printf(
                            "    %-16s %d of %d%s%n",
                            fault, score.found(), score.runs(), score.found() < score.runs() ? "  missed" : ""));
        }
        result.byRule().entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .forEach(rule -> out.printf("  rule %-24s %d alarms%n", rule.getKey(), rule.getValue()));
        alarms(result.alarms());
        out.println();
    }

    private void alarms(List<DefenseEvent> alarms) {
        for (DefenseEvent alarm : alarms.subList(0, Math.min(mostAlarms, alarms.size()))) {
            String fault = alarm.context().getOrDefault("fault", "");
            out.printf(
                    "  %s  %s %s%s: %s%n",
                    alarm.raisedAt(),
                    alarm.severity().name().toLowerCase(Locale.ROOT),
                    alarm.run(),
                    fault.isEmpty() ? "" : " [" + fault + "]",
                    alarm.reason());
        }
        if (alarms.size() > mostAlarms) {
            out.printf("  ... and %d more (--alarms N lists more)%n", alarms.size() - mostAlarms);
        }
    }

    private void difference(BacktestResult one, BacktestResult other) {
        Set<RunId> others = other.alarmedRuns();
        List<RunId> only = new ArrayList<>(one.alarmedRuns());
        only.removeIf(others::contains);
        only.sort(null);
        out.printf("alarmed by %s only: %d runs%n", one.name(), only.size());
        only.stream().limit(mostAlarms).forEach(run -> out.println("  " + run));
    }
}
