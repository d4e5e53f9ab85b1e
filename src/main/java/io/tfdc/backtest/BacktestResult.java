package io.tfdc.backtest;

import io.tfdc.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What strategies made of runs. Counts are of runs; those that no strategy matches don't count.
 *
 * @param name what the strategies are called
 * @param leaveOneOut whether every run was judged by limits from all others
 * @param runs all runs in the order in which they came
 */
public record BacktestResult(String name, boolean leaveOneOut, List<JudgedRun> runs) {
    public BacktestResult {
        runs = List.copyOf(runs);
    }

    /** Alarmed runs among some. */
    public record Share(int alarmed, int runs) {
        /** From 0 to 1; NaN of no runs. */
        public double rate() {
            return runs == 0 ? Double.NaN : (double) alarmed / runs;
        }
    }

    /** Alarms of a rule on runs labelled as faulty and on all others. */
    public record RuleCount(String rule, Severity worst, int onFaulty, int onGood) {
        public int alarms() {
            return onFaulty + onGood;
        }
    }

    /**
     * What changes from one result to another over the same runs.
     *
     * @param onlyFirst runs alarmed in the first alone, as judged there
     * @param onlySecond runs alarmed in the second alone, as judged there
     * @param both number of runs alarmed in both
     */
    public record Difference(List<JudgedRun> onlyFirst, List<JudgedRun> onlySecond, int both) {}

    /** Runs that a strategy applied to. */
    public int matched() {
        return (int) runs.stream().filter(JudgedRun::matched).count();
    }

    /** Runs judged while limits were still being learned. */
    public int learning() {
        return (int) runs.stream().filter(JudgedRun::learning).count();
    }

    /** False alarms: alarmed runs among those labelled as good. */
    public Share good(Severity least) {
        return share(least, run -> run.label().kind() == RunLabel.Kind.GOOD);
    }

    /** Alarmed runs among those without labels. */
    public Share unlabelled(Severity least) {
        return share(least, run -> run.label().kind() == RunLabel.Kind.UNLABELLED);
    }

    /** Faults found. */
    public Share faulty(Severity least) {
        return share(least, run -> run.label().isFaulty());
    }

    /** Found and missed by name of the fault. */
    public Map<String, Share> faults(Severity least) {
        Map<String, Share> faults = new TreeMap<>();
        for (JudgedRun run : runs) {
            if (run.matched() && run.label().isFaulty()) {
                int alarmed = run.isAlarmed(least) ? 1 : 0;
                faults.merge(
                        run.label().fault(),
                        new Share(alarmed, 1),
                        (a, b) -> new Share(a.alarmed() + b.alarmed(), a.runs() + b.runs()));
            }
        }
        return faults;
    }

    /** Faulty runs without an alarm. */
    public List<JudgedRun> missed(Severity least) {
        return runs.stream()
                .filter(run -> run.matched() && run.label().isFaulty() && !run.isAlarmed(least))
                .toList();
    }

    /** Events that would not have been published. */
    public int suppressedEvents() {
        return (int) runs.stream()
                .flatMap(run -> run.findings().stream())
                .filter(Finding::isSuppressed)
                .count();
    }

    /** Alarmed runs in their order. */
    public List<JudgedRun> alarmed(Severity least) {
        return runs.stream().filter(run -> run.isAlarmed(least)).toList();
    }

    /** Alarmed runs that aren't labelled as faulty, the loudest first. */
    public List<JudgedRun> falseAlarms(Severity least) {
        return runs.stream()
                .filter(run -> !run.label().isFaulty() && run.isAlarmed(least))
                .sorted(Comparator.comparingInt((JudgedRun run) -> run.loudness(least))
                        .reversed())
                .toList();
    }

    /** Rules that raised alarms, the most frequent first. */
    public List<RuleCount> rules(Severity least) {
        Map<String, RuleCount> counts = new TreeMap<>();
        for (JudgedRun run : runs) {
            int faulty = run.label().isFaulty() ? 1 : 0;
            for (Finding finding : run.alarms(least)) {
                counts.merge(
                        finding.name(),
                        new RuleCount(finding.name(), finding.severity(), faulty, 1 - faulty),
                        (a, b) -> new RuleCount(
                                a.rule(),
                                a.worst().compareTo(b.worst()) >= 0 ? a.worst() : b.worst(),
                                a.onFaulty() + b.onFaulty(),
                                a.onGood() + b.onGood()));
            }
        }
        return counts.values().stream()
                .sorted(Comparator.comparingInt((RuleCount count) -> count.alarms())
                        .reversed())
                .toList();
    }

    /** Compares the alarms of another result over the same runs. */
    public Difference differenceTo(BacktestResult second, Severity least) {
        Map<String, JudgedRun> there = new HashMap<>();
        second.runs.forEach(run -> there.put(run.context().id().toString(), run));
        List<JudgedRun> onlyFirst = new ArrayList<>();
        List<JudgedRun> onlySecond = new ArrayList<>();
        int both = 0;
        for (JudgedRun run : runs) {
            JudgedRun other = there.get(run.context().id().toString());
            boolean alarmedThere = other != null && other.isAlarmed(least);
            if (run.isAlarmed(least) && alarmedThere) {
                both++;
            } else if (run.isAlarmed(least)) {
                onlyFirst.add(run);
            } else if (other != null && alarmedThere) {
                onlySecond.add(other);
            }
        }
        return new Difference(onlyFirst, onlySecond, both);
    }

    private Share share(Severity least, Predicate<JudgedRun> of) {
        List<JudgedRun> some =
                runs.stream().filter(JudgedRun::matched).filter(of).toList();
        return new Share((int) some.stream().filter(run -> run.isAlarmed(least)).count(), some.size());
    }
}
