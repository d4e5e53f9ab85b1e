package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.spc.DataFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Conditions about the data, the run's circumstances and what happened to the chamber. */
final class QualityConditions {
    private QualityConditions() {}

    /** No value in the last runs. */
    static final class Missing extends ChartCondition {
        private final int runs;

        Missing(int[] charts, ConditionSpec.Missing spec) {
            super(charts, spec.every());
            this.runs = spec.runs();
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            for (int i = 0; i < runs; i++) {
                if (row - i < 0) {
                    return run.unknown(RunView.LEARNING, chart);
                }
                if (run.has(chart, row - i)) {
                    return Truth.FALSE;
                }
            }
            return Truth.TRUE;
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            String since = runs == 1 ? "in this run" : "in the last " + runs + " runs";
            into.add(chart, 0, "missing", run.charts.name(chart) + " has no value " + since, row);
        }
    }

    /** No value for too long. */
    static final class Stale extends ChartCondition {
        private final Duration longerThan;

        Stale(int[] charts, ConditionSpec.Stale spec) {
            super(charts, spec.every());
            this.longerThan = spec.longerThan();
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            int newest = newest(run, row, chart);
            Instant since = run.runs[Math.max(0, newest)].end();
            boolean tooLong = Duration.between(since, run.runs[row].end()).compareTo(longerThan) > 0;
            return newest < 0 && !tooLong ? run.unknown(RunView.MISSING, chart) : Truth.of(tooLong);
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            int newest = newest(run, row, chart);
            String since = newest < 0 ? "in the history kept" : "since " + run.runs[newest].end();
            into.add(chart, 0, "stale", run.charts.name(chart) + " has no value " + since, row);
        }

        private static int newest(RunView run, int row, int chart) {
            int i = row;
            while (i >= 0 && !run.has(chart, i)) {
                i--;
            }
            return i;
        }
    }

    /** The same value again and again. */
    static final class Stuck extends ChartCondition {
        private final int runs;

        Stuck(int[] charts, ConditionSpec.Stuck spec) {
            super(charts, spec.every());
            this.runs = spec.runs();
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            if (!run.has(chart, row)) {
                return run.unknown(RunView.MISSING, chart);
            }
            int same = 1;
            for (int i = row - 1; i >= run.windowFrom && same < runs; i--) {
                if (run.has(chart, i)) {
                    if (run.value(chart, i) != run.value(chart, row)) {
                        return Truth.FALSE;
                    }
                    same++;
                }
            }
            return same >= runs ? Truth.TRUE : run.unknown(RunView.LEARNING, chart);
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            String words = run.charts.name(chart) + " is exactly " + Wording.number(run.value(chart, row)) + " in "
                    + runs + " runs in a row";
            into.add(chart, 0, "stuck", words, row);
        }
    }

    /** Something was wrong with the samples of this run. */
    record Finding(ConditionSpec.Finding spec) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return Truth.of(count(run) >= spec.atLeast());
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            for (DataFinding finding : run.findings) {
                if (spec.kinds().contains(finding.kind())) {
                    String kind = finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                    into.circumstance(finding.count() + (finding.count() == 1 ? " sample: " : " samples: ") + kind);
                }
            }
        }

        private long count(RunView run) {
            return run.findings.stream()
                    .filter(finding -> spec.kinds().contains(finding.kind()))
                    .mapToLong(DataFinding::count)
                    .sum();
        }
    }

    /** Something expected is missing in this run. */
    record Incomplete() implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return Truth.of(run.incomplete);
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            int listed = 0;
            for (int chart : run.charts.positions()) {
                if (run.charts.isRequired(chart) && !run.has(chart, row) && listed++ < Violations.MAX_EVIDENCE) {
                    into.add(chart, 0, "missing", run.charts.name(chart) + " has no value in this run", row);
                }
            }
            if (listed == 0) {
                into.circumstance("charts of the run before are missing");
            }
        }
    }

    /** A chamber event took place within so many runs or so long. */
    record Happened(ConditionSpec.Happened spec) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return Truth.of(run.events.stream().anyMatch(event -> isRecent(run, row, event)));
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            run.events.stream()
                    .filter(event -> isRecent(run, row, event))
                    .reduce((older, newer) -> newer)
                    .ifPresent(event -> into.circumstance(event.type() + " at " + event.at()));
        }

        private boolean isRecent(RunView run, int row, ChamberEvent event) {
            Instant end = run.runs[row].end();
            if (!spec.types().contains(event.type()) || !event.at().isBefore(end)) {
                return false;
            }
            Duration within = spec.within();
            if (within != null && Duration.between(event.at(), end).compareTo(within) > 0) {
                return false;
            }
            int runsSince = 0;
            for (int i = row; i >= 0 && spec.runs() > 0 && run.runs[i].end().isAfter(event.at()); i--) {
                runsSince++;
            }
            return runsSince <= spec.runs();
        }
    }

    /** The run's attributes match. */
    record Context(ContextMatch match) implements Condition {
        @Override
        public Truth test(RunView run, int row) {
            return Truth.of(match.matches(run.runs[row]));
        }

        @Override
        public void explain(RunView run, int row, Violations into) {
            into.circumstance("the run matches " + match);
        }
    }
}
