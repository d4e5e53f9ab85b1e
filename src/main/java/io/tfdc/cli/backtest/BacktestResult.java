package io.tfdc.cli.backtest;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.strategy.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What one set of strategies found. */
public final class BacktestResult {
    private final String name;
    private final Severity least;
    private final List<DefenseEvent> alarms = new ArrayList<>();
    private final Set<RunId> alarmed = new LinkedHashSet<>();
    private final Map<String, Integer> byRule = new TreeMap<>();
    private final Map<String, Score> byFault = new TreeMap<>();
    private int runs;
    private int unmatched;
    private int suppressed;
    private int good;
    private int goodAlarmed;

    /** Runs with a labelled fault, and how many of them were alarmed. */
    public record Score(int found, int runs) {}

    /**
     * @param name what the strategies are called
     * @param least events below this severity don't count as alarms
     */
    BacktestResult(String name, Severity least) {
        this.name = name;
        this.least = least;
    }

    void unmatched() {
        runs++;
        unmatched++;
    }

    void judged(RunContext run, Evaluation evaluation) {
        runs++;
        boolean isAlarmed = false;
        for (DefenseEvent event : evaluation.events()) {
            if (event.mode() == DefenseEvent.Mode.SUPPRESSED) {
                suppressed++;
            } else if (event.severity().compareTo(least) >= 0) {
                alarms.add(event);
                byRule.merge(event.strategy() + '.' + event.rule(), 1, Integer::sum);
                isAlarmed = true;
            }
        }
        if (isAlarmed) {
            alarmed.add(run.id());
        }
        if (Labels.isFault(run)) {
            int hit = isAlarmed ? 1 : 0;
            byFault.merge(
                    Labels.fault(run),
                    new Score(hit, 1),
                    (a, b) -> new Score(a.found() + b.found(), a.runs() + b.runs()));
        } else if (Labels.isLabelled(run)) {
            good++;
            goodAlarmed += isAlarmed ? 1 : 0;
        }
    }

    public String name() {
        return name;
    }

    public int runs() {
        return runs;
    }

    /** Runs that no strategy is for. */
    public int unmatchedRuns() {
        return unmatched;
    }

    /** Events that would not have been published. */
    public int suppressedEvents() {
        return suppressed;
    }

    /** Alarms in the order of the runs. */
    public List<DefenseEvent> alarms() {
        return List.copyOf(alarms);
    }

    public Set<RunId> alarmedRuns() {
        return Set.copyOf(alarmed);
    }

    /** Alarms per {@code strategy.rule}. */
    public Map<String, Integer> byRule() {
        return Map.copyOf(byRule);
    }

    /** Per labelled fault, by name; empty without labels. */
    public Map<String, Score> byFault() {
        return new TreeMap<>(byFault);
    }

    /** Runs labelled as good. */
    public int goodRuns() {
        return good;
    }

    public int goodRunsAlarmed() {
        return goodAlarmed;
    }

    /** Share of good runs that were alarmed; NaN without labels. */
    public double falseAlarmRate() {
        return good == 0 ? Double.NaN : (double) goodAlarmed / good;
    }
}
