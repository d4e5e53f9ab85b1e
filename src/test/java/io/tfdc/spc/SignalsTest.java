package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tfdc.spc.PairedSignals.Signal;
import org.junit.jupiter.api.Test;

/** Indicators of two signals, and the resolution of one. */
class SignalsTest {
    private static final Signal GOLDEN =
            new Signal(new long[] {0, 10_000_000, 20_000_000}, new double[] {0, 100, 100}, 0, 3);

    @Test
    void distances_to_a_golden_trace_interpolate_it_and_count_time_from_the_start() {
        Signal run = new Signal(
                new long[] {50_000_000, 55_000_000, 60_000_000, 65_000_000}, new double[] {3, 54, 100, 100}, 0, 4);
        assertEquals(4, PairedSignals.maxDistance(run, GOLDEN));
        assertEquals(2.5, PairedSignals.rmsDistance(run, GOLDEN), 1e-12);
        assertEquals(1.75, PairedSignals.meanDelta(run, GOLDEN), 1e-12);
        assertEquals(64.25 / (200 / 3.0), PairedSignals.meanRatio(run, GOLDEN), 1e-12);
    }

    @Test
    void what_lies_beyond_the_other_signal_or_is_missing_does_not_count() {
        Signal run = new Signal(
                new long[] {0, 5_000_000, 10_000_000, 99_000_000}, new double[] {1, Double.NaN, 98, 1e9}, 0, 4);
        assertEquals(2, PairedSignals.maxDistance(run, GOLDEN));
        assertEquals(-0.5, PairedSignals.meanDelta(run, GOLDEN), 1e-12);
        Signal none = new Signal(new long[0], new double[0], 0, 0);
        assertEquals(Double.NaN, PairedSignals.maxDistance(none, GOLDEN));
        assertEquals(Double.NaN, PairedSignals.rmsDistance(run, none));
        assertEquals(Double.NaN, PairedSignals.meanRatio(run, none));
        Signal zero = new Signal(new long[] {0}, new double[] {0}, 0, 1);
        assertEquals(Double.NaN, PairedSignals.meanRatio(run, zero));
    }

    @Test
    void a_signal_must_lie_within_its_arrays() {
        assertThrows(IndexOutOfBoundsException.class, () -> new Signal(new long[1], new double[2], 0, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> new Signal(new long[2], new double[2], 2, 1));
    }

    @Test
    void the_step_of_a_quantised_signal_is_found() {
        assertEquals(1, Quantisation.stepOf(new double[] {751, 752, 751, 755, 760}));
        assertEquals(0.25, Quantisation.stepOf(new double[] {0.5, 0.75, 0.75, 2, Double.NaN}));
        assertEquals(0.1, Quantisation.stepOf(new double[] {0.1, 0.2, 0.3, 0.7, 1.1}), 1e-12);
        assertEquals(0, Quantisation.stepOf(new double[] {0.5, 0.5}));
        assertEquals(0, Quantisation.stepOf(new double[] {}));
        assertEquals(0, Quantisation.stepOf(new double[] {1, Math.E, Math.PI, 4}));
        assertEquals(0, Quantisation.stepOf(new double[] {1e12, Math.nextUp(1e12)}));
    }
}
