package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What must hold for any data: moments do not depend on how they were computed, moving ranges do depend on order. */
class MomentsPropertyTest {
    private static final double TOLERANCE = 1e-9;

    @RepeatedTest(40)
    void splitting_anywhere_and_merging_gives_the_moments_of_the_whole(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        double[] x = series(random);
        Moments whole = Moments.of(x);
        Moments merged = new Moments();
        Moments streamed = new Moments();
        int from = 0;
        while (from < x.length) {
            int to = Math.min(x.length, from + random.nextInt(x.length / 3 + 2));
            merged.merge(random.nextBoolean() ? Moments.of(x, from, to) : stream(x, from, to));
            from = to;
        }
        Arrays.stream(x).forEach(streamed::add);
        assertSame(whole, merged, "seed " + round.getCurrentRepetition());
        assertSame(whole, streamed, "seed " + round.getCurrentRepetition());
    }

    @RepeatedTest(20)
    void order_does_not_matter_to_moments_but_to_moving_ranges(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        double[] x = series(random);
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        assertSame(Moments.of(x), Moments.of(sorted), "seed " + round.getCurrentRepetition());
        double sigma = CenterSigma.of(LimitMethod.MEAN_MR, x).sigma();
        double ofSorted = CenterSigma.of(LimitMethod.MEAN_MR, sorted).sigma();
        assertTrue(ofSorted < 0.9 * sigma, () -> ofSorted + " of " + sigma + ", seed " + round.getCurrentRepetition());
        double[] reversed = x.clone();
        for (int i = 0; i < x.length; i++) {
            reversed[i] = x[x.length - 1 - i];
        }
        assertEquals(sigma, CenterSigma.of(LimitMethod.MEAN_MR, reversed).sigma(), TOLERANCE * sigma);
    }

    @RepeatedTest(20)
    void limits_follow_a_change_of_unit(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        double[] x = series(random);
        double a = (random.nextBoolean() ? 1 : -1) * Math.exp(4 * random.nextDouble());
        double b = 100 * random.nextDouble();
        double[] y = Arrays.stream(x).map(v -> a * v + b).toArray();
        for (LimitMethod method : LimitMethod.values()) {
            if (method != LimitMethod.FIXED) {
                ControlLimits of = Baseline.compute(LimitPolicy.of(method, 4), x);
                ControlLimits changed = Baseline.compute(LimitPolicy.of(method, 4), y);
                String what = method + ", seed " + round.getCurrentRepetition();
                double least = TOLERANCE * Math.abs(a) * (1 + Math.abs(of.center()));
                assertEquals(a * of.center() + b, changed.center(), least, what);
                assertEquals(Math.abs(a) * of.sigma(), changed.sigma(), least, what);
                assertEquals(a * (a > 0 ? of.ucl() : of.lcl()) + b, changed.ucl(), least, what);
            }
        }
        assertEquals(Moments.of(x).skewness(2) * Math.signum(a), Moments.of(y).skewness(2), 1e-6);
        assertEquals(Moments.of(x).kurtosis(2), Moments.of(y).kurtosis(2), 1e-6);
    }

    @Test
    void a_large_offset_does_not_cost_the_spread() {
        double[] x = new double[1_001];
        Arrays.setAll(x, i -> 1e9 + (i % 2 == 0 ? 0.25 : 0.75));
        double expected = Math.sqrt(0.0625 * x.length / (x.length - 1.0) * (1 - 1.0 / ((double) x.length * x.length)));
        assertEquals(expected, Moments.of(x).std(), 1e-12);
        assertEquals(expected, stream(x, 0, x.length).std(), 1e-7);
    }

    @Test
    void nothing_is_defined_without_values_and_values_that_are_not_finite_are_only_counted() {
        Moments none = Moments.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY});
        assertEquals(0, none.count());
        assertEquals(2, none.skipped());
        assertEquals(Double.NaN, none.mean());
        assertEquals(Double.NaN, none.std());
        assertEquals(Double.NaN, none.populationStd());
        Moments one = new Moments();
        one.add(Double.NaN);
        one.add(7);
        assertEquals(1, one.skipped());
        assertEquals(7, one.mean());
        assertEquals(Double.NaN, one.std());
        assertEquals(0, one.populationStd());
        assertEquals(Double.NaN, one.skewness(1));
        assertEquals(Double.NaN, one.kurtosis(1));
        none.merge(one);
        assertEquals(3, none.skipped());
        assertEquals(7, none.mean());
        assertNotEquals(0, none.count());
        assertThrows(
                IllegalArgumentException.class,
                () -> Moments.of(new double[] {1, 2, 4, 9}).skewness(4));
        assertThrows(
                IllegalArgumentException.class,
                () -> Moments.of(new double[] {1, 2, 4, 9}).kurtosis(0));
    }

    private static double[] series(SplittableRandom random) {
        double[] x = new double[20 + random.nextInt(400)];
        double offset = 1e3 * random.nextGaussian();
        Arrays.setAll(x, i -> offset + random.nextGaussian() + (random.nextInt(20) == 0 ? 5 : 0));
        return x;
    }

    private static Moments stream(double[] x, int from, int to) {
        Moments moments = new Moments();
        for (int i = from; i < to; i++) {
            moments.add(x[i]);
        }
        return moments;
    }

    private static void assertSame(Moments expected, Moments actual, String what) {
        assertEquals(expected.count(), actual.count(), what);
        assertEquals(expected.mean(), actual.mean(), TOLERANCE * (1 + Math.abs(expected.mean())), what);
        assertEquals(expected.variance(), actual.variance(), TOLERANCE * expected.variance(), what);
        assertEquals(expected.skewness(1), actual.skewness(1), 1e-7, what);
        assertEquals(expected.kurtosis(1), actual.kurtosis(1), 1e-7, what);
    }
}
