package io.tfdc.strategy;

import io.tfdc.model.ChartLimits;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import io.tfdc.spc.Baseline;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.EpochPolicy;
import io.tfdc.spc.LimitMethod;
import io.tfdc.spc.LimitPolicy;
import io.tfdc.spc.LimitStatus;
import io.tfdc.strategy.ChartSettings.OnLearning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the limits that judge a run: learning, provisional, frozen and versioned. Frozen are centre, sigma and the number of
 * runs behind them; the lines follow from the strategy. Test first, then add: only runs before the one to judge count.
 */
final class LimitLifecycle {
    static final String EXTENDED = "extended";
    static final String MANUAL = "manual";

    private final RunData data;
    private final String group;
    private final String strategy;
    private final ChartIndex charts;
    private final @Nullable ChartSettings[] settings;
    private final ChartSettings common;
    private final Rows rows;
    private final JudgedLimits limits;

    /** @param settings by layout position, null for charts of other strategies */
    LimitLifecycle(
            RunData data,
            String group,
            String strategy,
            ChartIndex charts,
            @Nullable ChartSettings[] settings,
            ChartSettings common,
            Rows rows,
            JudgedLimits limits) {
        this.data = data;
        this.group = group;
        this.strategy = strategy;
        this.charts = charts;
        this.settings = settings;
        this.common = common;
        this.rows = rows;
        this.limits = limits;
    }

    /**
     * Fills the limits.
     *
     * @param known the newest limit set, if any
     * @param isValid whether it belongs to the current epoch
     * @param epoch number of the current epoch
     * @param mayCreate whether this run may be the first to be judged by new limits
     * @return the limit set in force: {@code known}, a new one, or null while learning
     */
    @Nullable
    LimitSet judge(@Nullable LimitSet known, boolean isValid, int epoch, boolean mayCreate) {
        LimitSet set = isValid ? known : null;
        if (mayCreate) {
            LimitSet created = set == null ? freeze(known, epoch) : extend(set);
            set = created == null ? set : created;
        }
        if (set != null) {
            takeFrom(set);
        } else {
            setProvisional(common.onLearning() != OnLearning.IGNORE);
        }
        setFixed();
        return set;
    }

    /** Limits of all charts from all rows but the last, however few. */
    LimitSet fromAll() {
        int to = rows.runs().length - 1;
        Map<IndicatorKey, ChartLimits> frozen = new LinkedHashMap<>();
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            LimitPolicy policy = chartSettings == null ? null : chartSettings.policy();
            if (policy != null) {
                ControlLimits learned =
                        Baseline.learn(policy.withLearning(2, LimitPolicy.MAX_BASELINE), rows.column(chart, 0, to));
                frozen.put(charts.layout().keys().get(chart), chartLimits(learned));
            }
        }
        return set(null, 0, "baseline", baseline(0, to), frozen);
    }

    private int learned() {
        return rows.runs().length - 1 - rows.epochFrom();
    }

    private @Nullable LimitSet freeze(@Nullable LimitSet known, int epoch) {
        boolean shift = common.epoch().mode() == EpochPolicy.Mode.SHIFT_CENTER && known != null;
        int needed = shift ? common.epoch().centerRuns() : common.baselineRuns();
        if (learned() < needed) {
            return null;
        }
        int to = rows.epochFrom() + needed;
        Map<IndicatorKey, ChartLimits> frozen = new LinkedHashMap<>();
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            LimitPolicy policy = chartSettings == null ? null : chartSettings.policy();
            if (policy != null) {
                double[] column = rows.column(chart, rows.epochFrom(), to);
                IndicatorKey key = charts.layout().keys().get(chart);
                ControlLimits learned = shift && known != null
                        ? common.epoch().limits(policy, control(policy, known.of(key), false), column)
                        : Baseline.learn(policy, column);
                frozen.put(key, chartLimits(learned));
            }
        }
        String origin = known == null ? "baseline" : shift ? "shift-center" : "relearn";
        return set(known, epoch, origin, baseline(rows.epochFrom(), to), frozen);
    }

    /** Adds charts that had too few values when the limits froze, not more often than every {@code minRuns} runs. */
    private @Nullable LimitSet extend(LimitSet set) {
        List<Integer> missing = new ArrayList<>();
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            if (chartSettings != null
                    && chartSettings.policy() != null
                    && Double.isNaN(set.of(charts.layout().keys().get(chart)).center())) {
                missing.add(chart);
            }
        }
        int since = rows.runs().length - 1 - rows.firstAfter(Epochs.micros(set.validFrom()) - 1);
        if (missing.isEmpty() || since < common.minRuns()) {
            return null;
        }
        Map<IndicatorKey, ChartLimits> extended = new LinkedHashMap<>();
        for (int i = 0; i < set.layout().size(); i++) {
            extended.put(set.layout().keys().get(i), set.limits().get(i));
        }
        boolean added = false;
        for (int chart : missing) {
            ControlLimits learned = learn(chart);
            if (learned.isJudging() || learned.status() == LimitStatus.UNDEFINED) {
                extended.put(charts.layout().keys().get(chart), chartLimits(learned));
                added = true;
            }
        }
        return added
                ? set(set, set.epoch(), EXTENDED, baseline(rows.epochFrom(), rows.runs().length - 1), extended)
                : null;
    }

    private LimitSet set(
            @Nullable LimitSet known,
            int epoch,
            String origin,
            List<String> baseline,
            Map<IndicatorKey, ChartLimits> frozen) {
        return new LimitSet(
                data.context().id().chamber(),
                group,
                strategy,
                known == null ? 1 : known.version() + 1,
                epoch,
                data.context().end(),
                origin,
                baseline,
                new IndicatorLayout(List.copyOf(frozen.keySet())),
                List.copyOf(frozen.values()));
    }

    private List<String> baseline(int from, int to) {
        List<String> contexts = new ArrayList<>();
        for (int row = from; row < to; row++) {
            contexts.add(rows.runs()[row].id().context());
        }
        return contexts;
    }

    private void takeFrom(LimitSet set) {
        boolean aligned = Rows.mapping(set.layout(), charts.layout()).length == 0;
        boolean manual = set.origin().equals(MANUAL);
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            LimitPolicy policy = chartSettings == null ? null : chartSettings.policy();
            if (policy != null) {
                ChartLimits frozen = aligned
                        ? set.limits().get(chart)
                        : set.of(charts.layout().keys().get(chart));
                double least = policy.minHalfWidth().around(frozen.center());
                if (!Double.isNaN(frozen.center())) {
                    double grain = chartSettings.digits() * data.digit(chart);
                    LimitPolicy drawn = JudgedLimits.coarse(policy, frozen.sigma(), grain);
                    limits.grain[chart] = manual ? 0 : grain;
                    limits.set(chart, control(drawn, frozen, manual), set.version(), least);
                } else if (common.onLearning() != OnLearning.IGNORE) {
                    setProvisional(chart, policy);
                }
            }
        }
    }

    private void setProvisional(boolean judging) {
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            LimitPolicy policy = chartSettings == null ? null : chartSettings.policy();
            if (policy != null && judging && learned() >= policy.minRuns()) {
                setProvisional(chart, policy);
            }
        }
    }

    private void setProvisional(int chart, LimitPolicy policy) {
        ControlLimits learned = learn(chart);
        ChartSettings chartSettings = settings[chart];
        double grain = chartSettings == null ? 0 : chartSettings.digits() * data.digit(chart);
        LimitPolicy drawn = JudgedLimits.coarse(policy, learned.sigma(), grain);
        ControlLimits provisional = learned.isJudging()
                ? Baseline.around(drawn, learned.center(), learned.sigma(), learned.n())
                        .withStatus(LimitStatus.PROVISIONAL)
                : learned;
        limits.grain[chart] = grain;
        limits.set(chart, provisional, 0, policy.minHalfWidth().around(learned.center()));
    }

    private ControlLimits learn(int chart) {
        ChartSettings chartSettings = settings[chart];
        LimitPolicy policy = chartSettings == null ? null : chartSettings.policy();
        double[] column = rows.column(chart, rows.epochFrom(), rows.runs().length - 1);
        return policy == null ? ControlLimits.learning(LimitMethod.MEAN_MR, 0) : Baseline.learn(policy, column);
    }

    private void setFixed() {
        for (int chart : charts.positions()) {
            ChartSettings chartSettings = settings[chart];
            ControlLimits fixed = chartSettings == null ? null : chartSettings.fixed();
            if (fixed != null) {
                limits.set(chart, fixed, 0, 0);
            }
        }
    }

    private static ControlLimits control(LimitPolicy policy, ChartLimits frozen, boolean asStored) {
        if (Double.isNaN(frozen.center())) {
            return ControlLimits.learning(policy.method(), frozen.n());
        }
        if (!asStored) {
            return Baseline.around(policy, frozen.center(), frozen.sigma(), frozen.n());
        }
        return new ControlLimits(
                policy.method(),
                LimitStatus.FROZEN,
                frozen.center(),
                frozen.sigma(),
                Double.isInfinite(frozen.lcl()) ? Double.NaN : frozen.lcl(),
                Double.isInfinite(frozen.ucl()) ? Double.NaN : frozen.ucl(),
                frozen.n());
    }

    private static ChartLimits chartLimits(ControlLimits learned) {
        if (Double.isNaN(learned.center())) {
            return ChartLimits.UNDEFINED;
        }
        return JudgedLimits.evidence(learned.center(), learned.sigma(), learned.lcl(), learned.ucl(), learned.n());
    }
}
