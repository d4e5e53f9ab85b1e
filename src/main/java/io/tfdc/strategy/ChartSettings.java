package io.tfdc.strategy;

import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.EpochPolicy;
import io.tfdc.spc.LimitPolicy;
import io.tfdc.spc.SpecLimits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How charts are kept and judged, after overrides.
 *
 * @param history runs to look back on
 * @param onLearning what events may do that rest on provisional limits
 * @param policy how statistical limits are learned; null where they are fixed
 * @param digits least distance of a learned limit from the centre in last digits of the signal, see {@link JudgedLimits#grain}
 * @param fixed fixed limits, null where they are learned
 * @param spec engineering limits
 * @param minRuns runs before provisional limits judge
 * @param baselineRuns runs before limits freeze
 * @param epochOn chamber events that start a new epoch
 * @param epoch what becomes of limits then
 * @param suppressRuns first runs of an epoch whose events aren't published
 */
record ChartSettings(
        int history,
        OnLearning onLearning,
        @Nullable LimitPolicy policy,
        double digits,
        @Nullable ControlLimits fixed,
        SpecLimits spec,
        int minRuns,
        int baselineRuns,
        Set<String> epochOn,
        EpochPolicy epoch,
        int suppressRuns) {

    /** What an event may do that rests on provisional limits. */
    enum OnLearning {
        /** There are no provisional limits: the charts can't be judged until their limits freeze. */
        IGNORE,
        /** Severity log, no actions but notes. */
        LOG,
        /** Severity warning at most, no stop actions. */
        WARN,
        /** Everything. */
        ALARM
    }
}
