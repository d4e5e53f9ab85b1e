package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Series of golden cases: EWMA, CUSUM and run rules. */
class GoldenSeriesTest {

    @TestFactory
    Stream<DynamicTest> ewma_charts_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, c -> {
            ewma(c, "ewma_02_3");
            ewma(c, "ewma_01_27");
        });
    }

    @TestFactory
    Stream<DynamicTest> cusum_charts_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, c -> {
            cusum(c, "cusum_k05_h5", "cusum_h5");
            cusum(c, "cusum_k05_h4_fir2", "cusum_h4_fir");
        });
    }

    @TestFactory
    Stream<DynamicTest> run_rules_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, GoldenSeriesTest::rules);
    }

    @Test
    void every_case_is_of_a_known_kind() {
        List<String> unknown = GoldenCases.all().stream()
                .filter(c -> c.kind() == GoldenCases.Kind.UNKNOWN)
                .map(c -> c.file().toString())
                .toList();
        assertEquals(List.of(), unknown);
    }

    private static void ewma(GoldenCases.Case c, String name) {
        JsonNode e = c.expected().path(name);
        Comparison compare = c.comparison();
        double[] values = c.values();
        double center = c.number("monitor_center");
        double sigma = c.number("monitor_sigma");
        EwmaDesign design = e.isMissingNode()
                ? new EwmaDesign(0.2, 3)
                : new EwmaDesign(e.get("lambda").asDouble(), e.get("L").asDouble());
        EwmaState state = design.start(center);
        List<Integer> varying = new ArrayList<>();
        List<Integer> asymptotic = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            state = state.next(design, values[i]);
            if (e.isMissingNode()) {
                compare.equal("without sigma at " + i, Verdict.UNKNOWN, design.judge(state, center, sigma));
                continue;
            }
            boolean plotted = Double.isFinite(values[i]);
            double half = design.halfWidth(state.n(), sigma);
            compare.number("z at " + i, e.get("z").get(i), plotted ? state.z() : Double.NaN);
            compare.number("ucl at " + i, e.get("ucl").get(i), plotted ? center + half : Double.NaN);
            compare.number("lcl at " + i, e.get("lcl").get(i), plotted ? center - half : Double.NaN);
            if (plotted && design.judge(state, center, sigma).isOutside()) {
                varying.add(i + 1);
            }
            if (plotted && design.judgeAsymptotic(state, center, sigma).isOutside()) {
                asymptotic.add(i + 1);
            }
        }
        if (!e.isMissingNode()) {
            double half = design.asymptoticHalfWidth(sigma);
            compare.number("asymptotic ucl", e.get("ucl_asymptotic"), center + half);
            compare.number("asymptotic lcl", e.get("lcl_asymptotic"), center - half);
            if (comparable(c, name)) {
                compare.equal("violations", positions(e.get("violations_time_varying")), varying);
                compare.equal("asymptotic violations", positions(e.get("violations_asymptotic")), asymptotic);
            }
        }
        compare.done();
    }

    private static void cusum(GoldenCases.Case c, String name, String comparableName) {
        JsonNode e = c.expected().path(name);
        Comparison compare = c.comparison();
        double[] values = c.values();
        double center = c.number("monitor_center");
        double sigma = c.number("monitor_sigma");
        CusumDesign design = e.isMissingNode()
                ? CusumDesign.of(0.5, 5)
                : CusumDesign.of(e.get("k").asDouble(), e.get("h").asDouble())
                        .withHeadStart(e.get("head_start").asDouble());
        CusumState state = design.start();
        List<Integer> high = new ArrayList<>();
        List<Integer> low = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            state = state.next(design, values[i], center, sigma);
            if (e.isMissingNode()) {
                compare.equal("without sigma at " + i, design.start(), state);
                continue;
            }
            boolean plotted = Double.isFinite(values[i]);
            compare.ratio("C+ at " + i, e.get("c_plus").get(i), plotted ? state.plus() : Double.NaN, 10);
            compare.ratio("C- at " + i, e.get("c_minus").get(i), plotted ? state.minus() : Double.NaN, 10);
            if (plotted) {
                if (comparable(c, comparableName)) {
                    compare.equal("N+ at " + i, e.get("run_plus").get(i).asLong(), state.runPlus());
                    compare.equal("N- at " + i, e.get("run_minus").get(i).asLong(), state.runMinus());
                }
                if (state.plus() > design.h()) {
                    high.add(i + 1);
                }
                if (state.minus() > design.h()) {
                    low.add(i + 1);
                }
                compare.equal(
                        "verdict at " + i,
                        state.plus() > design.h() || state.minus() > design.h(),
                        design.judge(state).isOutside());
            }
        }
        if (!e.isMissingNode() && comparable(c, comparableName)) {
            compare.equal("signals high", positions(e.get("signals_high")), high);
            compare.equal("signals low", positions(e.get("signals_low")), low);
        }
        compare.done();
    }

    private static void rules(GoldenCases.Case c) {
        Comparison compare = c.comparison();
        double[] values = c.values();
        double center = c.number("monitor_center");
        double sigma = c.number("monitor_sigma");
        int all = RunRule.ALL_NELSON | RunRule.ALL_WECO;
        int[] masks = RunRules.series(values, center, sigma, all, RunRuleConvention.QCC);
        for (int i = 0; i < values.length; i++) {
            boolean judged = Double.isFinite(values[i]) && sigma > 0;
            compare.equal("known at " + i, judged, masks[i] != RunRules.UNKNOWN);
        }
        JsonNode rules = c.expected().path("rules");
        if (comparable(c, "rules_zone")) {
            rules.get("nelson")
                    .properties()
                    .forEach(rule -> compare.equal(
                            "nelson " + rule.getKey(),
                            positions(rule.getValue()),
                            positions(masks, nelson(rule.getKey()))));
            rules.get("weco")
                    .properties()
                    .forEach(rule -> compare.equal(
                            "weco " + rule.getKey(),
                            positions(rule.getValue()),
                            positions(masks, weco(rule.getKey()))));
            variants(compare, rules.get("variants"), values, center, sigma);
        }
        compare.done();
    }

    private static void variants(Comparison compare, JsonNode e, double[] values, double center, double sigma) {
        int all = RunRule.ALL_NELSON | RunRule.ALL_WECO;
        int[] rspc = RunRules.series(values, center, sigma, all, RunRuleConvention.RSPC);
        int[] strict = RunRules.series(values, center, sigma, all, new RunRuleConvention(7, 15, true, true, true));
        compare.equal(
                "2 of 3", positions(e.get("two_of_three_allow_partial_window")), positions(rspc, RunRule.NELSON_5));
        compare.equal(
                "4 of 5", positions(e.get("four_of_five_allow_partial_window")), positions(rspc, RunRule.NELSON_6));
        compare.equal(
                "mixture", positions(e.get("nelson8_either_side_minitab_matlab")), positions(rspc, RunRule.NELSON_8));
        compare.equal("within", positions(e.get("nelson7_strictly_within")), positions(strict, RunRule.NELSON_7));
        compare.equal("trend", positions(e.get("trend_7_points")), positions(strict, RunRule.NELSON_3));
        compare.equal("alternating", positions(e.get("alternating_15_points")), positions(strict, RunRule.NELSON_4));
    }

    private static RunRule nelson(String key) {
        return RunRule.nelson(Integer.parseInt(key.substring(0, 1)));
    }

    private static RunRule weco(String key) {
        return RunRule.weco(Integer.parseInt(key.substring(0, 1)));
    }

    private static boolean comparable(GoldenCases.Case c, String name) {
        return c.expected().get("index_lists_comparable").path(name).asBoolean(false);
    }

    private static List<Integer> positions(JsonNode list) {
        List<Integer> positions = new ArrayList<>();
        list.forEach(p -> positions.add(p.asInt()));
        return positions;
    }

    private static List<Integer> positions(int[] masks, RunRule rule) {
        IntPredicate fires = i -> rule.isIn(masks[i]);
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < masks.length; i++) {
            if (fires.test(i)) {
                positions.add(i + 1);
            }
        }
        return positions;
    }
}
