package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Average run lengths of the charts by simulation, against published tables. */
class GoldenArlTest {
    private static final long SEED = 20_260_101;

    /** Values to draw per table entry; run lengths of in-control charts cost hundreds each. */
    private static final int BUDGET = 500_000;

    @TestFactory
    Stream<DynamicTest> average_run_lengths_agree() {
        return GoldenCases.tests(GoldenCases.Kind.ARL, c -> {
            JsonNode arl = c.json().get("arl");
            for (JsonNode table : arl.path("cusum")) {
                check(table, shift -> cusum(table, shift));
            }
            for (JsonNode table : arl.path("ewma")) {
                check(table, shift -> ewma(table, shift, false));
            }
            for (JsonNode table : arl.path("ewma_time_varying")) {
                check(table, shift -> ewma(table, shift, true));
            }
            check(arl.path("shewhart"), GoldenArlTest::shewhart);
        });
    }

    @Test
    void four_zone_rules_alarm_every_92_points_in_control() {
        RandomGenerator random = new SplittableRandom(SEED);
        Moments lengths = new Moments();
        while (lengths.count() < 20_000) {
            lengths.add(runLengthOfRules(random, RunRule.ALL_WECO));
        }
        double error = lengths.std() / Math.sqrt((double) lengths.count());
        assertTrue(
                Math.abs(lengths.mean() - 92.1) < 0.2 + 4 * error,
                () -> "ARL " + lengths.mean() + " +- " + error + ", seed " + SEED);
    }

    private static void check(JsonNode table, DoubleFunction<Run> chart) {
        JsonNode shifts = table.get("shift_sigma");
        for (int i = 0; i < shifts.size(); i++) {
            double expected = table.get("arl").get(i).asDouble();
            if (expected > 5_000) {
                continue;
            }
            double shift = shifts.get(i).asDouble();
            RandomGenerator random = new SplittableRandom(SEED + i);
            Moments lengths = new Moments();
            for (long drawn = 0; drawn < BUDGET; drawn += 1 + (long) expected) {
                lengths.add(chart.apply(shift).length(random));
            }
            double error = lengths.std() / Math.sqrt((double) lengths.count());
            assertTrue(
                    Math.abs(lengths.mean() - expected) < 4.5 * error,
                    () -> table + " at " + shift + ": expected " + expected + ", simulated " + lengths.mean() + " +- "
                            + error + ", seed " + SEED);
        }
    }

    private interface Run {
        int length(RandomGenerator random);
    }

    private static Run cusum(JsonNode table, double shift) {
        CusumDesign design = CusumDesign.of(
                        table.get("k").asDouble(), table.get("h").asDouble())
                .withHeadStart(table.path("head_start").asDouble(0));
        boolean twoSided = table.path("two_sided").asBoolean(true);
        return random -> {
            CusumState state = design.start();
            int n = 0;
            do {
                state = state.next(design, shift + random.nextGaussian(), 0, 1);
                n++;
            } while (twoSided ? !design.judge(state).isOutside() : design.judge(state) != Verdict.ABOVE);
            return n;
        };
    }

    private static Run ewma(JsonNode table, double shift, boolean varying) {
        EwmaDesign design =
                new EwmaDesign(table.get("lambda").asDouble(), table.get("L").asDouble());
        return random -> {
            EwmaState state = design.start(0);
            int n = 0;
            Verdict verdict;
            do {
                state = state.next(design, shift + random.nextGaussian());
                n++;
                verdict = varying ? design.judge(state, 0, 1) : design.judgeAsymptotic(state, 0, 1);
            } while (!verdict.isOutside());
            return n;
        };
    }

    private static Run shewhart(double shift) {
        ControlLimits limits = ControlLimits.fixed(0, 1, 3);
        return random -> {
            int n = 1;
            while (!limits.judge(shift + random.nextGaussian()).isOutside()) {
                n++;
            }
            return n;
        };
    }

    private static int runLengthOfRules(RandomGenerator random, int rules) {
        double[] history = new double[RunRules.LONGEST];
        int n = 0;
        while (true) {
            if (n < history.length) {
                history[n] = random.nextGaussian();
            } else {
                System.arraycopy(history, 1, history, 0, history.length - 1);
                history[history.length - 1] = random.nextGaussian();
            }
            n++;
            if (RunRules.last(history, 0, Math.min(n, history.length), 0, 1, rules, RunRuleConvention.QCC) != 0) {
                return n;
            }
        }
    }
}
