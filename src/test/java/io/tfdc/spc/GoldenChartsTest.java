package io.tfdc.spc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Subgroup charts, chart constants, capability and multivariate monitors of golden cases. */
class GoldenChartsTest {
    /** The reference's own table of d3 is good to six digits. */
    private static final double D3_OF_QCC = 1e5;

    @TestFactory
    Stream<DynamicTest> chart_constants_agree() {
        return GoldenCases.tests(GoldenCases.Kind.CONSTANTS, c -> {
            Comparison compare = new Comparison(1e-7, 1);
            for (JsonNode row : c.json().get("rows")) {
                int n = row.get("n").asInt();
                ChartConstants k = ChartConstants.of(n);
                compare.number("d2 of " + n, row.get("d2"), k.d2());
                compare.number("d3 of " + n, row.get("d3"), k.d3());
                compare.number("c4 of " + n, row.get("c4"), k.c4());
                compare.number("A of " + n, row.get("A"), k.a());
                compare.number("A2 of " + n, row.get("A2"), k.a2());
                compare.number("A3 of " + n, row.get("A3"), k.a3());
                compare.number("B3 of " + n, row.get("B3"), k.b3());
                compare.number("B4 of " + n, row.get("B4"), k.b4());
                compare.number("D3 of " + n, row.get("D3"), k.d3Lower());
                compare.number("D4 of " + n, row.get("D4"), k.d4Upper());
            }
            compare.done();
        });
    }

    @TestFactory
    Stream<DynamicTest> subgroup_charts_agree() {
        return GoldenCases.tests(GoldenCases.Kind.XBAR, c -> {
            JsonNode e = c.expected();
            double[][] groups = rows(c.json().get("groups"));
            JsonNode range = c.json().get("baseline");
            double[][] baseline = Arrays.copyOfRange(
                    groups, range.get(0).asInt() - 1, range.get(1).asInt());
            SubgroupChart byStd = SubgroupChart.of(baseline, SubgroupChart.Spread.STD, ChartTables.ROUNDED);
            SubgroupChart byRange = SubgroupChart.of(baseline, SubgroupChart.Spread.RANGE, ChartTables.ROUNDED);
            Comparison compare = new Comparison(1e-10, byStd.sigma());
            for (int i = 0; i < groups.length; i++) {
                compare.number(
                        "mean " + i, e.get("xbar").get(i), Moments.of(groups[i]).mean());
                compare.number(
                        "s " + i, e.get("s").get(i), SubgroupChart.spreadOf(groups[i], SubgroupChart.Spread.STD));
                compare.number(
                        "range " + i,
                        e.get("range").get(i),
                        SubgroupChart.spreadOf(groups[i], SubgroupChart.Spread.RANGE));
            }
            int n = groups[0].length;
            lines(compare, "X-bar of S", e.get("xbar_limits_from_S"), byStd, byStd.means(n), 1);
            lines(compare, "X-bar of R", e.get("xbar_limits_from_R"), byRange, byRange.means(n), 1);
            lines(compare, "S", e.get("s_chart"), byStd, byStd.spreads(n), 1);
            lines(compare, "R", e.get("r_chart"), byRange, byRange.spreads(n), D3_OF_QCC);
            compare.done();
        });
    }

    @TestFactory
    Stream<DynamicTest> capability_agrees() {
        return GoldenCases.tests(GoldenCases.Kind.CAPABILITY, c -> {
            JsonNode e = c.expected();
            double[] x = GoldenCases.numbers(c.json().get("x"));
            SpecLimits spec = new SpecLimits(
                    c.json().path("lsl").asDouble(Double.NaN),
                    c.json().path("usl").asDouble(Double.NaN),
                    c.json().path("target").asDouble(Double.NaN));
            Comparison compare = new Comparison(1e-11, 1);
            compare.number(
                    "mean", e.get("mean"), CenterSigma.of(LimitMethod.SD, x).center());
            compare.number(
                    "sd", e.get("sd_overall"), CenterSigma.of(LimitMethod.SD, x).sigma());
            compare.number(
                    "sigma",
                    e.get("sigma_within_mr_exact"),
                    CenterSigma.of(LimitMethod.MEAN_MR, x).sigma());
            Capability within = Capability.within(spec, x);
            Capability overall = Capability.overall(spec, x);
            indices(compare, "within", e.get("within"), within);
            indices(compare, "overall", e.get("overall_pp_ppk"), overall);
            compare.number("cpm", e.get("cpm"), overall.cpm());
            compare.done();
        });
    }

    @TestFactory
    Stream<DynamicTest> multivariate_monitors_agree() {
        return GoldenCases.tests(GoldenCases.Kind.T2, c -> {
            JsonNode e = c.expected();
            JsonNode range = c.json().get("baseline");
            double alpha = c.json().get("alpha").asDouble();
            double[][] runs = rows(c.json().get("X"));
            double[][] baseline = Arrays.copyOfRange(
                    runs, range.get(0).asInt() - 1, range.get(1).asInt());
            Comparison compare = new Comparison(1e-9, 1e-6);
            HotellingT2 t2 = HotellingT2.of(baseline);
            for (int a = 0; a < baseline[0].length; a++) {
                compare.number("mean " + a, e.get("mean").get(a), t2.mean(a));
                for (int b = 0; b < baseline[0].length; b++) {
                    compare.number("cov " + a + "," + b, e.get("cov").get(a).get(b), t2.covariance(a, b));
                }
            }
            JsonNode p = e.get("pca");
            PcaMonitor pca = PcaMonitor.of(baseline, p.get("components").asInt());
            compare.numbers("eigenvalue", p.get("eigenvalues_of_correlation"), pca.eigenvalues());
            for (int i = 0; i < runs.length; i++) {
                compare.number("T2 of " + i, e.get("t2").get(i), t2.statistic(runs[i]));
                compare.number("score T2 of " + i, p.get("t2_scores").get(i), pca.scoreT2(runs[i]));
                compare.number("SPE of " + i, p.get("spe_q").get(i), pca.spe(runs[i]));
            }
            compare.number("phase 1", e.get("t2_ucl_phase1_beta"), t2.phase1Limit(alpha));
            compare.number("phase 2", e.get("t2_ucl_phase2_F"), t2.phase2Limit(alpha));
            compare.number("score limit", p.get("t2_ucl_phase2_F"), pca.scoreT2Limit(alpha));
            compare.number("SPE limit", p.get("spe_limit_jackson_mudholkar"), pca.speLimit(alpha));
            compare.done();
        });
    }

    private static void lines(
            Comparison compare, String what, JsonNode e, SubgroupChart chart, ChartLines lines, double slack) {
        compare.number(what + " sigma", e.get("sigma"), chart.sigma());
        compare.number(what + " lcl", e.get("lcl"), lines.lcl(), slack);
        compare.number(what + " center", e.get("center"), lines.center());
        compare.number(what + " ucl", e.get("ucl"), lines.ucl(), slack);
    }

    private static void indices(Comparison compare, String what, JsonNode e, Capability c) {
        compare.number(what + " cp", e.path("cp"), c.cp());
        compare.number(what + " cpu", e.path("cpu"), c.cpu());
        compare.number(what + " cpl", e.path("cpl"), c.cpl());
        compare.number(what + " cpk", e.path("cpk"), c.cpk());
    }

    private static double[][] rows(JsonNode matrix) {
        double[][] rows = new double[matrix.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = GoldenCases.numbers(matrix.get(i));
        }
        return rows;
    }
}
