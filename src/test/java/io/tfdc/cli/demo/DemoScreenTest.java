package io.tfdc.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.cli.demo.DemoSnapshot.Alarm;
import io.tfdc.cli.demo.DemoSnapshot.Chamber;
import io.tfdc.cli.demo.DemoSummary.Latency;
import io.tfdc.cli.terminal.TerminalWindow;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.Severity;
import io.tfdc.simulator.feed.DetectionScore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoScreenTest {
    private static final String ESCAPES = "\u001b\\[[0-9;]*m";

    @Test
    void noLineIsWiderAndNoScreenHigherThanTheTerminal() {
        for (int width : new int[] {40, 60, 80, 100, 160, 240}) {
            for (int height : new int[] {10, 24, 30, 50, 80}) {
                for (boolean colours : new boolean[] {true, false}) {
                    List<String> lines = new DemoScreen(colours).lines(snapshot(60), width, height);
                    assertTrue(lines.size() <= height, width + "x" + height + ": " + lines.size() + " lines");
                    for (String line : lines) {
                        int columns = line.replaceAll(ESCAPES, "").length();
                        assertTrue(columns <= width, width + "x" + height + ": " + columns + " columns: " + line);
                    }
                }
            }
        }
    }

    @Test
    void withoutColoursThereAreNoControlSequences() {
        String screen = String.join("\n", new DemoScreen(false).lines(snapshot(20), 100, 50));
        assertFalse(screen.contains("\u001b"), screen);
        assertTrue(new DemoScreen(true).lines(snapshot(20), 100, 50).toString().contains("\u001b[31m"));
    }

    @Test
    void theScreenTellsWhatMatters() {
        String screen = String.join("\n", new DemoScreen(false).lines(snapshot(4), 120, 50));
        for (String expected : List.of(
                "1,284 of 2,000",
                "412 runs/s",
                "p50 3.1 ms  p95 8.0 ms  p99 14 ms",
                "history cache 99.2 % hits",
                "3,210 judged",
                "410 learning",
                "faults found 31 of 33",
                "false alarms 2 in 1,190 good runs",
                "A· B? Cw",
                "RF_Impedance is too high",
                "injected: step shift",
                "UCL 18.550",
                "◆ 18.620")) {
            assertTrue(screen.contains(expected), () -> "expected " + expected + " in\n" + screen);
        }
    }

    @Test
    void aLowScreenKeepsTheFiguresAndDropsTheChart() {
        List<String> lines = new DemoScreen(false).lines(snapshot(4), 80, 18);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("latest alarms")));
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("U-chart")));
    }

    @Test
    void aChartShowsGapsAndChartsWithoutALimit() {
        double[] values = {1, Double.NaN, 2, 3, 2.5, 9};
        ChartLimits upperOnly = new ChartLimits(2, 0.5, Double.NEGATIVE_INFINITY, 5, 30);
        List<String> lines = new UChartSketch(false)
                .draw(
                        new AlarmedChart(
                                new ChamberId("T", "A"),
                                new IndicatorKey("RF_Rfl", "step3", "max"),
                                "W",
                                upperOnly,
                                values,
                                Severity.ALARM),
                        60,
                        7);
        assertEquals(8, lines.size());
        String chart = String.join("\n", lines);
        assertEquals(4, chart.chars().filter(c -> c == '•').count(), chart);
        assertEquals(1, chart.chars().filter(c -> c == '◆').count(), chart);
        assertFalse(chart.contains("LCL"), chart);
    }

    @Test
    void aValueFarOutLeavesRoomForTheOthers() {
        ChartLimits limits = new ChartLimits(10, 0.5, 8, 12, 30);
        double[] values = {9, 11, 10, 1e6};
        List<String> lines = new UChartSketch(false)
                .draw(
                        new AlarmedChart(
                                new ChamberId("T", "A"),
                                new IndicatorKey("Pressure", "step3", "mean"),
                                "",
                                limits,
                                values,
                                Severity.ALARM),
                        60,
                        9);
        assertTrue(lines.get(1).contains("◆ 1.00e+06"), () -> String.join("\n", lines));
        long rowsWithPoints = lines.stream().filter(line -> line.contains("•")).count();
        assertEquals(3, rowsWithPoints, () -> String.join("\n", lines));
    }

    @Test
    void aLongReasonTakesTwoLines() {
        assertEquals(List.of("short"), DemoScreen.wrapped("short", 20));
        assertEquals(List.of("a reason of", "several words"), DemoScreen.wrapped("a reason of several words", 14));
        assertEquals(List.of("0123456789", "0123456789"), DemoScreen.wrapped("01234567890123456789", 10));
    }

    @Test
    void sizesOfTheTerminalAreReadAndNonsenseIsNot() {
        assertEquals(new TerminalWindow.Size(132, 43), TerminalWindow.parse("43 132"));
        assertEquals(TerminalWindow.Size.USUAL, TerminalWindow.parse("0 0"));
        assertEquals(TerminalWindow.Size.USUAL, TerminalWindow.parse(""));
        assertEquals(TerminalWindow.Size.USUAL, TerminalWindow.parse("not a tty"));
    }

    private static DemoSnapshot snapshot(int chambers) {
        List<Chamber> fleet = new ArrayList<>();
        for (int i = 0; i < chambers; i++) {
            ChamberId id = new ChamberId("ETCH-%02d".formatted(i / 3 + 1), String.valueOf((char) ('A' + i % 3)));
            fleet.add(new Chamber(id, 40, i % 3 == 1, i % 3 == 2 ? Severity.WARNING : null));
        }
        ChamberId chamber = new ChamberId("ETCH-01", "A");
        Alarm alarm = new Alarm(
                Instant.parse("2026-01-05T14:03:22Z"),
                Severity.ALARM,
                chamber,
                "two-soft",
                "RF_Impedance is too high: mean of step 3 is 18.62, UCL 18.55 " + "and so on ".repeat(20),
                3,
                "step shift of RF_Impedance in step 3");
        AlarmedChart chart = new AlarmedChart(
                chamber,
                new IndicatorKey("RF_Impedance", "step3", "mean"),
                "Ohm",
                new ChartLimits(18.4, 0.03, 18.25, 18.55, 30),
                new double[] {18.41, 18.39, 18.42, 18.38, 18.62},
                Severity.ALARM);
        return new DemoSnapshot(
                "8 tools",
                Duration.ofSeconds(75),
                1284,
                2000,
                412,
                1_204_332,
                new Latency(3.1, 8, 14, 20),
                0.992,
                8,
                0,
                0,
                "",
                3210,
                410,
                fleet,
                5,
                List.of(alarm, alarm, alarm, alarm, alarm),
                new Tally(33, 31),
                1190,
                2,
                chart);
    }
}
