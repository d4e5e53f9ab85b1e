package io.tfdc.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code a op b} of two terms. */
final class CompareCondition implements Condition {
    /** A term tied to the charts of a run. */
    interface BoundTerm {
        double value(RunView run, int row);

        String words(RunView run, int row);
    }

    private final ConditionSpec.Operator operator;
    private final BoundTerm a;
    private final BoundTerm b;
    private final int[] charts;

    CompareCondition(ConditionSpec.Compare spec, ChartIndex index) {
        this.operator = spec.operator();
        List<Integer> named = new ArrayList<>();
        this.a = bind(spec.a(), index, named);
        this.b = bind(spec.b(), index, named);
        this.charts = named.stream()
                .filter(chart -> chart >= 0)
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public Truth test(RunView run, int row) {
        double left = a.value(run, row);
        double right = b.value(run, row);
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return why(run, row);
        }
        return Truth.of(operator.holds(left, right));
    }

    @Override
    public void explain(RunView run, int row, Violations into) {
        String words = a.words(run, row) + " is " + operator.words + ' ' + b.words(run, row);
        if (charts.length == 0) {
            into.circumstance(words);
        }
        for (int chart : charts) {
            into.add(chart, 1, operator.name().toLowerCase(Locale.ROOT), words, row);
        }
    }

    private Truth why(RunView run, int row) {
        for (int chart : charts) {
            if (!run.has(chart, row)) {
                return run.unknown(RunView.MISSING, chart);
            }
            if (!run.limits.isJudging(chart)) {
                return run.unknownLimits(chart);
            }
        }
        return run.unknown(RunView.MISSING, charts.length == 0 ? -1 : charts[0]);
    }

    private static BoundTerm bind(Term term, ChartIndex index, List<Integer> named) {
        if (term instanceof Term.Number number) {
            return new Constant(number.value());
        }
        if (term instanceof Term.Value value) {
            int chart = index.resolveOne(value.of());
            named.add(chart);
            return new ChartValue(chart, value.lag());
        }
        if (term instanceof Term.Limit limit) {
            int chart = index.resolveOne(limit.of());
            named.add(chart);
            return new ChartLine(chart, limit.line());
        }
        if (term instanceof Term.Absolute absolute) {
            return new Absolute(bind(absolute.a(), index, named));
        }
        if (term instanceof Term.Delta delta) {
            return new Delta(bind(delta.a(), index, named), bind(delta.b(), index, named));
        }
        Term.Ratio ratio = (Term.Ratio) term;
        return new Ratio(bind(ratio.a(), index, named), bind(ratio.b(), index, named));
    }

    private record Constant(double number) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            return number;
        }

        @Override
        public String words(RunView run, int row) {
            return Wording.number(number);
        }
    }

    private record ChartValue(int chart, int lag) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            int at = row - lag;
            boolean reachable = chart >= 0 && at >= (lag == 0 ? 0 : run.windowFrom) && run.has(chart, at);
            return reachable ? run.value(chart, at) : Double.NaN;
        }

        @Override
        public String words(RunView run, int row) {
            String when = lag == 0 ? "" : lag == 1 ? " 1 run ago" : " " + lag + " runs ago";
            return run.charts.name(chart) + when + " (" + Wording.number(value(run, row)) + ')';
        }
    }

    private record ChartLine(int chart, Term.Line line) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            if (chart < 0) {
                return Double.NaN;
            }
            return switch (line) {
                case CENTER -> run.limits.center[chart];
                case SIGMA -> run.limits.sigma[chart];
                case LCL -> run.limits.lcl[chart];
                case UCL -> run.limits.ucl[chart];
                case LSL -> run.limits.spec(chart).lsl();
                case USL -> run.limits.spec(chart).usl();
                case TARGET -> run.limits.spec(chart).target();
            };
        }

        @Override
        public String words(RunView run, int row) {
            String name = switch (line) {
                case CENTER -> "centre";
                case SIGMA -> "sigma";
                case LCL -> "lower limit";
                case UCL -> "upper limit";
                case LSL -> "lower specification limit";
                case USL -> "upper specification limit";
                case TARGET -> "target";
            };
            return "the " + name + " of " + run.charts.name(chart) + " (" + Wording.number(value(run, row)) + ')';
        }
    }

    private record Absolute(BoundTerm a) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            return Math.abs(a.value(run, row));
        }

        @Override
        public String words(RunView run, int row) {
            return "the amount of " + a.words(run, row);
        }
    }

    private record Delta(BoundTerm a, BoundTerm b) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            return a.value(run, row) - b.value(run, row);
        }

        @Override
        public String words(RunView run, int row) {
            return a.words(run, row) + " minus " + b.words(run, row) + " = " + Wording.number(value(run, row));
        }
    }

    private record Ratio(BoundTerm a, BoundTerm b) implements BoundTerm {
        @Override
        public double value(RunView run, int row) {
            double below = b.value(run, row);
            return below == 0 ? Double.NaN : a.value(run, row) / below;
        }

        @Override
        public String words(RunView run, int row) {
            return a.words(run, row) + " over " + b.words(run, row) + " = " + Wording.number(value(run, row));
        }
    }
}
