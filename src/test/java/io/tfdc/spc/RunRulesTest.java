package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunRulesTest {
    private static final int ALL = RunRule.ALL_NELSON | RunRule.ALL_WECO;

    @Test
    void only_the_asked_rules_are_reported() {
        double[] history = {0, 2.5, 3.5};
        assertEquals(RunRule.mask(RunRule.NELSON_1), last(history, RunRule.mask(RunRule.NELSON_1, RunRule.NELSON_2)));
        assertEquals(RunRule.mask(RunRule.WECO_1, RunRule.WECO_2), last(history, RunRule.ALL_WECO));
        assertEquals(0, last(history, RunRule.mask(RunRule.NELSON_2)));
    }

    @Test
    void nothing_can_be_said_without_point_center_or_sigma() {
        double[] history = {0, 9};
        assertEquals(RunRules.UNKNOWN, RunRules.last(history, 0, 0, ALL, RunRuleConvention.QCC));
        assertEquals(RunRules.UNKNOWN, RunRules.last(history, 0, Double.NaN, ALL, RunRuleConvention.QCC));
        assertEquals(RunRules.UNKNOWN, RunRules.last(history, Double.NaN, 1, ALL, RunRuleConvention.QCC));
        assertEquals(RunRules.UNKNOWN, last(new double[] {9, Double.NaN}, ALL));
        assertEquals(RunRules.UNKNOWN, last(new double[0], ALL));
        assertEquals(false, RunRule.NELSON_1.isIn(RunRules.UNKNOWN));
    }

    @Test
    void missing_points_are_skipped() {
        double[] history = {1, 1, Double.NaN, 1, 1, Double.POSITIVE_INFINITY, 1, 1, 1, 1, Double.NaN, 1};
        assertEquals(
                RunRule.mask(RunRule.NELSON_2, RunRule.WECO_4),
                last(history, RunRule.mask(RunRule.NELSON_2, RunRule.WECO_4)));
    }

    @Test
    void conventions_differ_where_they_say() {
        RunRuleConvention qcc = RunRuleConvention.QCC;
        RunRuleConvention rspc = RunRuleConvention.RSPC;
        double[] early = {2.5, 2.5};
        assertEquals(0, RunRules.last(early, 0, 1, RunRule.NELSON_5.bit(), qcc));
        assertEquals(RunRule.NELSON_5.bit(), RunRules.last(early, 0, 1, RunRule.NELSON_5.bit(), rspc));
        double[] oneSide = {2, 2, 2, 2, 2, 2, 2, 2};
        assertEquals(0, RunRules.last(oneSide, 0, 1, RunRule.NELSON_8.bit(), qcc));
        assertEquals(RunRule.NELSON_8.bit(), RunRules.last(oneSide, 0, 1, RunRule.NELSON_8.bit(), rspc));
        double[] onTheLine = new double[15];
        Arrays.fill(onTheLine, -1);
        assertEquals(RunRule.NELSON_7.bit(), RunRules.last(onTheLine, 0, 1, RunRule.NELSON_7.bit(), qcc));
        RunRuleConvention strict = new RunRuleConvention(7, 15, false, true, false);
        assertEquals(0, RunRules.last(onTheLine, 0, 1, RunRule.NELSON_7.bit(), strict));
        double[] six = {1, 2, 3, 4, 5, 6};
        assertEquals(RunRule.NELSON_3.bit(), RunRules.last(six, 0, 100, RunRule.NELSON_3.bit(), qcc));
        assertEquals(0, RunRules.last(six, 0, 100, RunRule.NELSON_3.bit(), strict));
        assertThrows(IllegalArgumentException.class, () -> new RunRuleConvention(16, 14, false, false, false));
    }

    @Test
    void a_part_of_an_array_is_a_history_of_its_own() {
        double[] values = {5, 1, 1, 1, 1, 1, 1, 1, 1, -9};
        assertEquals(
                RunRule.WECO_4.bit(), RunRules.last(values, 1, 9, 0, 2, RunRule.WECO_4.bit(), RunRuleConvention.QCC));
        assertEquals(0, RunRules.last(values, 2, 9, 0, 2, RunRule.WECO_4.bit(), RunRuleConvention.QCC));
    }

    @Test
    void rules_agree_with_their_wording_on_random_series() {
        long seed = 23;
        SplittableRandom random = new SplittableRandom(seed);
        int fired = 0;
        for (int round = 0; round < 20_000; round++) {
            double[] history = new double[1 + random.nextInt(24)];
            double slope = random.nextInt(3) == 0 ? 0.5 : 0;
            double scale = random.nextInt(3) == 0 ? 2 : random.nextInt(2) == 0 ? 0.4 : 1;
            int alternate = random.nextInt(3) == 0 ? 1 : 0;
            for (int i = 0; i < history.length; i++) {
                double x = scale * random.nextGaussian() + slope * i + alternate * (i % 2 == 0 ? 2 : -2);
                history[i] = random.nextInt(15) == 0 ? Double.NaN : Math.rint(4 * x) / 4;
            }
            if (Double.isNaN(history[history.length - 1])) {
                continue;
            }
            int expected =
                    byWording(Arrays.stream(history).filter(Double::isFinite).toArray());
            int actual = last(history, RunRule.ALL_NELSON);
            fired |= actual;
            assertEquals(expected, actual, () -> "seed " + seed + " " + Arrays.toString(history));
        }
        assertEquals(RunRule.ALL_NELSON, fired, "seed " + seed + " does not reach every rule");
    }

    /** Nelson's rules written down one by one, newest point last, without regard to cost. */
    private static int byWording(double[] y) {
        int mask = 0;
        mask |= all(y, 1, i -> Math.abs(y[i]) > 3) ? RunRule.NELSON_1.bit() : 0;
        mask |= all(y, 9, i -> y[i] > 0) || all(y, 9, i -> y[i] < 0) ? RunRule.NELSON_2.bit() : 0;
        mask |= differences(y, 6, i -> y[i] > y[i - 1]) || differences(y, 6, i -> y[i] < y[i - 1])
                ? RunRule.NELSON_3.bit()
                : 0;
        mask |= differences(y, 14, i -> y[i] > y[i - 1] == (i % 2 == 0) && y[i] != y[i - 1])
                        || differences(y, 14, i -> y[i] > y[i - 1] == (i % 2 == 1) && y[i] != y[i - 1])
                ? RunRule.NELSON_4.bit()
                : 0;
        mask |= kOfN(y, 2, 3, 2) ? RunRule.NELSON_5.bit() : 0;
        mask |= kOfN(y, 4, 5, 1) ? RunRule.NELSON_6.bit() : 0;
        mask |= all(y, 15, i -> Math.abs(y[i]) <= 1) ? RunRule.NELSON_7.bit() : 0;
        mask |= all(y, 8, i -> Math.abs(y[i]) > 1) && !all(y, 8, i -> y[i] > 0) && !all(y, 8, i -> y[i] < 0)
                ? RunRule.NELSON_8.bit()
                : 0;
        return mask;
    }

    private static boolean all(double[] y, int points, IntPredicate holds) {
        return y.length >= points
                && IntStream.range(y.length - points, y.length).allMatch(holds);
    }

    private static boolean differences(double[] y, int points, IntPredicate holds) {
        return y.length >= points
                && IntStream.range(y.length - points + 1, y.length).allMatch(holds);
    }

    private static boolean kOfN(double[] y, int k, int n, double zone) {
        if (y.length < n) {
            return false;
        }
        double[] window = Arrays.copyOfRange(y, y.length - n, y.length);
        double current = y[y.length - 1];
        return (current > zone && Arrays.stream(window).filter(v -> v > zone).count() >= k)
                || (current < -zone
                        && Arrays.stream(window).filter(v -> v < -zone).count() >= k);
    }

    private static int last(double[] history, int rules) {
        return RunRules.last(history, 0, 1, rules, RunRuleConvention.QCC);
    }
}
