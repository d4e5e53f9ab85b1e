package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** EWMA and CUSUM states, Shewhart charts of single values and subgroups. */
class SequentialChartsTest {
    @Test
    void a_missing_value_leaves_the_states_as_they_are() {
        EwmaDesign ewma = new EwmaDesign(0.2, 3);
        EwmaState average = ewma.start(10).next(ewma, 12);
        assertSame(average, average.next(ewma, Double.NaN));
        assertSame(average, average.next(ewma, Double.POSITIVE_INFINITY));
        CusumDesign cusum = CusumDesign.of(0.5, 5);
        CusumState sum = cusum.start().next(cusum, 12, 10, 1);
        assertSame(sum, sum.next(cusum, Double.NaN, 10, 1));
        assertSame(sum, sum.next(cusum, 12, 10, 0));
        assertSame(sum, sum.next(cusum, 12, 10, Double.NaN));
    }

    @Test
    void nothing_is_said_before_the_first_value_or_without_sigma() {
        EwmaDesign ewma = new EwmaDesign(0.2, 3);
        assertEquals(Verdict.UNKNOWN, ewma.judge(ewma.start(0), 0, 1));
        assertEquals(Verdict.UNKNOWN, ewma.judge(ewma.start(0).next(ewma, 9), 0, 0));
        assertEquals(Verdict.UNKNOWN, ewma.judgeAsymptotic(ewma.start(0).next(ewma, 9), 0, Double.NaN));
        CusumDesign cusum = CusumDesign.of(0.5, 5);
        assertEquals(Verdict.UNKNOWN, cusum.judge(cusum.start()));
        assertEquals(Double.NaN, cusum.start().shiftedMean(cusum, Verdict.ABOVE, 0, 1));
    }

    @Test
    void ewma_limits_are_narrow_after_a_start_and_reach_their_asymptote() {
        EwmaDesign design = new EwmaDesign(0.1, 2.7);
        assertEquals(0.27, design.halfWidth(1, 1), 1e-12);
        assertTrue(design.halfWidth(2, 1) > design.halfWidth(1, 1));
        assertEquals(design.asymptoticHalfWidth(1), design.halfWidth(500, 1), 1e-12);
        EwmaState jumped = design.start(0).next(design, 4);
        assertEquals(Verdict.ABOVE, design.judge(jumped, 0, 1));
        assertEquals(Verdict.WITHIN, design.judgeAsymptotic(jumped, 0, 1));
        assertEquals(Verdict.BELOW, design.judge(design.start(0).next(design, -4), 0, 1));
    }

    @Test
    void after_a_signal_a_cusum_goes_on_or_starts_again_as_designed() {
        CusumDesign design = CusumDesign.of(0.5, 4).withHeadStart(2);
        CusumState signal = design.start().next(design, 9, 0, 1);
        assertEquals(Verdict.ABOVE, design.judge(signal));
        assertEquals(11, signal.next(design, 1, 0, 1).plus());
        CusumDesign toZero = design.withReset(CusumDesign.Reset.TO_ZERO);
        assertEquals(new CusumState(0.5, 0, 1, 0, 1), signal.next(toZero, 1, 0, 1));
        CusumDesign toHeadStart = design.withReset(CusumDesign.Reset.TO_HEAD_START);
        assertEquals(new CusumState(2.5, 0.5, 1, 1, 1), signal.next(toHeadStart, 1, 0, 1));
    }

    @Test
    void a_cusum_dates_a_shift_and_estimates_the_new_mean() {
        CusumDesign design = CusumDesign.of(0.5, 5);
        CusumState state = design.start();
        double[] values = {-1, 0.2, -0.4, 0.1, -3, -3, -3};
        for (double value : values) {
            state = state.next(design, 20 + 2 * value, 20, 2);
        }
        assertEquals(Verdict.BELOW, design.judge(state));
        assertEquals(3, state.valuesSinceShift(Verdict.BELOW));
        assertEquals(20 - 2 * 3, state.shiftedMean(design, Verdict.BELOW, 20, 2), 1e-12);
    }

    @Test
    void illegal_designs_and_states_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new EwmaDesign(0, 3));
        assertThrows(IllegalArgumentException.class, () -> new EwmaDesign(1.1, 3));
        assertThrows(IllegalArgumentException.class, () -> new EwmaState(0, -1));
        assertThrows(IllegalArgumentException.class, () -> CusumDesign.of(0.5, 0));
        assertThrows(
                IllegalArgumentException.class, () -> CusumDesign.of(0.5, 4).withHeadStart(4));
        assertThrows(IllegalArgumentException.class, () -> new CusumState(-1, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ChartConstants.of(1));
        assertThrows(IllegalArgumentException.class, () -> ChartConstants.c4(1));
    }

    @Test
    void a_chart_of_single_values_judges_values_and_their_ranges() {
        double[] baseline = {10, 12, Double.NaN, 11, 13, 10};
        IndividualsChart chart = IndividualsChart.of(baseline, 3, ChartTables.EXACT);
        assertEquals(11.2, chart.individuals().center(), 1e-12);
        assertEquals(2, chart.movingRange().center(), 1e-12);
        assertEquals(2 * Math.sqrt(Math.PI) / 2, chart.sigma(), 1e-12);
        assertEquals(Verdict.ABOVE, chart.individuals().judge(17));
        assertEquals(Verdict.BELOW, chart.individuals().judge(5));
        assertEquals(Verdict.UNKNOWN, chart.individuals().judge(Double.NaN));
        assertEquals(Verdict.ABOVE, chart.movingRange().judge(7));
        assertEquals(
                Verdict.UNKNOWN,
                IndividualsChart.of(new double[] {1}, 3, ChartTables.EXACT)
                        .individuals()
                        .judge(2));
    }

    @Test
    void subgroups_may_differ_in_size_and_miss_values() {
        double[][] groups = {{1, 3}, {2, 4, Double.NaN}, {5}, {1, 2, 3, 4, 5}, {}};
        SubgroupChart byRange = SubgroupChart.of(groups, SubgroupChart.Spread.RANGE, ChartTables.EXACT);
        double d2of5 = ChartConstants.of(5).d2();
        assertEquals((2 / CenterSigma.D2 + 2 / CenterSigma.D2 + 4 / d2of5) / 3, byRange.sigma(), 1e-12);
        assertEquals(3, byRange.center(), 1e-12);
        assertEquals(byRange.sigma() * 3 / Math.sqrt(5), byRange.means(5).ucl() - 3, 1e-12);
        assertEquals(0, byRange.spreads(2).lcl());
        SubgroupChart byStd = SubgroupChart.of(groups, SubgroupChart.Spread.STD, ChartTables.EXACT);
        ChartConstants of5 = ChartConstants.of(5);
        assertEquals(byStd.sigma() * of5.c4() * of5.b4(), byStd.spreads(5).ucl(), 1e-12);
        assertEquals(Double.NaN, SubgroupChart.spreadOf(groups[2], SubgroupChart.Spread.RANGE));
    }

    @Test
    void capability_of_a_one_sided_spec_is_that_of_its_side() {
        Capability c = Capability.of(new SpecLimits(Double.NaN, 16, Double.NaN), 10, 1);
        assertEquals(2, c.cpk());
        assertEquals(2, c.cpu());
        assertEquals(Double.NaN, c.cp());
        assertEquals(Double.NaN, c.cpl());
        assertEquals(3, Capability.of(new SpecLimits(1, Double.NaN, 0), 10, 1).cpk());
        assertEquals(Double.NaN, Capability.of(SpecLimits.of(0, 20), 10, 0).cpk());
    }
}
