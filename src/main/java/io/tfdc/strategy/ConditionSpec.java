package io.tfdc.strategy;

import io.tfdc.spc.CusumDesign;
import io.tfdc.spc.DataFinding;
import io.tfdc.spc.EwmaDesign;
import io.tfdc.spc.RunRuleConvention;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition as written; {@link ConditionBinder} ties it to the charts of a run. */
sealed interface ConditionSpec {
    record AllOf(List<ConditionSpec> conditions) implements ConditionSpec {}

    record AnyOf(List<ConditionSpec> conditions) implements ConditionSpec {}

    record Not(ConditionSpec condition) implements ConditionSpec {}

    /** At least {@code atLeast} (and at most {@code atMost}) hold; a condition about several charts counts once per chart. */
    record Count(List<ConditionSpec> conditions, int atLeast, int atMost) implements ConditionSpec {}

    /** Holds, and held in at least {@code k} of the last {@code n} runs in which it could be decided, this one included. */
    record Repeated(ConditionSpec condition, int k, int n, String sameAttribute) implements ConditionSpec {}

    /** A value beyond its limits; {@code k} not NaN stands for k sigma, {@code lower}/{@code upper} for {@link Kind#FIXED}. */
    record Outside(
            Selector of, Kind kind, double k, double lower, double upper, Side side, boolean inclusive, boolean every)
            implements ConditionSpec {
        enum Kind {
            STAT,
            SPEC,
            FIXED
        }
    }

    /** Run rules of Nelson or Western Electric. */
    record Pattern(Selector of, int rules, RunRuleConvention convention, boolean every) implements ConditionSpec {}

    record Ewma(Selector of, EwmaDesign design, boolean asymptotic, Side side, boolean every)
            implements ConditionSpec {}

    record Cusum(Selector of, CusumDesign design, Side side, boolean every) implements ConditionSpec {}

    /** {@code a op b}. */
    record Compare(Operator operator, Term a, Term b) implements ConditionSpec {}

    enum Operator {
        GT("above", false),
        GE("at or above", true),
        LT("below", false),
        LE("at or below", true);

        final String words;
        final boolean inclusive;

        Operator(String words, boolean inclusive) {
            this.words = words;
            this.inclusive = inclusive;
        }

        boolean holds(double a, double b) {
            return switch (this) {
                case GT -> a > b;
                case GE -> a >= b;
                case LT -> a < b;
                case LE -> a <= b;
            };
        }
    }

    /** Changed by more than {@code amount} within {@code runs} runs. */
    record Change(Selector of, int runs, double amount, Unit unit, Side side, boolean every) implements ConditionSpec {
        enum Unit {
            ABSOLUTE,
            PERCENT,
            SIGMA
        }
    }

    /** No value in this run and the ones before it. */
    record Missing(Selector of, int runs, boolean every) implements ConditionSpec {}

    /** No value for longer than a time. */
    record Stale(Selector of, Duration longerThan, boolean every) implements ConditionSpec {}

    /** The very same value in several runs. */
    record Stuck(Selector of, int runs, boolean every) implements ConditionSpec {}

    /** Something wrong with the samples. */
    record Finding(Set<DataFinding.Kind> kinds, int atLeast) implements ConditionSpec {}

    /** Something expected is missing. */
    record Incomplete() implements ConditionSpec {}

    /** A chamber event took place recently; {@code runs} 0 for no bound by runs. */
    record Happened(Set<String> types, int runs, @Nullable Duration within) implements ConditionSpec {}

    /** The run's attributes match. */
    record Context(ContextMatch match) implements ConditionSpec {}

    /** Hotelling's T2 of several charts; with {@code components} above 0 the residual (SPE) of so many principal components. */
    record Multivariate(Selector of, int components, double alpha, int minRuns) implements ConditionSpec {}
}
