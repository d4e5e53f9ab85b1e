package io.tfdc.strategy;

import io.tfdc.spc.SpecLimits;
import io.tfdc.strategy.ConditionSpec.Change.Unit;

/** Conditions about one value and its limits. */
final class LimitConditions {
    private LimitConditions() {}

    /** Beyond the statistical limits, or beyond k sigma. */
    static final class OutsideStat extends ChartCondition {
        private final double k;
        private final Side side;
        private final boolean inclusive;

        OutsideStat(int[] charts, ConditionSpec.Outside spec) {
            super(charts, spec.every());
            this.k = spec.k();
            this.side = spec.side();
            this.inclusive = spec.inclusive();
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            double value = run.value(chart, row);
            if (!RunView.isFinite(value)) {
                return run.unknown(RunView.MISSING, chart);
            }
            if (!run.limits.isJudging(chart)) {
                return run.unknownLimits(chart);
            }
            double lower = lower(run, chart);
            double upper = upper(run, chart);
            if (Double.isNaN(lower) && Double.isNaN(upper)) {
                return run.unknown(RunView.NO_SPREAD, chart);
            }
            return Truth.of(isAbove(value, upper) || isBelow(value, lower));
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            double value = run.value(chart, row);
            boolean above = isAbove(value, upper(run, chart));
            double limit = above ? upper(run, chart) : lower(run, chart);
            String kind = Double.isNaN(k) ? " limit " : " " + Wording.number(k) + "-sigma limit ";
            String words = run.charts.name(chart) + " is " + Wording.number(value) + (above ? ", above" : ", below")
                    + (above ? " the upper" : " the lower") + kind + Wording.number(limit) + run.limits.words(chart);
            String rule = Double.isNaN(k) ? "outside stat" : "outside " + Wording.number(k) + " sigma";
            into.add(chart, weight(value, run.limits.center[chart], limit), rule, words, row);
        }

        private double upper(RunView run, int chart) {
            if (!side.upper()) {
                return Double.NaN;
            }
            return Double.isNaN(k) ? run.limits.ucl[chart] : run.limits.center[chart] + run.limits.halfWidth(chart, k);
        }

        private double lower(RunView run, int chart) {
            if (!side.lower()) {
                return Double.NaN;
            }
            return Double.isNaN(k) ? run.limits.lcl[chart] : run.limits.center[chart] - run.limits.halfWidth(chart, k);
        }

        private boolean isAbove(double value, double limit) {
            return value > limit || (inclusive && value == limit);
        }

        private boolean isBelow(double value, double limit) {
            return value < limit || (inclusive && value == limit);
        }
    }

    /** Beyond engineering limits: of the chart, or written in the rule. */
    static final class OutsideSpec extends ChartCondition {
        private final ConditionSpec.Outside spec;

        OutsideSpec(int[] charts, ConditionSpec.Outside spec) {
            super(charts, spec.every());
            this.spec = spec;
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            double value = run.value(chart, row);
            if (!RunView.isFinite(value)) {
                return run.unknown(RunView.MISSING, chart);
            }
            double lower = lower(run, chart);
            double upper = upper(run, chart);
            if (Double.isNaN(lower) && Double.isNaN(upper)) {
                return run.unknown(RunView.NO_LIMITS, chart);
            }
            boolean edge = spec.inclusive() && (value == lower || value == upper);
            return Truth.of(value > upper || value < lower || edge);
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            double value = run.value(chart, row);
            double lower = lower(run, chart);
            double upper = upper(run, chart);
            boolean above = value >= upper;
            double limit = above ? upper : lower;
            String words = run.charts.name(chart) + " is " + Wording.number(value) + (above ? ", above" : ", below")
                    + (above ? " the upper" : " the lower") + " specification limit " + Wording.number(limit);
            double target = spec.kind() == ConditionSpec.Outside.Kind.SPEC
                    ? run.limits.spec(chart).target()
                    : Double.NaN;
            double weight = 1000 * weight(value, (lower + upper) / 2, limit);
            into.add(
                    chart,
                    weight,
                    "outside " + (spec.kind() == ConditionSpec.Outside.Kind.SPEC ? "spec" : "fixed"),
                    words,
                    JudgedLimits.evidence(target, Double.NaN, lower, upper, 0),
                    0,
                    row);
        }

        private double lower(RunView run, int chart) {
            return !spec.side().lower()
                    ? Double.NaN
                    : isFixed() ? spec.lower() : limits(run, chart).lsl();
        }

        private double upper(RunView run, int chart) {
            return !spec.side().upper()
                    ? Double.NaN
                    : isFixed() ? spec.upper() : limits(run, chart).usl();
        }

        private boolean isFixed() {
            return spec.kind() == ConditionSpec.Outside.Kind.FIXED;
        }

        private static SpecLimits limits(RunView run, int chart) {
            return run.limits.spec(chart);
        }
    }

    /** Distance of the value from the centre in units of the limit's. */
    private static double weight(double value, double center, double limit) {
        double distance = Math.abs(limit - center);
        return distance > 0 ? Math.abs(value - center) / distance : Math.abs(value - limit);
    }

    /** A jump against an earlier run. */
    static final class Change extends ChartCondition {
        private final ConditionSpec.Change spec;

        Change(int[] charts, ConditionSpec.Change spec) {
            super(charts, spec.every());
            this.spec = spec;
        }

        @Override
        Truth judge(RunView run, int row, int chart) {
            double change = change(run, row, chart);
            if (Double.isNaN(change)) {
                return run.unknown(row - spec.runs() < run.windowFrom ? RunView.LEARNING : RunView.MISSING, chart);
            }
            double allowed = allowed(run, row, chart);
            if (Double.isNaN(allowed)) {
                return run.unknownLimits(chart);
            }
            boolean up = spec.side().upper() && change > allowed;
            return Truth.of(up || (spec.side().lower() && -change > allowed));
        }

        @Override
        void explain(RunView run, int row, int chart, Violations into) {
            double change = change(run, row, chart);
            double allowed = allowed(run, row, chart);
            String words = run.charts.name(chart) + (change > 0 ? " rose by " : " fell by ")
                    + Wording.number(Math.abs(change)) + " to " + Wording.number(run.value(chart, row)) + " within "
                    + (spec.runs() == 1 ? "1 run" : spec.runs() + " runs") + ", more than " + Wording.number(allowed);
            double weight = allowed > 0 ? Math.abs(change) / allowed : Math.abs(change);
            into.add(chart, weight, "rate of change", words, row - spec.runs(), row);
        }

        private double change(RunView run, int row, int chart) {
            int before = row - spec.runs();
            return before < run.windowFrom ? Double.NaN : run.value(chart, row) - run.value(chart, before);
        }

        private double allowed(RunView run, int row, int chart) {
            if (spec.unit() == Unit.ABSOLUTE) {
                return spec.amount();
            }
            if (spec.unit() == Unit.PERCENT) {
                return spec.amount() / 100 * Math.abs(run.value(chart, row - spec.runs()));
            }
            double sigma = run.limits.sigma[chart];
            return sigma > 0 ? spec.amount() * sigma : Double.NaN;
        }
    }
}
