package io.tfdc.spc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Series of golden cases: descriptive statistics and limits from a baseline. */
class GoldenStatisticsTest {
    @TestFactory
    Stream<DynamicTest> descriptive_statistics_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, c -> {
            descriptive(c, c.expected().get("descriptive_all"), c.values());
            descriptive(c, c.expected().get("descriptive_baseline"), c.baseline());
        });
    }

    @TestFactory
    Stream<DynamicTest> limits_agree() {
        return GoldenCases.tests(GoldenCases.Kind.SERIES, GoldenStatisticsTest::limits);
    }

    private static void descriptive(GoldenCases.Case c, JsonNode e, double[] values) {
        Comparison compare = c.comparison();
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
        double[] base = c.baseline();
        Comparison compare = c.comparison();
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

    private static double one(String indicator, long[] micros, double[] values) {
        return IndicatorPlan.evaluateOne(IndicatorSpec.parse(indicator), micros, values, 0, values.length);
    }
}
