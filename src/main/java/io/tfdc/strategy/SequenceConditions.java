package io.tfdc.strategy;

import io.tfdc.spc.CusumState;
import io.tfdc.spc.EwmaState;
import io.tfdc.spc.RunRule;
import io.tfdc.spc.RunRules;
import io.tfdc.spc.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Conditions about the sequence of a chart's points. */
final class SequenceConditions {
    private SequenceConditions() {}

    /** Run rules over the plotted points of the window. */
    static final class Pattern extends ChartCondition {
        private final ConditionSpec.Pattern spec;

        Pattern(int[] charts, ConditionSpec.Pattern spec) {
            super(charts, spec.every());
            this.spec = spec;
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            if (!run.has(chart, row)) {
                return run.unknown(RunView.MISSING, chart);
            }
            int fired = fired(run, row, chart);
            return fired == RunRules.UNKNOWN ? unknown(run, chart) : Truth.of(fired != 0);
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            int fired = fired(run, row, chart);
            List<String> rules = new ArrayList<>();
            List<String> words = new ArrayList<>();
            for (RunRule rule : RunRule.values()) {
                if (rule.isIn(fired)) {
                    rules.add(rule.text());
                    words.add(rule.words().replace("center", "centre"));
                }
            }
            int n = run.gather(chart, row);
            int[] rows = Arrays.copyOfRange(run.pointRows(), RunRules.LONGEST - n, RunRules.LONGEST);
            double z = Math.abs(run.value(chart, row) - run.limits.center[chart]) / run.limits.sigma[chart];
            into.add(
                    chart,
                    z,
                    String.join(" ", rules),
                    run.charts.name(chart) + " at " + Wording.number(run.value(chart, row)) + ": "
                            + String.join(", ", words) + run.limits.words(chart),
                    rows);
        }

        private int fired(RunView run, int row, int chart) {
            if (!run.limits.isJudging(chart)) {
                return RunRules.UNKNOWN;
            }
            int n = run.gather(chart, row);
            return RunRules.last(
                    run.points(),
                    RunRules.LONGEST - n,
                    RunRules.LONGEST,
                    run.limits.center[chart],
                    run.limits.sigma[chart],
                    spec.rules(),
                    spec.convention());
        }
    }

    static Truth unknown(RunView run, int chart) {
        return run.limits.isJudging(chart) ? run.unknown(RunView.NO_SPREAD, chart) : run.unknownLimits(chart);
    }

    private static Truth truth(Verdict verdict, Side side) {
        return switch (verdict) {
            case UNKNOWN -> Truth.UNKNOWN;
            case WITHIN -> Truth.FALSE;
            case ABOVE -> Truth.of(side.upper());
            case BELOW -> Truth.of(side.lower());
        };
    }

    /** Exponentially weighted moving average beyond its limits. */
    static final class Ewma extends ChartCondition {
        private final ConditionSpec.Ewma spec;
        private final int rule;
        private final int node;

        Ewma(int[] charts, ConditionSpec.Ewma spec, int rule, int node) {
            super(charts, spec.every());
            this.spec = spec;
            this.rule = rule;
            this.node = node;
        }

        @Override
        public void advance(RunView run) {
            for (int chart : charts) {
                EwmaState before = run.memory.ewmaBefore(rule, node, chart);
                if (before == null && run.limits.isJudging(chart) && run.limits.sigma[chart] > 0) {
                    before = spec.design().start(run.limits.center[chart]);
                }
                if (before != null) {
                    EwmaState now = run.limits.isJudging(chart)
                            ? before.next(spec.design(), run.value(chart, run.last()))
                            : before;
                    if (now.n() > 0) {
                        run.memory.put(node, chart, now);
                    }
                }
            }
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            if (!run.has(chart, row)) {
                return run.unknown(RunView.MISSING, chart);
            }
            EwmaState state = run.memory.ewmaNow(node, chart);
            return state == null || !run.limits.isJudging(chart)
                    ? unknown(run, chart)
                    : truth(verdict(run, chart, state), spec.side());
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            EwmaState state = run.memory.ewmaNow(node, chart);
            if (state != null) {
                double half = spec.asymptotic()
                        ? spec.design().asymptoticHalfWidth(run.limits.sigma[chart])
                        : spec.design().halfWidth(state.n(), run.limits.sigma[chart]);
                double center = run.limits.center[chart];
                boolean above = state.z() > center;
                String words = run.charts.name(chart) + " has drifted: its moving average (lambda "
                        + Wording.number(spec.design().lambda()) + ") is " + Wording.number(state.z())
                        + (above ? ", above " : ", below ") + Wording.number(above ? center + half : center - half)
                        + run.limits.words(chart);
                into.add(chart, Math.abs(state.z() - center) / half, "ewma", words, recent(run, row, chart));
            }
        }

        private Verdict verdict(RunView run, int chart, EwmaState state) {
            double center = run.limits.center[chart];
            double sigma = run.limits.sigma[chart];
            return spec.asymptotic()
                    ? spec.design().judgeAsymptotic(state, center, sigma)
                    : spec.design().judge(state, center, sigma);
        }
    }

    /** Sum of deviations beyond its limit. */
    static final class Cusum extends ChartCondition {
        private final ConditionSpec.Cusum spec;
        private final int rule;
        private final int node;

        Cusum(int[] charts, ConditionSpec.Cusum spec, int rule, int node) {
            super(charts, spec.every());
            this.spec = spec;
            this.rule = rule;
            this.node = node;
        }

        @Override
        public void advance(RunView run) {
            for (int chart : charts) {
                CusumState before = run.memory.cusumBefore(rule, node, chart);
                CusumState start = before == null ? spec.design().start() : before;
                CusumState now = run.limits.isJudging(chart)
                        ? start.next(
                                spec.design(),
                                run.value(chart, run.last()),
                                run.limits.center[chart],
                                run.limits.sigma[chart])
                        : start;
                if (now.n() > 0) {
                    run.memory.put(node, chart, now);
                }
            }
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            if (!run.has(chart, row)) {
                return run.unknown(RunView.MISSING, chart);
            }
            CusumState state = run.memory.cusumNow(node, chart);
            return state == null || !run.limits.isJudging(chart) || !(run.limits.sigma[chart] > 0)
                    ? unknown(run, chart)
                    : truth(spec.design().judge(state), spec.side());
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            CusumState state = run.memory.cusumNow(node, chart);
            if (state != null) {
                Verdict side = spec.design().judge(state);
                double sum = side == Verdict.BELOW ? state.minus() : state.plus();
                double mean = state.shiftedMean(spec.design(), side, run.limits.center[chart], run.limits.sigma[chart]);
                String words = run.charts.name(chart) + " has shifted " + (side == Verdict.BELOW ? "down" : "up")
                        + " since about " + state.valuesSinceShift(side) + " runs: its CUSUM is " + Wording.number(sum)
                        + ", above " + Wording.number(spec.design().h()) + ", the new mean about "
                        + Wording.number(mean) + run.limits.words(chart);
                into.add(chart, sum / spec.design().h(), "cusum", words, recent(run, row, chart));
            }
        }
    }

    private static int[] recent(RunView run, int row, int chart) {
        int n = run.gather(chart, row);
        return Arrays.copyOfRange(run.pointRows(), RunRules.LONGEST - n, RunRules.LONGEST);
    }
}
