package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Series of golden cases: descriptive statistics, limits, EWMA, CUSUM and run rules. */
class GoldenSeriesTest {
    @TestFactory
    Stream<DynamicTest> descriptive_statistics_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, c -> {
            descriptive(c, c.expected().get("descriptive_all"), values(c));
            descriptive(c, c.expected().get("descriptive_baseline"), baseline(c));
        });
    }

    @TestFactory
    Stream<DynamicTest> limits_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, GoldenSeriesTest::limits);
    }

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

    private static void descriptive(GoldenCases.Case c, JsonNode e, double[] values) {
        Comparison compare = comparison(c);
        long[] seconds = new long[values.length];
        Arrays.setAll(seconds, i -> i * 1_000_000L);
        IndicatorPlan plan = IndicatorPlan.of(Stream.of(
                        "count",
                        "sum",
                        "mean",
                        "min",
                        "max",
                        "range",
                        "median",
                        "mad",
                        "mad-scaled",
                        "first",
                        "last",
                        "rms",
                        "var-pop",
                        "std-pop",
                        "p05",
                        "p25",
                        "p75",
                        "p95",
                        "var",
                        "std",
                        "lag1",
                        "skewness",
                        "kurtosis")
                .map(IndicatorSpec::parse)
                .toList());
        List<String> names = List.of(
                "n",
                "sum",
                "mean",
                "min",
                "max",
                "range",
                "median",
                "mad_raw",
                "mad_scaled",
                "first",
                "last",
                "rms",
                "var_population",
                "sd_population",
                "q05_type7",
                "q25_type7",
                "q75_type7",
                "q95_type7",
                "var_sample",
                "sd_sample",
                "lag1_autocorrelation",
                "skewness_G1_type2",
                "excess_kurtosis_G2_type2");
        double[] x = new double[plan.size()];
        int skipped = plan.evaluate(seconds, values, 0, values.length, new IndicatorScratch(), x, 0);
        compare.equal("missing", e.get("missing").asInt(), skipped);
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).contains("_G") || names.get(i).startsWith("lag1")) {
                compare.ratio(names.get(i), e.path(names.get(i)), x[i], 100);
            } else {
                compare.number(names.get(i), e.path(names.get(i)), x[i]);
            }
        }
        moments(compare, e, values);
        compare.number("q25_type6", e.path("q25_type6"), Quantiles.of(values, 0.25, Quantiles.Type.TYPE_6));
        compare.number("q75_type6", e.path("q75_type6"), Quantiles.of(values, 0.75, Quantiles.Type.TYPE_6));
        compare.number("q25_type8", e.path("q25_type8"), Quantiles.of(values, 0.25, Quantiles.Type.TYPE_8));
        compare.number("q75_type8", e.path("q75_type8"), Quantiles.of(values, 0.75, Quantiles.Type.TYPE_8));
        compare.number("slope", e.path("slope_per_index"), one("slope", seconds, values), 100);
        if (e.has("area_trapezoid_index")) {
            compare.number("area", e.path("area_trapezoid_index"), one("area", seconds, values));
        }
        compare.done();
    }

    private static void moments(Comparison compare, JsonNode e, double[] values) {
        Moments streamed = new Moments();
        Arrays.stream(values).forEach(streamed::add);
        Map<String, Moments> ways = Map.of("two-pass ", Moments.of(values), "one-pass ", streamed);
        ways.forEach((way, m) -> {
            compare.number(way + "mean", e.path("mean"), m.mean());
            compare.number(way + "sd", e.path("sd_sample"), m.std());
            compare.number(way + "var", e.path("var_sample"), m.variance());
            compare.number(way + "population sd", e.path("sd_population"), m.populationStd());
            if (e.has("skewness_g1_type1")) {
                compare.ratio(way + "g1", e.path("skewness_g1_type1"), m.skewness(1), 100);
                compare.ratio(way + "G1", e.path("skewness_G1_type2"), m.skewness(2), 100);
                compare.ratio(way + "b1", e.path("skewness_b1_type3"), m.skewness(3), 100);
            }
            if (e.has("excess_kurtosis_G2_type2")) {
                compare.ratio(way + "g2", e.path("excess_kurtosis_g2_type1"), m.kurtosis(1), 100);
                compare.ratio(way + "G2", e.path("excess_kurtosis_G2_type2"), m.kurtosis(2), 100);
                compare.ratio(way + "b2", e.path("excess_kurtosis_b2_type3"), m.kurtosis(3), 100);
            }
        });
    }

    private static void limits(GoldenCases.Case c) {
        JsonNode e = c.expected().get("phase1_limits");
        double[] base = baseline(c);
        Comparison compare = comparison(c);
        int n = (int) Moments.of(base).count();
        compare.equal("n", e.get("n").asInt(), n);
        compare.number(
                "mean", e.path("mean"), CenterSigma.of(LimitMethod.SD, base).center());
        compare.number("mr_bar", e.path("mr_bar"), MovingRange.of(base).mean());
        compare.number(
                "strict mr_bar",
                e.path("mr_bar_strictly_adjacent"),
                MovingRange.ofAdjacent(base).mean());
        compare.number("median_mr", e.path("median_mr"), MovingRange.of(base).median());
        compare.number(
                "sigma_mr",
                e.path("sigma_mr_exact_d2"),
                CenterSigma.of(LimitMethod.MEAN_MR, base).sigma());
        compare.number(
                "sigma_sd",
                e.path("sigma_sd"),
                CenterSigma.of(LimitMethod.SD, base).sigma());
        compare.number(
                "sd/c4",
                e.path("sigma_sd_over_c4"),
                CenterSigma.of(LimitMethod.SD_C4, base).sigma());
        if (n >= 2) {
            compare.number("c4", e.path("c4"), ChartConstants.c4(n));
            compare.number(
                    "sigma_mr 1.128",
                    e.path("sigma_mr_d2_1_128"),
                    IndividualsChart.of(base, 3, ChartTables.ROUNDED).sigma());
            compare.number(
                    "mad",
                    e.path("mad_scaled"),
                    CenterSigma.of(LimitMethod.MAD, base).sigma());
            compare.number(
                    "median",
                    e.path("median"),
                    CenterSigma.of(LimitMethod.MEDIAN_MR, base).center());
            compare.compare(
                    "median-mr sigma",
                    e.path("median_mr").asDouble() / 0.95387255240894,
                    CenterSigma.of(LimitMethod.MEDIAN_MR, base).sigma(),
                    1,
                    0);
            IndividualsChart exact = IndividualsChart.of(base, 3, ChartTables.EXACT);
            IndividualsChart rounded = IndividualsChart.of(base, 3, ChartTables.ROUNDED);
            lines(compare, "I exact", e.get("individuals_3sigma_mr_exact_d2"), exact.individuals());
            lines(compare, "I rounded", e.get("individuals_3sigma_mr_d2_1_128"), rounded.individuals());
            lines(compare, "MR exact", e.get("mr_chart_exact"), exact.movingRange());
            lines(compare, "MR rounded", e.get("mr_chart_D4_3_267"), rounded.movingRange());
            learned(compare, e.get("individuals_3sigma_mr_exact_d2"), LimitMethod.MEAN_MR, base);
            learned(compare, e.get("individuals_3sigma_sd"), LimitMethod.SD, base);
            learned(compare, e.get("robust_3sigma_median_mad"), LimitMethod.MAD, base);
            JsonNode p = e.get("percentile_limits_0_135_99_865_type7");
            compare.number("0.135 %", p.get("lcl"), Quantiles.of(base, 0.00135));
            compare.number("50 %", p.get("center"), Quantiles.median(base));
            compare.number("99.865 %", p.get("ucl"), Quantiles.of(base, 0.99865));
        }
        compare.done();
    }

    private static void learned(Comparison compare, JsonNode e, LimitMethod method, double[] base) {
        ControlLimits limits = Baseline.compute(LimitPolicy.of(method, 3), base);
        compare.number(method + " center", e.get("center"), limits.center());
        if (e.get("lcl").asDouble() == e.get("ucl").asDouble()) {
            compare.equal(method + " without spread", LimitStatus.UNDEFINED, limits.status());
        } else {
            compare.equal(method + " status", LimitStatus.FROZEN, limits.status());
            compare.number(method + " lcl", e.get("lcl"), limits.lcl());
            compare.number(method + " ucl", e.get("ucl"), limits.ucl());
        }
    }

    private static void lines(Comparison compare, String what, JsonNode e, ChartLines lines) {
        compare.number(what + " lcl", e.get("lcl"), lines.lcl());
        compare.number(what + " center", e.get("center"), lines.center());
        compare.number(what + " ucl", e.get("ucl"), lines.ucl());
    }

    private static void ewma(GoldenCases.Case c, String name) {
        JsonNode e = c.expected().path(name);
        Comparison compare = comparison(c);
        double[] values = values(c);
        double center = number(c, "monitor_center");
        double sigma = number(c, "monitor_sigma");
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
        Comparison compare = comparison(c);
        double[] values = values(c);
        double center = number(c, "monitor_center");
        double sigma = number(c, "monitor_sigma");
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
        Comparison compare = comparison(c);
        double[] values = values(c);
        double center = number(c, "monitor_center");
        double sigma = number(c, "monitor_sigma");
        int all = RunRule.ALL_NELSON | RunRule.ALL_WECO;
        int[] masks = RunRules.series(values, center, sigma, all, RunRuleConvention.QCC);
        for (int i = 0; i < values.length; i++) {
            boolean judged = Double.isFinite(values[i]) && sigma > 0;
            compare.equal("known at " + i, judged, masks[i] != RunRules.UNKNOWN);
        }
        JsonNode rules = c.expected().path("rules");
        if (comparable(c, "rules_zone")) {
            rules.get("nelson")
                    .fields()
                    .forEachRemaining(rule -> compare.equal(
                            "nelson " + rule.getKey(),
                            positions(rule.getValue()),
                            positions(masks, nelson(rule.getKey()))));
            rules.get("weco")
                    .fields()
                    .forEachRemaining(rule -> compare.equal(
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

    private static double one(String indicator, long[] micros, double[] values) {
        return IndicatorPlan.evaluateOne(IndicatorSpec.parse(indicator), micros, values, 0, values.length);
    }

    private static Comparison comparison(GoldenCases.Case c) {
        double sigma = number(c, "monitor_sigma");
        double sd = c.expected().get("descriptive_all").path("sd_sample").asDouble(Double.NaN);
        return new Comparison(
                c.expected().get("suggested_relative_tolerance").asDouble(), Double.isFinite(sigma) ? sigma : sd);
    }

    private static double number(GoldenCases.Case c, String name) {
        JsonNode node = c.expected().path(name);
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }

    private static double[] values(GoldenCases.Case c) {
        return GoldenCases.numbers(c.json().get("values"));
    }

    private static double[] baseline(GoldenCases.Case c) {
        JsonNode range = c.json().get("baseline");
        return Arrays.copyOfRange(
                values(c), range.get(0).asInt() - 1, range.get(1).asInt());
    }
}
