package io.tfdc.backtest;

import io.tfdc.model.RunContext;
import io.tfdc.model.Severity;
import io.tfdc.strategy.Evaluation;
import java.util.List;

/**
 * What became of one run.
 *
 * @param context the run
 * @param label what is known about it
 * @param matched whether a strategy applies to it
 * @param learning whether a strategy that applies had no frozen limits yet
 * @param findings all that was found
 */
public record JudgedRun(RunContext context, RunLabel label, boolean matched, boolean learning, List<Finding> findings) {
    public JudgedRun {
        findings = List.copyOf(findings);
    }

    static JudgedRun unmatched(RunContext context) {
        return new JudgedRun(context, RunLabel.of(context), false, false, List.of());
    }

    static JudgedRun of(Evaluation evaluation) {
        RunContext context = evaluation.uChart().context();
        List<Finding> findings = evaluation.events().stream().map(Finding::of).toList();
        return new JudgedRun(context, RunLabel.of(context), true, evaluation.learning(), findings);
    }

    /** The findings that count, see {@link Finding#counts}. */
    public List<Finding> alarms(Severity least) {
        return findings.stream().filter(finding -> finding.counts(least)).toList();
    }

    public boolean isAlarmed(Severity least) {
        return findings.stream().anyMatch(finding -> finding.counts(least));
    }

    /** How loud the run was: severity first, then the number of charts. */
    int loudness(Severity least) {
        return alarms(least).stream()
                .mapToInt(finding -> finding.severity().ordinal() * 1_000 + finding.charts())
                .max()
                .orElse(0);
    }
}
