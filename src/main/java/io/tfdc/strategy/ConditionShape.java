package io.tfdc.strategy;

import io.tfdc.spc.RunRule;
import java.util.List;

/** What can be told of a condition without the charts. */
final class ConditionShape {
    private ConditionShape() {}

    /** The conditions directly below. */
    static List<ConditionSpec> children(ConditionSpec condition) {
        if (condition instanceof ConditionSpec.AllOf all) {
            return all.conditions();
        }
        if (condition instanceof ConditionSpec.AnyOf any) {
            return any.conditions();
        }
        if (condition instanceof ConditionSpec.Count count) {
            return count.conditions();
        }
        if (condition instanceof ConditionSpec.Not not) {
            return List.of(not.condition());
        }
        return condition instanceof ConditionSpec.Repeated repeated ? List.of(repeated.condition()) : List.of();
    }

    /** Whether it looks at several runs and therefore holds for several runs in a row as a rule. */
    static boolean isPattern(ConditionSpec condition) {
        if (condition instanceof ConditionSpec.Pattern pattern) {
            int single = RunRule.NELSON_1.bit() | RunRule.WECO_1.bit();
            return (pattern.rules() & ~single) != 0;
        }
        return condition instanceof ConditionSpec.Ewma
                || condition instanceof ConditionSpec.Cusum
                || condition instanceof ConditionSpec.Repeated
                || condition instanceof ConditionSpec.Stale
                || condition instanceof ConditionSpec.Stuck
                || condition instanceof ConditionSpec.Missing
                || children(condition).stream().anyMatch(ConditionShape::isPattern);
    }

    /** Whether its outcome hangs on memory that is carried from run to run, so that it can't be asked about earlier runs. */
    static boolean isStateful(ConditionSpec condition) {
        return condition instanceof ConditionSpec.Ewma
                || condition instanceof ConditionSpec.Cusum
                || condition instanceof ConditionSpec.Finding
                || condition instanceof ConditionSpec.Happened
                || children(condition).stream().anyMatch(ConditionShape::isStateful);
    }

    /** Runs to look back on. */
    static int reach(ConditionSpec condition) {
        int own = 1;
        if (condition instanceof ConditionSpec.Repeated repeated) {
            own = repeated.n();
        } else if (condition instanceof ConditionSpec.Pattern) {
            own = 20;
        } else if (condition instanceof ConditionSpec.Change change) {
            own = change.runs();
        } else if (condition instanceof ConditionSpec.Missing missing) {
            own = missing.runs();
        } else if (condition instanceof ConditionSpec.Stuck stuck) {
            own = stuck.runs();
        } else if (condition instanceof ConditionSpec.Happened happened) {
            own = happened.runs();
        } else if (condition instanceof ConditionSpec.Multivariate multivariate) {
            own = 2 * multivariate.minRuns();
        }
        return own
                + children(condition).stream()
                        .mapToInt(ConditionShape::reach)
                        .max()
                        .orElse(0);
    }
}
