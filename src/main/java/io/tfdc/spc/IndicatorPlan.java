package io.tfdc.spc;

import io.tfdc.spc.Statistic.Need;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of indicators compiled for evaluation over many windows.
 *
 * <pre>{@code
 * IndicatorPlan plan = IndicatorPlan.of(List.of(IndicatorSpec.parse("mean"), IndicatorSpec.parse("std")));
 * IndicatorScratch scratch = new IndicatorScratch();
 * double[] out = new double[plan.size()];
 * int skipped = plan.evaluate(times, values, range, scratch, out, 0);
 * }</pre>
 *
 * Immutable and safe to share; the scratch is not. One pass over the samples for sums and extremes, one for what hangs on the mean,
 * and further ones only where time, order or thresholds are asked for; nothing is allocated once the scratch has grown.
 */
public final class IndicatorPlan {
    private final IndicatorSpec[] specs;
    private final int needs;

    private IndicatorPlan(IndicatorSpec[] specs) {
        this.specs = specs;
        int all = 0;
        for (IndicatorSpec spec : specs) {
            all |= spec.statistic().needs();
        }
        this.needs = all;
    }

    public static IndicatorPlan of(List<IndicatorSpec> specs) {
        return new IndicatorPlan(specs.toArray(new IndicatorSpec[0]));
    }

    /** Number of indicators, results per window. */
    public int size() {
        return specs.length;
    }

    public IndicatorSpec spec(int index) {
        return specs[index];
    }

    /**
     * Computes all indicators of one window.
     *
     * @param micros time stamps in ascending order, microseconds
     * @param values one per time stamp; NaN and infinite ones are skipped
     * @param range where the window is; all results are NaN where it is absent
     * @param out receives {@link #size()} results from {@code outFrom} on; NaN where undefined
     * @return number of samples skipped because they are not finite
     */
    public int evaluate(
            long[] micros, double[] values, SampleRange range, IndicatorScratch scratch, double[] out, int outFrom) {
        if (range.presence() == SampleRange.Presence.STEP_ABSENT) {
            Arrays.fill(out, outFrom, outFrom + specs.length, Double.NaN);
            return 0;
        }
        return evaluate(micros, values, range.from(), range.to(), scratch, out, outFrom);
    }

    /** Computes all indicators of the samples {@code from} (inclusive) to {@code to} (exclusive). */
    public int evaluate(
            long[] micros, double[] values, int from, int to, IndicatorScratch scratch, double[] out, int outFrom) {
        if (from < 0 || to < from || to > values.length || to > micros.length) {
            throw new IndexOutOfBoundsException(
                    "samples " + from + " to " + to + " of " + values.length + " values, " + micros.length + " times");
        }
        scratch.load(micros, values, from, to);
        if (scratch.count() > 0) {
            scratch.passes(needs);
        }
        for (int i = 0; i < specs.length; i++) {
            double value = isComputable(specs[i].statistic(), scratch) ? value(specs[i], scratch) : Double.NaN;
            out[outFrom + i] = Math.abs(value) <= Double.MAX_VALUE ? value : Double.NaN;
        }
        return scratch.skipped;
    }

    /** Computes one indicator; convenient, for single use. */
    public static double evaluateOne(IndicatorSpec spec, long[] micros, double[] values, int from, int to) {
        double[] out = new double[1];
        of(List.of(spec)).evaluate(micros, values, from, to, new IndicatorScratch(), out, 0);
        return out[0];
    }

    /**
     * Tells why an indicator of the window evaluated last with this scratch is NaN, or null when it has a value.
     *
     * @param range the window; decides between an absent step and missing samples
     */
    public @Nullable Undefined whyUndefined(int index, SampleRange range, IndicatorScratch scratch) {
        IndicatorSpec spec = specs[index];
        Statistic statistic = spec.statistic();
        if (range.presence() == SampleRange.Presence.STEP_ABSENT) {
            return Undefined.STEP_ABSENT;
        }
        if (scratch.count() < statistic.minSamples()) {
            return scratch.count() == 0 ? Undefined.NO_SAMPLES : Undefined.TOO_FEW_SAMPLES;
        }
        if (!isComputable(statistic, scratch)) {
            return statistic.requires(Need.DURATION) && scratch.duration() == 0
                    ? Undefined.ZERO_DURATION
                    : Undefined.ZERO_VARIANCE;
        }
        if (Math.abs(value(spec, scratch)) <= Double.MAX_VALUE) {
            return null;
        }
        return switch (statistic) {
            case RISE_TIME, FALL_TIME, SETTLING_TIME, OVERSHOOT -> Undefined.NO_TRANSITION;
            case AT -> Undefined.AFTER_END;
            case RATIO -> spec.parameter(0) == 0 ? Undefined.ZERO_SETPOINT : Undefined.OVERFLOW;
            default -> Undefined.OVERFLOW;
        };
    }

    private static boolean isComputable(Statistic statistic, IndicatorScratch s) {
        return s.count() >= statistic.minSamples()
                && !(statistic.requires(Need.DURATION) && s.duration() == 0)
                && !(statistic.requires(Need.VARIANCE) && (s.isConstant() || s.squares == 0));
    }

    private static double value(IndicatorSpec spec, IndicatorScratch s) {
        double n = s.count();
        return switch (spec.statistic()) {
            case COUNT -> n;
            case DURATION -> s.duration();
            case MEAN -> s.mean;
            case TW_MEAN -> s.isConstant() ? s.mean : s.area / s.duration();
            case TW_MEAN_HOLD -> s.isConstant() ? s.mean : s.holdArea / s.duration();
            case STD -> Math.sqrt(s.squares / (n - 1));
            case VARIANCE -> s.squares / (n - 1);
            case STD_POP -> Math.sqrt(s.squares / n);
            case VARIANCE_POP -> s.squares / n;
            case MIN -> s.min;
            case MAX -> s.max;
            case RANGE -> s.max - s.min;
            case MEDIAN -> s.quantile(0.5);
            case P05 -> s.quantile(0.05);
            case P25 -> s.quantile(0.25);
            case P75 -> s.quantile(0.75);
            case P95 -> s.quantile(0.95);
            case QUANTILE -> s.quantile(spec.parameter(0));
            case MAD -> s.mad();
            case MAD_SCALED -> s.mad() * Quantiles.MAD_TO_SIGMA;
            case FIRST -> s.x[s.from];
            case LAST -> s.x[s.to - 1];
            case SUM -> s.sum;
            case AREA -> s.area;
            case SLOPE -> s.isConstant() ? 0 : s.slope;
            case INTERCEPT -> s.isConstant() ? s.mean : s.mean - s.slope * s.meanSeconds;
            case RMS -> s.isConstant() ? Math.abs(s.mean) : Math.sqrt(s.sumOfSquares / n);
            case SKEWNESS -> Moments.skewness(n, s.squares, s.third);
            case KURTOSIS -> Moments.kurtosis(n, s.squares, s.fourth);
            case LAG1 -> s.serial / s.squares;
            case MAX_ABS_DELTA -> s.maxAbsDelta;
            case OVERSHOOT -> Transients.overshoot(s, spec.parameter(0));
            case RISE_TIME -> Transients.riseTime(s, spec.parameter(0));
            case FALL_TIME -> Transients.fallTime(s, spec.parameter(0));
            case SETTLING_TIME -> Transients.settlingTime(s, spec.parameter(0), spec.parameter(1));
            case ABOVE -> Thresholds.secondsAbove(s, spec.parameter(0), 1);
            case BELOW -> Thresholds.secondsAbove(s, spec.parameter(0), -1);
            case ABOVE_HOLD -> Thresholds.secondsHeldAbove(s, spec.parameter(0), 1);
            case BELOW_HOLD -> Thresholds.secondsHeldAbove(s, spec.parameter(0), -1);
            case OUTSIDE -> Thresholds.outside(s, spec.parameter(0), spec.parameter(1));
            case CROSSINGS -> Thresholds.crossings(s, spec.parameter(0));
            case SPIKES -> Thresholds.spikes(s, spec.parameter(0));
            case AT -> Thresholds.valueAt(s, spec.parameter(0));
            case DELTA -> s.mean - spec.parameter(0);
            case RATIO -> s.mean / spec.parameter(0);
        };
    }
}
