package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.spc.DataFinding.Kind;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StepWindowsTest {
    @Test
    void steps_and_repeated_visits_are_found_in_order() {
        StepWindows windows = windows(seconds(0, 1, 2, 3, 4, 5, 6), 4, 4, 5, 5, 4, 4, 6);
        assertEquals(
                List.of("4#1 0-2", "5#1 2-4", "4#2 4-6", "6#1 6-7"),
                windows.visits().stream()
                        .map(v -> v.step() + "#" + v.occurrence() + " " + v.from() + "-" + v.to())
                        .toList());
        assertRange(windows, "step4", 0, 2);
        assertRange(windows, "step4#2", 4, 6);
        assertRange(windows, "run", 0, 7);
        assertEquals(List.of(), windows.findings());
        StepVisit second = windows.visit(4, 2);
        assertNotNull(second);
        assertEquals(4_000_000, second.startMicros());
        assertEquals(5_000_000, second.lastMicros());
    }

    @Test
    void an_absent_step_is_legal_and_told_from_an_empty_window() {
        StepWindows windows = windows(seconds(0, 1, 2), 4, 4, 5);
        assertEquals(SampleRange.Presence.STEP_ABSENT, range(windows, "step7").presence());
        assertEquals(SampleRange.Presence.STEP_ABSENT, range(windows, "step4#2").presence());
        assertEquals(SampleRange.Presence.EMPTY, range(windows, "step4[2s]").presence());
        assertNull(windows.visit(4, 2));
    }

    @Test
    void trims_by_time_keep_the_edge_and_trims_by_samples_count() {
        StepWindows windows = windows(seconds(0, 1, 2, 3, 4, 5), 4, 4, 4, 4, 4, 4);
        assertRange(windows, "step4[2s]", 2, 6);
        assertRange(windows, "step4[,-1s]", 0, 5);
        assertRange(windows, "step4[2s,-1s]", 2, 5);
        assertRange(windows, "step4[2001ms,-999ms]", 3, 5);
        assertRange(windows, "step4[2n,-3n]", 2, 3);
        assertRange(windows, "run[1s,-5n]", 1, 1);
        assertRange(windows, "step4[6n]", 6, 6);
        assertRange(windows, "step4[9n,-9n]", 6, 6);
        assertRange(windows, "step4[10s,-10s]", 6, 6);
    }

    @Test
    void a_trailing_sample_of_the_next_run_is_cut_off_and_reported() {
        StepWindows windows = windows(seconds(10, 11, 12, 13, 9), 4, 4, 5, 5, 4);
        assertEquals(4, windows.axis().size());
        assertEquals(List.of(new DataFinding(Kind.NEXT_RUN_SAMPLES, 4, 1)), windows.findings());
        assertEquals(2, windows.visits().size());
        double[] values = {1, 2, 3, 4, 99};
        assertSame(values, windows.axis().align(values));
    }

    @Test
    void a_trailing_sample_without_a_change_of_step_is_cut_off_too() {
        StepWindows windows =
                StepWindows.of(new long[] {10_195_300, 11_214_800, 10_197_300}, new double[] {4, 4, 4}, 3);
        assertEquals(2, windows.axis().size());
        assertEquals(List.of(new DataFinding(Kind.NEXT_RUN_SAMPLES, 2, 1)), windows.findings());
    }

    @Test
    void several_samples_of_the_next_run_are_cut_off() {
        StepWindows windows = windows(seconds(10, 11, 12, 13, 14, 10, 11, 12), 4, 4, 5, 5, 5, 4, 4, 5);
        assertEquals(5, windows.axis().size());
        assertEquals(List.of(new DataFinding(Kind.NEXT_RUN_SAMPLES, 5, 3)), windows.findings());
    }

    @Test
    void a_whole_next_run_that_lasts_longer_is_cut_off_where_it_starts_over() {
        long[] micros = {10_000_000, 11_000_000, 12_000_000, 9_500_000, 10_500_000, 11_500_000, 12_500_000, 13_500_000};
        StepWindows windows = StepWindows.of(micros, new double[] {4, 5, 5, 4, 4, 5, 5, 5}, micros.length);
        assertEquals(3, windows.axis().size());
        assertEquals(List.of(new DataFinding(Kind.NEXT_RUN_SAMPLES, 3, 5)), windows.findings());
    }

    @Test
    void late_samples_in_the_middle_are_left_out() {
        StepWindows windows = windows(seconds(0, 1, 2, 5, 3, 4, 6, 7), 4, 4, 4, 5, 5, 5, 5, 6);
        assertEquals(List.of(new DataFinding(Kind.LATE_SAMPLES, 4, 2)), windows.findings());
        assertEquals(6, windows.axis().size());
        assertEquals(6, windows.axis().originalIndex(4));
        assertArrayEquals(new double[] {0, 1, 2, 3, 6, 7}, windows.axis().align(new double[] {0, 1, 2, 3, 4, 5, 6, 7}));
        assertRange(windows, "step5", 3, 5);
    }

    @Test
    void a_part_that_came_twice_is_left_out_once() {
        StepWindows windows = windows(seconds(0, 1, 2, 3, 1, 2, 3, 4, 5), 4, 4, 5, 5, 4, 5, 5, 5, 5);
        assertEquals(
                new DataFinding(Kind.REPEATED_SAMPLES, 4, 2), windows.findings().get(0));
        assertEquals(
                List.of("4", "5"),
                windows.visits().stream().map(v -> "" + v.step()).toList());
    }

    @Test
    void a_lone_sample_from_the_future_is_left_out() {
        StepWindows windows = windows(seconds(0, 1, 2, 999, 3, 4, 5), 4, 4, 4, 4, 5, 5, 5);
        assertEquals(List.of(new DataFinding(Kind.CLOCK_SPIKE, 3, 1)), windows.findings());
        assertEquals(6, windows.axis().size());
        assertEquals(5_000_000, windows.axis().time(5));
    }

    @Test
    void equal_time_stamps_stay_and_are_reported() {
        StepWindows windows = windows(seconds(0, 1, 1, 1, 2), 4, 4, 4, 5, 5);
        assertEquals(5, windows.axis().size());
        assertEquals(List.of(new DataFinding(Kind.EQUAL_TIMES, 2, 2)), windows.findings());
        assertRange(windows, "step5", 3, 5);
    }

    @Test
    void a_gap_is_reported() {
        StepWindows windows = windows(seconds(0, 1, 2, 48, 49, 50), 4, 4, 4, 4, 4, 5);
        assertEquals(List.of(new DataFinding(Kind.GAP, 3, 1)), windows.findings());
        assertRange(windows, "step4", 0, 5);
    }

    @Test
    void an_unknown_step_number_goes_on_with_the_last_known_one() {
        double[] step = {Double.NaN, 4, Double.POSITIVE_INFINITY, 4, 4.5, 5, -1, 5};
        StepWindows windows = StepWindows.of(seconds(0, 1, 2, 3, 4, 5, 6, 7), step, 8);
        assertEquals(List.of(new DataFinding(Kind.STEP_UNKNOWN, 0, 4)), windows.findings());
        assertRange(windows, "step4", 1, 5);
        assertRange(windows, "step5", 5, 8);
        assertRange(windows, "run", 0, 8);
    }

    @Test
    void no_sample_and_one_sample_are_fine() {
        StepWindows none = windows(seconds());
        assertEquals(SampleRange.Presence.EMPTY, range(none, "run").presence());
        assertEquals(SampleRange.Presence.EMPTY, range(none, "run[1s,-1s]").presence());
        assertEquals(SampleRange.Presence.STEP_ABSENT, range(none, "step4").presence());
        StepWindows one = windows(seconds(7), 4);
        assertRange(one, "step4", 0, 1);
        assertRange(one, "step4[1n]", 1, 1);
        assertRange(one, "run", 0, 1);
    }

    @Test
    void a_signal_on_other_time_stamps_takes_the_step_in_force() {
        StepWindows windows = windows(seconds(0, 10, 20), 4, 5, 6);
        TimeAxis signal = TimeAxis.of(seconds(-1, 0, 5, 9, 10, 15, 20, 30), 8);
        assertRange(windows, "step4", signal, 1, 4);
        assertRange(windows, "step5", signal, 4, 6);
        assertRange(windows, "step6", signal, 6, 8);
        assertRange(windows, "run", signal, 0, 8);
        assertRange(windows, "step4[5s,-4s]", signal, 2, 3);
        assertRange(windows, "step6[,-5s]", signal, 6, 7);
        TimeAxis silent = TimeAxis.of(seconds(12, 13), 2);
        assertEquals(
                SampleRange.Presence.EMPTY,
                windows.resolve(WindowSpec.ofStep(4), silent).presence());
    }

    @Test
    void signals_with_the_same_time_stamps_can_share_an_axis() {
        TimeAxis axis = TimeAxis.of(seconds(0, 1, 0), 3);
        assertTrue(axis.isOf(seconds(0, 1, 0, 9), 3));
        assertTrue(!axis.isOf(seconds(0, 1, 0, 9), 4));
        assertTrue(!axis.isOf(seconds(0, 1, 1), 3));
    }

    @Test
    void without_a_step_signal_there_is_only_the_run() {
        StepWindows windows = StepWindows.withoutSteps(TimeAxis.of(seconds(0, 1), 2));
        assertRange(windows, "run", 0, 2);
        assertEquals(SampleRange.Presence.STEP_ABSENT, range(windows, "step1").presence());
    }

    @Test
    void only_the_first_n_samples_count_and_more_than_there_are_is_refused() {
        assertEquals(2, TimeAxis.of(seconds(0, 1, 0), 2).size());
        assertThrows(IllegalArgumentException.class, () -> TimeAxis.of(seconds(0), 2));
        assertThrows(IllegalArgumentException.class, () -> StepWindows.of(seconds(0, 1), new double[1], 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> TimeAxis.of(seconds(0, 1), 2).align(new double[1]));
    }

    @RepeatedTest(200)
    void whatever_comes_the_axis_ascends_and_windows_lie_within(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        int n = random.nextInt(60);
        long[] micros = new long[n];
        double[] step = new double[n];
        long now = 0;
        for (int i = 0; i < n; i++) {
            now += random.nextInt(8) == 0 ? random.nextLong(-30_000_000, 30_000_000) : random.nextLong(0, 2_000_000);
            micros[i] = now;
            step[i] = random.nextInt(12) == 0 ? Double.NaN : random.nextInt(4);
        }
        StepWindows windows = StepWindows.of(micros, step, n);
        TimeAxis axis = windows.axis();
        assertTrue(n == 0 || axis.size() > 0);
        for (int i = 1; i < axis.size(); i++) {
            assertTrue(axis.time(i) >= axis.time(i - 1));
            assertTrue(axis.originalIndex(i) > axis.originalIndex(i - 1));
            assertEquals(micros[axis.originalIndex(i)], axis.time(i));
        }
        TimeAxis other = TimeAxis.of(micros, n / 2);
        for (String text :
                List.of("run", "run[1s,-2n]", "step1", "step2#2", "step0[1s,-1s]", "step3[3n,-500ms]", "step1[9n]")) {
            for (TimeAxis signal : List.of(axis, other)) {
                SampleRange range = windows.resolve(WindowSpec.parse(text), signal);
                assertTrue(range.from() >= 0 && range.to() <= signal.size(), () -> text + " " + range);
            }
        }
    }

    private static StepWindows windows(long[] micros, double... step) {
        return StepWindows.of(micros, step, micros.length);
    }

    private static SampleRange range(StepWindows windows, String text) {
        return windows.resolve(WindowSpec.parse(text));
    }

    private static void assertRange(StepWindows windows, String text, int from, int to) {
        assertEquals(SampleRange.of(from, to), range(windows, text), text);
    }

    private static void assertRange(StepWindows windows, String text, TimeAxis signal, int from, int to) {
        SampleRange range = windows.resolve(WindowSpec.parse(text), signal);
        assertEquals(SampleRange.of(from, to), range, text);
        assertTrue(range.size() == to - from);
    }

    private static long[] seconds(long... seconds) {
        long[] micros = new long[seconds.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = seconds[i] * 1_000_000;
        }
        return micros;
    }
}
