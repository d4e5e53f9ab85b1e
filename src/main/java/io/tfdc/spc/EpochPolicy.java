package io.tfdc.spc;

/**
 * What happens to a chart's limits after maintenance, a part change or a new recipe version.
 *
 * @param mode where the new limits come from
 * @param centerRuns runs of the new epoch that give the new centre (only {@link Mode#SHIFT_CENTER})
 * @param widen factor on the half-widths in the first {@code widenRuns} runs of the epoch, at least 1
 * @param widenRuns length of that window of caution, 0 for none
 */
public record EpochPolicy(Mode mode, int centerRuns, double widen, int widenRuns) {
    /** Source of limits in a new epoch. */
    public enum Mode {
        /** Learn centre and sigma anew. */
        RELEARN,
        /** Learn the centre anew, keep sigma: the spread of the chamber is known, its level has moved. */
        SHIFT_CENTER,
        /** Keep the limits. */
        KEEP
    }

    public static final EpochPolicy RELEARN = new EpochPolicy(Mode.RELEARN, 1, 1, 0);

    public EpochPolicy {
        if (centerRuns < 1 || centerRuns > LimitPolicy.MAX_BASELINE || widenRuns < 0 || !(widen >= 1 && widen <= 100)) {
            throw new IllegalArgumentException("centerRuns " + centerRuns + ", widen " + widen + " for " + widenRuns
                    + " runs: expected at least 1, 1 to 100, 0 or more");
        }
    }

    /**
     * Limits for the next run of the new epoch.
     *
     * @param policy how limits are learned
     * @param previous the last limits of the epoch before
     * @param epochRuns values since the epoch began, oldest first, without the run to judge; NaN where missing or excluded
     */
    public ControlLimits limits(LimitPolicy policy, ControlLimits previous, double[] epochRuns) {
        ControlLimits limits = switch (mode) {
            case RELEARN -> Baseline.learn(policy, epochRuns);
            case SHIFT_CENTER -> shifted(policy, previous, epochRuns);
            case KEEP -> previous;
        };
        return epochRuns.length < widenRuns && limits.isJudging() ? limits.widened(widen) : limits;
    }

    private ControlLimits shifted(LimitPolicy policy, ControlLimits previous, double[] epochRuns) {
        if (!previous.isJudging()) {
            return Baseline.learn(policy, epochRuns);
        }
        double[] values = Baseline.firstFinite(epochRuns, epochRuns.length, centerRuns);
        if (values.length < centerRuns) {
            return ControlLimits.learning(policy.method(), values.length);
        }
        double center = CenterSigma.of(policy.method(), values).center();
        return Baseline.around(policy, center, previous.sigma(), values.length);
    }
}
