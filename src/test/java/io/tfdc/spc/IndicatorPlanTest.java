package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IndicatorPlanTest {
    private static final long[] TIMES = {0, 1_000_000, 3_000_000, 4_000_000};
    private static final double[] VALUES = {2, 4, 4, 8};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count|4",
                "duration|4",
                "mean|4.5",
                "sum|18",
                "min|2",
                "max|8",
                "range|6",
                "first|2",
                "last|8",
                "median|4",
                "p25|3.5",
                "p75|5",
                "quantile(0)|2",
                "quantile(1)|8",
                "var|6.333333333333333",
                "var-pop|4.75",
                "std-pop|2.179449471770337",
                "std|2.516611478423583",
                "rms|5",
                "area|17",
                "tw-mean|4.25",
                "tw-mean-hold|3.5",
                "slope|1.2",
                "intercept|2.1",
                "max-abs-delta|4",
                "mad|1",
                "mad-scaled|1.4826022185056018",
                "skewness|1.1293381149712478",
                "kurtosis|2.2271468144044",
                "lag1|-0.013157894736842105",
                "delta(4)|0.5",
                "ratio(9)|0.5",
                "above(4)|1",
                "above(3)|3.5",
                "below(4)|1",
                "below(3)|0.5",
                "above-hold(3)|3",
                "below-hold(3)|1",
                "above-hold(4)|0",
                "outside(3,5)|2",
                "crossings(3)|1",
                "crossings(4)|1",
                "crossings(9)|0",
                "at(0)|2",
                "at(0.999999)|2",
                "at(1)|4",
                "at(4)|8"
            })
    void definitions_on_four_samples(String indicator, double expected) {
        assertEquals(expected, one(indicator, TIMES, VALUES), 1e-12 * Math.max(1, Math.abs(expected)), indicator);
    }

    @Test
    void spikes_stand_out_from_both_neighbours() {
        double[] x = {0, 0, 9, 0, 5, 5, -9, 5, 9};
        assertEquals(2, one("spikes(5)", everySecond(x.length), x));
        assertEquals(0, one("spikes(14)", everySecond(x.length), x));
    }

    @Test
    void rise_overshoot_and_settling_of_a_step_response() {
        double[] x = {0, 5, 10, 12, 9.9, 10, 10, 10, 10, 10};
        long[] t = everySecond(x.length);
        assertEquals(1.6, one("rise-time", t, x), 1e-12);
        assertEquals(2, one("overshoot", t, x), 1e-12);
        assertEquals(3, one("settling-time", t, x), 1e-12);
        assertEquals(4, one("settling-time(0.005,5)", t, x), 1e-12);
        double[] falling = Arrays.stream(x).map(v -> -v).toArray();
        assertEquals(1.6, one("fall-time", t, falling), 1e-12);
        assertEquals(2, one("overshoot", t, falling), 1e-12);
        assertEquals(Double.NaN, one("rise-time", t, falling));
        assertEquals(Double.NaN, one("fall-time", t, x));
    }

    @Test
    void undefined_results_are_nan_with_a_reason_and_never_zero() {
        assertReason(Undefined.NO_SAMPLES, "mean", new long[0], new double[0]);
        assertReason(Undefined.NO_SAMPLES, "min", TIMES, nans(4));
        assertReason(Undefined.TOO_FEW_SAMPLES, "std", new long[] {1}, new double[] {5});
        assertReason(Undefined.TOO_FEW_SAMPLES, "skewness", new long[] {1, 2}, new double[] {5, 6});
        assertReason(Undefined.TOO_FEW_SAMPLES, "kurtosis", new long[] {1, 2, 3}, new double[] {5, 6, 8});
        assertReason(Undefined.ZERO_DURATION, "slope", new long[] {1, 1}, new double[] {5, 6});
        assertReason(Undefined.ZERO_DURATION, "tw-mean", new long[] {1, 1}, new double[] {5, 6});
        assertReason(Undefined.ZERO_VARIANCE, "lag1", TIMES, new double[] {3, 3, 3, 3});
        assertReason(Undefined.ZERO_VARIANCE, "skewness", TIMES, new double[] {3, 3, 3, 3});
        assertReason(Undefined.NO_TRANSITION, "rise-time", TIMES, new double[] {3, 3, 3, 3});
        assertReason(Undefined.NO_TRANSITION, "overshoot", TIMES, new double[] {3, 3, 3, 3});
        assertReason(Undefined.NO_TRANSITION, "settling-time", TIMES, new double[] {3, 3, 3, 3});
        assertReason(Undefined.AFTER_END, "at(5)", TIMES, VALUES);
        assertReason(Undefined.ZERO_SETPOINT, "ratio(0)", TIMES, VALUES);
        assertReason(Undefined.OVERFLOW, "var", TIMES, new double[] {1e300, -1e300, 1e300, 0});
        assertReason(null, "mean", TIMES, VALUES);
        assertReason(null, "count", new long[0], new double[0]);
    }

    @Test
    void an_absent_step_is_undefined_altogether() {
        IndicatorPlan plan = plan("count", "mean");
        IndicatorScratch scratch = new IndicatorScratch();
        double[] out = {1, 1};
        assertEquals(0, plan.evaluate(TIMES, VALUES, SampleRange.ABSENT, scratch, out, 0));
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, out);
        assertEquals(Undefined.STEP_ABSENT, plan.whyUndefined(0, SampleRange.ABSENT, scratch));
    }

    @Test
    void an_empty_window_has_a_count_of_zero_and_nothing_else() {
        double[] out = new double[3];
        plan("count", "mean", "sum").evaluate(TIMES, VALUES, 2, 2, new IndicatorScratch(), out, 0);
        assertArrayEquals(new double[] {0, Double.NaN, Double.NaN}, out);
    }

    @ParameterizedTest
    @EnumSource
    void samples_that_are_not_finite_are_skipped_and_counted(Statistic statistic) {
        double[] dirty = {Double.NaN, 2, 4, Double.POSITIVE_INFINITY, 4, Double.NEGATIVE_INFINITY, 8, Double.NaN};
        long[] times = {-5, 0, 1_000_000, 2_000_000, 3_000_000, 3_500_000, 4_000_000, 9_000_000};
        IndicatorPlan plan = IndicatorPlan.of(List.of(example(statistic)));
        double[] clean = new double[1];
        double[] skipping = new double[1];
        assertEquals(0, plan.evaluate(TIMES, VALUES, 0, 4, new IndicatorScratch(), clean, 0));
        assertEquals(4, plan.evaluate(times, dirty, 0, 8, new IndicatorScratch(), skipping, 0));
        assertArrayEquals(clean, skipping, statistic.text());
    }

    @ParameterizedTest
    @EnumSource
    void a_constant_signal_gives_exact_results(Statistic statistic) {
        double[] x = new double[30];
        Arrays.fill(x, 0.1);
        double value = IndicatorPlan.evaluateOne(example(statistic), everySecond(30), x, 0, 30);
        switch (statistic) {
            case MEAN,
                    TW_MEAN,
                    TW_MEAN_HOLD,
                    MIN,
                    MAX,
                    MEDIAN,
                    P05,
                    P25,
                    P75,
                    P95,
                    QUANTILE,
                    FIRST,
                    LAST,
                    AT,
                    RMS,
                    INTERCEPT -> assertEquals(0.1, value);
            case STD,
                    VARIANCE,
                    STD_POP,
                    VARIANCE_POP,
                    RANGE,
                    MAD,
                    MAD_SCALED,
                    SLOPE,
                    MAX_ABS_DELTA,
                    CROSSINGS,
                    SPIKES -> assertEquals(0, value);
            case LAG1, SKEWNESS, KURTOSIS, OVERSHOOT, RISE_TIME, FALL_TIME, SETTLING_TIME ->
                assertEquals(Double.NaN, value);
            default -> assertEquals(true, Double.isFinite(value));
        }
    }

    @Test
    void a_result_does_not_depend_on_what_else_is_asked() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(301).map(v -> 1e4 + v).toArray();
        long[] t = everySecond(301);
        List<IndicatorSpec> all = Arrays.stream(Statistic.values())
                .map(IndicatorPlanTest::example)
                .toList();
        double[] together = new double[all.size()];
        IndicatorScratch reused = new IndicatorScratch();
        IndicatorPlan.of(all).evaluate(t, x, 0, 200, reused, together, 0);
        IndicatorPlan.of(all).evaluate(t, x, 17, 300, reused, together, 0);
        for (int i = 0; i < all.size(); i++) {
            assertEquals(
                    IndicatorPlan.evaluateOne(all.get(i), t, x, 17, 300), together[i], all.get(i) + " seed " + seed);
        }
    }

    @Test
    void quantiles_agree_with_sorting_on_any_shape_of_data() {
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 600; round++) {
            int n = 1 + random.nextInt(400);
            int shape = round % 6;
            double[] x = new double[n];
            Arrays.setAll(x, i -> switch (shape) {
                case 0 -> random.nextDouble();
                case 1 -> random.nextInt(4);
                case 2 -> Math.exp(20 * random.nextDouble());
                case 3 -> i;
                case 4 -> i == 0 ? 1e300 : random.nextDouble();
                default -> (random.nextBoolean() ? 1e308 : -1e308) * random.nextDouble();
            });
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            for (String p : List.of("0", "0.05", "0.25", "0.5", "0.75", "0.95", "1")) {
                double expected = Quantiles.ofSorted(sorted, Double.parseDouble(p), Quantiles.Type.TYPE_7);
                if (Double.isFinite(expected)) {
                    double actual = one("quantile(" + p + ")", everySecond(n), x);
                    assertEquals(
                            expected, actual, 1e-12 * Math.abs(expected), () -> "seed " + seed + " n " + n + " p " + p);
                }
            }
            double mad = Quantiles.mad(x);
            assertEquals(mad, shape == 5 ? mad : one("mad", everySecond(n), x), 1e-12 * mad, () -> "seed " + seed);
        }
    }

    @Test
    void a_window_outside_the_arrays_is_refused() {
        IndicatorPlan plan = plan("mean");
        IndicatorScratch scratch = new IndicatorScratch();
        double[] out = new double[1];
        assertThrows(IndexOutOfBoundsException.class, () -> plan.evaluate(TIMES, VALUES, 0, 5, scratch, out, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.evaluate(TIMES, VALUES, 3, 2, scratch, out, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> plan.evaluate(TIMES, VALUES, -1, 2, scratch, out, 0));
    }

    private static void assertReason(
            @org.jspecify.annotations.Nullable Undefined expected, String indicator, long[] t, double[] x) {
        IndicatorPlan plan = plan(indicator);
        IndicatorScratch scratch = new IndicatorScratch();
        double[] out = new double[1];
        plan.evaluate(t, x, 0, x.length, scratch, out, 0);
        assertEquals(expected != null, Double.isNaN(out[0]), indicator);
        Undefined reason = plan.whyUndefined(0, SampleRange.of(0, x.length), scratch);
        if (expected == null) {
            assertNull(reason, indicator);
        } else {
            assertEquals(expected, reason, indicator);
        }
    }

    private static IndicatorSpec example(Statistic statistic) {
        return switch (statistic) {
            case QUANTILE -> IndicatorSpec.of(statistic, 0.3);
            case OUTSIDE -> IndicatorSpec.of(statistic, 3, 5);
            case RATIO, DELTA, ABOVE, BELOW, ABOVE_HOLD, BELOW_HOLD, CROSSINGS -> IndicatorSpec.of(statistic, 3);
            case SPIKES, AT -> IndicatorSpec.of(statistic, 1);
            default -> IndicatorSpec.of(statistic);
        };
    }

    private static IndicatorPlan plan(String... indicators) {
        return IndicatorPlan.of(Stream.of(indicators).map(IndicatorSpec::parse).toList());
    }

    private static double one(String indicator, long[] t, double[] x) {
        return IndicatorPlan.evaluateOne(IndicatorSpec.parse(indicator), t, x, 0, x.length);
    }

    private static double[] nans(int n) {
        double[] x = new double[n];
        Arrays.fill(x, Double.NaN);
        return x;
    }

    private static long[] everySecond(int n) {
        long[] t = new long[n];
        Arrays.setAll(t, i -> i * 1_000_000L);
        return t;
    }
}
