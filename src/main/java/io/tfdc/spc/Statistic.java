package io.tfdc.spc;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be computed from the samples (t, x) of a window. The text name is stable: it is part of chart keys and strategies.
 *
 * <p>Times are seconds, values keep the signal's unit (slope: unit/s, area: unit*s). A result that is not defined (too few samples,
 * no duration, no variance, overflow) is NaN, never 0; {@link IndicatorPlan#whyUndefined} tells the reason. Samples that are NaN or
 * infinite are skipped.
 */
@SuppressWarnings("ImmutableEnumChecker") // its lists are made by List.of
public enum Statistic {
    /** Number of finite samples; 0 in an empty window. */
    COUNT("count", 0),
    /** Last minus first time. */
    DURATION("duration", 1),
    MEAN("mean", 1),
    /** Area by trapezoids over duration. */
    TW_MEAN("tw-mean", 2, Need.AREA, Need.DURATION),
    /** Mean of a signal that holds its value until the next sample. */
    TW_MEAN_HOLD("tw-mean-hold", 2, Need.HOLD, Need.DURATION),
    /** Sample standard deviation (n-1). */
    STD("std", 2, Need.SQUARES),
    /** Sample variance (n-1). */
    VARIANCE("var", 2, Need.SQUARES),
    /** Population standard deviation (n). */
    STD_POP("std-pop", 1, Need.SQUARES),
    /** Population variance (n). */
    VARIANCE_POP("var-pop", 1, Need.SQUARES),
    MIN("min", 1),
    MAX("max", 1),
    RANGE("range", 1),
    MEDIAN("median", 1, Need.ORDER),
    /** Quantiles of type 7, as {@link Quantiles} defines it. */
    P05("p05", 1, Need.ORDER),
    P25("p25", 1, Need.ORDER),
    P75("p75", 1, Need.ORDER),
    P95("p95", 1, Need.ORDER),
    /** {@code quantile(p)}, type 7, p from 0 to 1. */
    QUANTILE("quantile", 1, List.of("p"), Need.ORDER),
    /** Median absolute deviation from the median, not scaled. */
    MAD("mad", 1, Need.ORDER),
    /** {@link #MAD} times 1.4826, comparable with a standard deviation. */
    MAD_SCALED("mad-scaled", 1, Need.ORDER),
    FIRST("first", 1),
    LAST("last", 1),
    SUM("sum", 1),
    /** Integral by trapezoids. */
    AREA("area", 1, Need.AREA),
    /** Least-squares slope per second. */
    SLOPE("slope", 2, Need.TREND, Need.DURATION),
    /** Least-squares line at the window's first sample. */
    INTERCEPT("intercept", 2, Need.TREND, Need.DURATION),
    /** Root of the mean square. */
    RMS("rms", 1, Need.ROOT_SQUARES),
    /** Skewness G1 (as Excel); other types in {@link Moments}. */
    SKEWNESS("skewness", 3, Need.FOURTH, Need.VARIANCE),
    /** Excess kurtosis G2 (as Excel); other types in {@link Moments}. */
    KURTOSIS("kurtosis", 4, Need.FOURTH, Need.VARIANCE),
    /** Autocorrelation at lag 1. */
    LAG1("lag1", 2, Need.SERIAL, Need.SQUARES, Need.VARIANCE),
    /** Greatest step between neighbours. */
    MAX_ABS_DELTA("max-abs-delta", 2, Need.SERIAL),
    /** {@code overshoot} or {@code overshoot(k)}: how far beyond the final level (mean of the last k samples, 5 by default) it went. */
    OVERSHOOT("overshoot", 2, List.of("k"), 0, 5),
    /** {@code rise-time(k)}: from 10 % to 90 % of the way up from the first sample to the final level. */
    RISE_TIME("rise-time", 2, List.of("k"), 0, 5),
    /** {@code fall-time(k)}: from 10 % to 90 % of the way down. */
    FALL_TIME("fall-time", 2, List.of("k"), 0, 5),
    /** {@code settling-time(band,k)}: last time outside band * step (0.02 by default) around the final level, from the start. */
    SETTLING_TIME("settling-time", 2, List.of("band", "k"), 0, 0.02, 5),
    /** {@code above(c)}: seconds strictly above c, straight lines between samples. */
    ABOVE("above", 2, List.of("threshold")),
    /** {@code below(c)}: seconds strictly below c, straight lines between samples. */
    BELOW("below", 2, List.of("threshold")),
    /** {@code above-hold(c)}: seconds strictly above c of a signal that holds its value. */
    ABOVE_HOLD("above-hold", 2, List.of("threshold")),
    /** {@code below-hold(c)}: seconds strictly below c of a signal that holds its value. */
    BELOW_HOLD("below-hold", 2, List.of("threshold")),
    /** {@code outside(lo,hi)}: number of samples below lo or above hi. */
    OUTSIDE("outside", 1, List.of("lo", "hi")),
    /** {@code crossings(c)}: how often the signal changes sides of c; samples on c belong to the side before. */
    CROSSINGS("crossings", 1, List.of("threshold")),
    /** {@code spikes(h)}: samples that stand out from both neighbours by more than h on the same side. */
    SPIKES("spikes", 1, List.of("height")),
    /** {@code at(s)}: value held s seconds after the window's first sample. */
    AT("at", 1, List.of("seconds")),
    /** {@code delta(c)}: mean minus set-point c. */
    DELTA("delta", 1, List.of("setpoint")),
    /** {@code ratio(c)}: mean over set-point c. */
    RATIO("ratio", 1, List.of("setpoint"));

    /**
     * How coarsely the result moves when the signal moves by one of its last digits: 1 for averages, which take any value between two
     * digits; 2.5 for results that are samples or differences of samples, which can but jump by whole digits; 0 for those in another
     * unit.
     */
    public double grain() {
        return switch (this) {
            case MEAN, TW_MEAN, TW_MEAN_HOLD, STD, STD_POP, RMS, DELTA -> 1;
            case MIN,
                    MAX,
                    RANGE,
                    MEDIAN,
                    P05,
                    P25,
                    P75,
                    P95,
                    QUANTILE,
                    MAD,
                    MAD_SCALED,
                    FIRST,
                    LAST,
                    MAX_ABS_DELTA,
                    AT -> 2.5;
            default -> 0;
        };
    }

    /** Sums a statistic is made of; each is one pass at most. */
    static final class Need {
        static final int AREA = 1;
        static final int HOLD = 1 << 1;
        static final int SQUARES = 1 << 2;
        static final int ROOT_SQUARES = 1 << 3;
        static final int FOURTH = 1 << 4;
        static final int TREND = 1 << 5;
        static final int SERIAL = 1 << 6;
        static final int ORDER = 1 << 7;
        /** Conditions of being defined, no pass. */
        static final int DURATION = 1 << 16;

        static final int VARIANCE = 1 << 17;

        private Need() {}
    }

    private static final Map<String, Statistic> BY_NAME = byName();

    private final String text;
    private final int minSamples;
    private final int needs;
    private final List<String> parameterNames;
    private final List<Double> defaults;

    Statistic(String text, int minSamples, int... needs) {
        this(text, minSamples, List.of(), List.of(), union(needs));
    }

    Statistic(String text, int minSamples, List<String> parameterNames) {
        this(text, minSamples, parameterNames, List.of(), 0);
    }

    Statistic(String text, int minSamples, List<String> parameterNames, int needs, double... defaults) {
        this(text, minSamples, parameterNames, boxed(defaults), needs);
    }

    Statistic(String text, int minSamples, List<String> parameterNames, List<Double> defaults, int needs) {
        this.text = text;
        this.minSamples = minSamples;
        this.needs = needs;
        this.parameterNames = parameterNames;
        this.defaults = defaults;
    }

    /** The stable name, lower case with dashes. */
    public String text() {
        return text;
    }

    /** Fewest finite samples for which the result can be defined. */
    public int minSamples() {
        return minSamples;
    }

    /** Names of the parameters in order; empty for most. */
    public List<String> parameterNames() {
        return parameterNames;
    }

    /** Values of left-out parameters; empty when all must be given. */
    List<Double> defaults() {
        return defaults;
    }

    int needs() {
        return needs;
    }

    boolean requires(int need) {
        return (needs & need) != 0;
    }

    /**
     * Reads the stable name.
     *
     * @throws SpcFormatException when no statistic has this name
     */
    public static Statistic parse(String text) {
        Statistic found = BY_NAME.get(text);
        if (found == null) {
            throw new SpcFormatException("statistic", text, "one of " + String.join(", ", names()));
        }
        return found;
    }

    /** All names in order of declaration. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Statistic::text).toList();
    }

    @Override
    public String toString() {
        return text;
    }

    private static Map<String, Statistic> byName() {
        Map<String, Statistic> map = new HashMap<>();
        for (Statistic s : values()) {
            map.put(s.text, s);
        }
        return Map.copyOf(map);
    }

    private static int union(int... needs) {
        int all = 0;
        for (int need : needs) {
            all |= need;
        }
        return all;
    }

    private static List<Double> boxed(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
