package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final double NONE = Double.NaN;
    private static final LimitPolicy POLICY = LimitPolicy.of(LimitMethod.SD, 3).withLearning(4, 6);

    @Test
    void a_chart_learns_then_judges_provisionally_then_freezes() {
        double[] runs = {1, NONE, 2, 3, 4, 5, 6, 100, 200};
        assertEquals(LimitStatus.LEARNING, Baseline.learn(POLICY, runs, 0).status());
        ControlLimits learning = Baseline.learn(POLICY, runs, 4);
        assertEquals(LimitStatus.LEARNING, learning.status());
        assertEquals(3, learning.n());
        assertEquals(Verdict.UNKNOWN, learning.judge(1e9));
        ControlLimits provisional = Baseline.learn(POLICY, runs, 5);
        assertEquals(LimitStatus.PROVISIONAL, provisional.status());
        assertEquals(2.5, provisional.center());
        assertEquals(Verdict.ABOVE, provisional.judge(100));
        ControlLimits frozen = Baseline.learn(POLICY, runs, 7);
        assertEquals(LimitStatus.FROZEN, frozen.status());
        assertEquals(3.5, frozen.center());
        assertEquals(frozen, Baseline.learn(POLICY, runs));
    }

    @Test
    void judging_is_strict_and_unknown_for_what_is_missing() {
        ControlLimits limits = ControlLimits.fixed(10, 1, 3);
        assertEquals(Verdict.WITHIN, limits.judge(13));
        assertEquals(Verdict.ABOVE, limits.judge(Math.nextUp(13)));
        assertEquals(Verdict.WITHIN, limits.judge(7));
        assertEquals(Verdict.BELOW, limits.judge(Math.nextDown(7)));
        assertEquals(Verdict.UNKNOWN, limits.judge(NONE));
        assertEquals(Verdict.UNKNOWN, limits.judge(Double.POSITIVE_INFINITY));
        assertEquals(Verdict.ABOVE, limits.judge(12.5, 2));
        assertEquals(Verdict.BELOW, limits.judge(7.5, 2));
        assertEquals(Verdict.WITHIN, limits.judge(12, 2));
        assertEquals(Verdict.UNKNOWN, limits.judge(NONE, 2));
        assertEquals(Verdict.UNKNOWN, ControlLimits.fixed(0, 5).judge(99, 2));
    }

    @Test
    void one_sided_limits_judge_one_side() {
        ControlLimits upper = ControlLimits.fixed(NONE, 5);
        assertEquals(Verdict.WITHIN, upper.judge(-1e9));
        assertEquals(Verdict.ABOVE, upper.judge(6));
        assertEquals(upper, upper.widened(2));
        LimitPolicy lowerOnly =
                new LimitPolicy(LimitMethod.SD, 3, NONE, MinHalfWidth.NONE, SpecLimits.NONE, 2, 4, false);
        ControlLimits lower = Baseline.compute(lowerOnly, new double[] {1, 2, 3});
        assertEquals(-1, lower.lcl());
        assertEquals(NONE, lower.ucl());
        assertEquals(Verdict.WITHIN, lower.judge(1e9));
        assertEquals(Verdict.BELOW, lower.judge(-2));
        LimitPolicy upperOnly =
                new LimitPolicy(LimitMethod.SD, NONE, 3, MinHalfWidth.NONE, SpecLimits.NONE, 2, 4, false);
        assertEquals(
                Verdict.WITHIN,
                Baseline.compute(upperOnly, new double[] {1, 2, 3}).judge(-1e9));
    }

    @Test
    void without_spread_everything_is_unknown_unless_a_least_width_is_set() {
        double[] constant = {0, 0, 0, 0, 0, 0};
        ControlLimits none = Baseline.learn(POLICY, constant);
        assertEquals(LimitStatus.UNDEFINED, none.status());
        assertEquals(Verdict.UNKNOWN, none.judge(1e9));
        ControlLimits wide = Baseline.learn(POLICY.withMinHalfWidth(MinHalfWidth.ofAbs(2)), constant);
        assertEquals(LimitStatus.FROZEN, wide.status());
        assertEquals(Verdict.WITHIN, wide.judge(2));
        assertEquals(Verdict.ABOVE, wide.judge(2.1));
        assertEquals(
                RunRules.UNKNOWN, RunRules.last(constant, wide.center(), wide.sigma(), 0xfff, RunRuleConvention.QCC));
        double[] tenths = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1};
        for (LimitMethod method : LimitMethod.values()) {
            if (method != LimitMethod.FIXED) {
                LimitPolicy policy = LimitPolicy.of(method, 3).withLearning(4, 6);
                assertEquals(
                        LimitStatus.UNDEFINED, Baseline.learn(policy, tenths).status(), method.text());
            }
        }
    }

    @Test
    void the_greatest_least_width_counts_and_spec_caps() {
        assertEquals(5, new MinHalfWidth(1, 0.5, 2, 2).around(-1_000));
        assertEquals(4, new MinHalfWidth(1, 0.1, 2, 2).around(-1_000));
        assertEquals(1, new MinHalfWidth(1, 0, 0, 0).around(-1_000));
        double[] runs = {9, 11, 9, 11, 9, 11};
        ControlLimits capped = Baseline.learn(POLICY.withCap(SpecLimits.of(8, 100)), runs);
        assertEquals(8, capped.lcl());
        assertTrue(capped.ucl() > 13 && capped.ucl() < 14);
        ControlLimits narrow = Baseline.learn(
                POLICY.withCap(SpecLimits.of(9.5, 10.5)).withMinHalfWidth(MinHalfWidth.ofPercent(50)), runs);
        assertEquals(9.5, narrow.lcl());
        assertEquals(10.5, narrow.ucl());
        ControlLimits beyond = Baseline.learn(POLICY.withCap(SpecLimits.of(NONE, 5)), runs);
        assertEquals(Verdict.ABOVE, beyond.judge(10));
    }

    @Test
    void outliers_are_taken_out_of_the_baseline_on_request() {
        double[] runs = new double[40];
        SplittableRandom random = new SplittableRandom(3);
        Arrays.setAll(runs, i -> i == 20 ? 1_000 : random.nextGaussian());
        LimitPolicy policy = LimitPolicy.of(LimitMethod.SD, 4).withLearning(30, 40);
        assertTrue(Baseline.learn(policy, runs).ucl() > 300);
        ControlLimits clean = Baseline.learn(policy.withExclusion(true), runs);
        assertTrue(clean.ucl() < 6, clean::toString);
        assertEquals(39, clean.n());
        assertEquals(LimitStatus.FROZEN, clean.status());
    }

    @Test
    void frozen_limits_see_a_drift_that_rolling_ones_follow() {
        SplittableRandom random = new SplittableRandom(17);
        double[] runs = new double[400];
        Arrays.setAll(runs, i -> random.nextGaussian() + (i < 100 ? 0 : 0.1 * (i - 100)));
        LimitPolicy policy = LimitPolicy.of(LimitMethod.SD, 3).withLearning(30, 100);
        ControlLimits frozen = Baseline.learn(policy, runs);
        int byFrozen = 0;
        int byRolling = 0;
        for (int i = 200; i < 400; i++) {
            double[] window = Arrays.copyOfRange(runs, i - 100, i);
            byFrozen += frozen.judge(runs[i]).isOutside() ? 1 : 0;
            byRolling += Baseline.learn(policy, window).judge(runs[i]).isOutside() ? 1 : 0;
        }
        assertTrue(
                byFrozen > 195 && byRolling < 5, "frozen " + byFrozen + ", rolling " + byRolling + " of 200, seed 17");
    }

    @Test
    void a_new_epoch_learns_again_shifts_or_keeps() {
        ControlLimits before = Baseline.learn(POLICY, new double[] {1, 2, 3, 4, 5, 6});
        double[] after = {101, 102, 103, NONE};
        assertEquals(
                LimitStatus.LEARNING,
                EpochPolicy.RELEARN.limits(POLICY, before, after).status());
        EpochPolicy shift = new EpochPolicy(EpochPolicy.Mode.SHIFT_CENTER, 3, 1, 0);
        ControlLimits shifted = shift.limits(POLICY, before, after);
        assertEquals(102, shifted.center());
        assertEquals(before.sigma(), shifted.sigma());
        assertEquals(102 + 3 * before.sigma(), shifted.ucl(), 1e-12);
        assertEquals(LimitStatus.FROZEN, shifted.status());
        assertEquals(
                LimitStatus.LEARNING,
                shift.limits(POLICY, before, new double[] {101, NONE}).status());
        ControlLimits learning = ControlLimits.learning(LimitMethod.SD, 2);
        assertEquals(LimitStatus.LEARNING, shift.limits(POLICY, learning, after).status());
        EpochPolicy keep = new EpochPolicy(EpochPolicy.Mode.KEEP, 1, 1.5, 2);
        ControlLimits widened = keep.limits(POLICY, before, new double[] {101});
        assertEquals(before.center() + 1.5 * (before.ucl() - before.center()), widened.ucl(), 1e-12);
        assertEquals(before.sigma(), widened.sigma());
        assertEquals(before, keep.limits(POLICY, before, new double[] {101, 102}));
    }

    @Test
    void nonsense_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> ControlLimits.fixed(2, 1));
        assertThrows(IllegalArgumentException.class, () -> ControlLimits.fixed(0, 0, 3));
        assertThrows(IllegalArgumentException.class, () -> SpecLimits.of(1, 1));
        assertThrows(IllegalArgumentException.class, () -> LimitPolicy.of(LimitMethod.FIXED, 3));
        assertThrows(IllegalArgumentException.class, () -> LimitPolicy.of(LimitMethod.SD, 0));
        assertThrows(IllegalArgumentException.class, () -> POLICY.withLearning(1, 5));
        assertThrows(IllegalArgumentException.class, () -> POLICY.withLearning(5, 4));
        assertThrows(IllegalArgumentException.class, () -> MinHalfWidth.ofAbs(-1));
        assertThrows(IllegalArgumentException.class, () -> new EpochPolicy(EpochPolicy.Mode.KEEP, 1, 0.5, 1));
        assertEquals(Verdict.UNKNOWN, SpecLimits.NONE.judge(1));
        assertEquals(Verdict.ABOVE, SpecLimits.of(0, 1).judge(2));
        assertEquals(Verdict.BELOW, SpecLimits.of(0, 1).judge(-2));
        assertEquals(Verdict.WITHIN, SpecLimits.of(0, 1).judge(1));
    }
}
