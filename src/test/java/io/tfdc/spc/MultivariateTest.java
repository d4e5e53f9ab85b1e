package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MultivariateTest {
    private static final long SEED = 31;

    @Test
    void t2_finds_a_run_that_breaks_the_correlation_though_each_value_is_usual() {
        double[][] baseline = correlated(60);
        HotellingT2 t2 = HotellingT2.of(baseline);
        double limit = t2.phase2Limit(0.0027);
        assertTrue(t2.statistic(new double[] {101.5, 9.85, 0}) > limit, "seed " + SEED);
        assertTrue(t2.statistic(new double[] {101.5, 10.15, 0}) < limit, "seed " + SEED);
        assertEquals(Double.NaN, t2.statistic(new double[] {100, Double.NaN, 0}));
        assertThrows(IllegalArgumentException.class, () -> t2.statistic(new double[] {100}));
    }

    @Test
    void t2_does_not_depend_on_units() {
        double[][] baseline = correlated(40);
        double[][] scaled = new double[baseline.length][];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = new double[] {1e6 * baseline[i][0] + 3, -1e-6 * baseline[i][1], baseline[i][2] - 7};
        }
        HotellingT2 a = HotellingT2.of(baseline);
        HotellingT2 b = HotellingT2.of(scaled);
        for (int i = 0; i < scaled.length; i++) {
            assertEquals(a.statistic(baseline[i]), b.statistic(scaled[i]), 1e-6, "seed " + SEED);
        }
    }

    @Test
    void phase_one_statistics_sum_up_to_p_times_m_minus_one() {
        double[][] baseline = correlated(50);
        HotellingT2 t2 = HotellingT2.of(baseline);
        PcaMonitor pca = PcaMonitor.of(baseline, 3);
        double sum = 0;
        for (double[] run : baseline) {
            sum += t2.statistic(run);
            assertEquals(t2.statistic(run), pca.scoreT2(run), 1e-7, "seed " + SEED);
            assertEquals(0, pca.spe(run), 1e-12);
        }
        assertEquals(3 * 49, sum, 1e-8);
        assertEquals(Double.NaN, pca.speLimit(0.01));
        assertEquals(t2.phase2Limit(0.01), pca.scoreT2Limit(0.01), 1e-12);
    }

    @Test
    void spe_finds_variation_that_the_baseline_has_not_seen() {
        double[][] baseline = correlated(60);
        PcaMonitor pca = PcaMonitor.of(baseline, 2);
        assertTrue(pca.spe(new double[] {101.5, 9.85, 0}) > pca.speLimit(0.0027), "seed " + SEED);
        assertTrue(pca.spe(new double[] {101.5, 10.15, 0}) < pca.speLimit(0.0027), "seed " + SEED);
        assertEquals(Double.NaN, pca.spe(new double[] {Double.NaN, 10, 0}));
        assertEquals(Double.NaN, pca.scoreT2(new double[] {100, Double.POSITIVE_INFINITY, 0}));
        assertEquals(3, pca.eigenvalues()[0] + pca.eigenvalues()[1] + pca.eigenvalues()[2], 1e-12);
    }

    @Test
    void a_singular_baseline_is_refused_with_its_reason() {
        assertSingular("variable 1 has no spread", new double[][] {{1, 5}, {2, 5}, {3, 5}, {5, 5}});
        assertSingular("expected more runs than variables", new double[][] {{1, 5}, {2, 7}});
        assertSingular("expected more runs than variables", new double[0][]);
        assertSingular("depend on each other", new double[][] {{1, 2}, {2, 4}, {3, 6}, {5, 10}});
        double[][] ragged = {{1, 2}, {2}, {3, 1}, {5, 1}};
        assertThrows(IllegalArgumentException.class, () -> HotellingT2.of(ragged));
        double[][] missing = {{1, 2}, {2, Double.NaN}, {3, 1}, {5, 1}};
        assertThrows(IllegalArgumentException.class, () -> HotellingT2.of(missing));
        assertThrows(
                SingularCovarianceException.class,
                () -> PcaMonitor.of(new double[][] {{1, 2}, {2, 4}, {3, 6}, {5, 10}}, 2));
        assertThrows(IllegalArgumentException.class, () -> PcaMonitor.of(correlated(10), 4));
    }

    private static void assertSingular(String reason, double[][] runs) {
        SingularCovarianceException e = assertThrows(SingularCovarianceException.class, () -> HotellingT2.of(runs));
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e::toString);
    }

    /** Two variables that move together and a third on its own. */
    private static double[][] correlated(int runs) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] x = new double[runs][];
        for (int i = 0; i < runs; i++) {
            double common = random.nextGaussian();
            x[i] = new double[] {100 + common, 10 + 0.1 * common + 0.01 * random.nextGaussian(), random.nextGaussian()};
        }
        return x;
    }
}
