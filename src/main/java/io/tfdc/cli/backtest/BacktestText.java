package io.tfdc.cli.backtest;

import io.tfdc.backtest.BacktestResult;
import io.tfdc.backtest.BacktestResult.Difference;
import io.tfdc.backtest.BacktestResult.RuleCount;
import io.tfdc.backtest.BacktestResult.Share;
import io.tfdc.backtest.Finding;
import io.tfdc.backtest.JudgedRun;
import io.tfdc.model.Severity;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints results for people. */
public final class BacktestText {
    private static final int MOST_REASONS = 3;

    private final PrintWriter out;
    private final int mostRuns;

    /** @param mostRuns runs listed under one heading */
    public BacktestText(PrintWriter out, int mostRuns) {
        this.out = out;
        this.mostRuns = mostRuns;
    }

    public void print(BacktestReport report) {
        Severity least = report.least();
        if (report.isLeaveOneOut()) {
            line("%s", BacktestReport.LEAVE_ONE_OUT);
        }
        List<BacktestResult> results = report.results();
        results.forEach(result -> print(result, least));
        if (results.size() == 2) {
            print(results.get(0), results.get(1), results.get(0).differenceTo(results.get(1), least), least);
        }
    }

    private void print(BacktestResult result, Severity least) {
        int all = result.runs().size();
        line("");
        line("%s: %d runs, %d judged, %d alarmed", result.name(), all, result.matched(), alarmed(result, least));
        if (result.matched() < all) {
            line("  %d runs match no strategy: --attribute NAME=VALUE labels them", all - result.matched());
        }
        if (result.learning() > 0) {
            line("  %d runs were judged before limits were frozen (learning)", result.learning());
        }
        if (result.suppressedEvents() > 0) {
            line("  %d events were suppressed", result.suppressedEvents());
        }
        truth(result, least);
        rules(result.rules(least));
        runs("faults missed", result.missed(least), least);
        boolean labelled = result.good(least).runs() + result.faulty(least).runs() > 0;
        runs(labelled ? "false alarms, worst first" : "alarmed runs, worst first", result.falseAlarms(least), least);
    }

    private void truth(BacktestResult result, Severity least) {
        Share good = result.good(least);
        Share faulty = result.faulty(least);
        Share unlabelled = result.unlabelled(least);
        if (good.runs() > 0) {
            line("  false alarms   %d of %d good runs (%s)", good.alarmed(), good.runs(), percent(good));
        }
        if (unlabelled.runs() > 0) {
            line(
                    "  alarmed        %d of %d runs without label (%s)",
                    unlabelled.alarmed(), unlabelled.runs(), percent(unlabelled));
        }
        if (faulty.runs() > 0) {
            line("  faults found   %d of %d (%s)", faulty.alarmed(), faulty.runs(), percent(faulty));
            line("");
            line("  %-24s %8s %8s", "", "alarmed", "quiet");
            result.faults(least)
                    .forEach((fault, share) -> line(
                            "  %-24s %8d %8d%s",
                            fault,
                            share.alarmed(),
                            share.runs() - share.alarmed(),
                            share.alarmed() < share.runs() ? "  missed" : ""));
            line("  %-24s %8d %8d", "good", good.alarmed(), good.runs() - good.alarmed());
        }
    }

    private void rules(List<RuleCount> rules) {
        if (!rules.isEmpty()) {
            line("");
            line("  %-36s %8s %8s %8s", "rule", "alarms", "faulty", "good");
        }
        for (RuleCount rule : rules) {
            line("  %-36s %8d %8d %8d", rule.rule(), rule.alarms(), rule.onFaulty(), rule.onGood());
        }
    }

    private void print(BacktestResult first, BacktestResult second, Difference difference, Severity least) {
        line("");
        line("difference: %d runs alarmed by both", difference.both());
        runs("alarmed by " + first.name() + " only", difference.onlyFirst(), least);
        runs("alarmed by " + second.name() + " only", difference.onlySecond(), least);
    }

    private void runs(String heading, List<JudgedRun> runs, Severity least) {
        if (runs.isEmpty()) {
            return;
        }
        line("");
        line("  %s (%d)", heading, runs.size());
        for (JudgedRun run : runs.subList(0, Math.min(mostRuns, runs.size()))) {
            line("    %s", name(run));
            List<Finding> alarms = run.alarms(least);
            for (Finding alarm : alarms.subList(0, Math.min(MOST_REASONS, alarms.size()))) {
                line("      %s %s: %s", alarm.severity().name().toLowerCase(Locale.ROOT), alarm.name(), alarm.reason());
            }
            if (alarms.size() > MOST_REASONS) {
                line("      ... and %d more", alarms.size() - MOST_REASONS);
            }
        }
        if (runs.size() > mostRuns) {
            line("    ... and %d more (--alarms N lists more)", runs.size() - mostRuns);
        }
    }

    private static String name(JudgedRun run) {
        String wafer = run.context().attribute("wafer");
        return run.context().id()
                + (wafer.isEmpty() ? "" : " wafer " + wafer)
                + (run.label().isFaulty() ? " [" + run.label().fault() + "]" : "");
    }

    private static int alarmed(BacktestResult result, Severity least) {
        return result.alarmed(least).size();
    }

    private static String percent(Share share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share.rate());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
