package io.tfdc.cli.demo;

import io.tfdc.cli.terminal.Style;
import io.tfdc.cli.terminal.StyledLine;
import io.tfdc.model.ChartLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Draws the last points of a U-chart with its limits into a few lines of text. */
final class UChartSketch {
    private static final int LABEL = 12;

    private final boolean colours;

    UChartSketch(boolean colours) {
        this.colours = colours;
    }

    /**
     * @param rows rows for points, at least 5
     * @return a heading and {@code rows} lines, none wider than {@code width}
     */
    List<String> draw(AlarmedChart chart, int width, int rows) {
        int columns = Math.max(8, width - LABEL - 3);
        double[] values = newest(chart.values(), columns);
        Scale scale = Scale.of(values, chart.limits(), rows);
        List<String> lines = new ArrayList<>();
        lines.add(heading(chart, width));
        for (int row = 0; row < rows; row++) {
            lines.add(line(chart, values, scale, row, width, columns));
        }
        return lines;
    }

    private String heading(AlarmedChart chart, int width) {
        String unit = chart.unit().isEmpty() ? "" : " (" + chart.unit() + ")";
        return new StyledLine(width, colours)
                .add("U-chart ", Style.BOLD)
                .add(chart.chamber() + "  " + chart.indicator() + unit)
                .add("  last " + chart.values().length + " runs", Style.DIM)
                .toString();
    }

    private String line(AlarmedChart chart, double[] values, Scale scale, int row, int width, int columns) {
        StyledLine line = new StyledLine(width, colours);
        ChartLimits limits = chart.limits();
        boolean upper = row == scale.row(limits.ucl());
        boolean lower = row == scale.row(limits.lcl());
        boolean center = row == scale.row(limits.center());
        String label = upper
                ? "UCL " + number(limits.ucl())
                : lower ? "LCL " + number(limits.lcl()) : center ? number(limits.center()) : "";
        line.add(" ".repeat(Math.max(0, LABEL - label.length())) + label, Style.DIM)
                .add(upper || lower || center ? " ┤" : " │", Style.DIM);
        String background = upper || lower ? "╌" : center ? "·" : " ";
        for (int i = 0; i < Math.min(columns, values.length); i++) {
            boolean last = i == values.length - 1;
            if (row != scale.row(values[i])) {
                line.add(background, Style.DIM);
            } else if (last) {
                line.add("◆", ofSeverity(chart));
            } else {
                line.add("•", isOutside(values[i], limits) ? Style.WARNING : Style.GOOD);
            }
        }
        if (row == scale.row(values[values.length - 1])) {
            line.add(" " + number(values[values.length - 1]), ofSeverity(chart));
        }
        return line.toString();
    }

    private static Style ofSeverity(AlarmedChart chart) {
        return DemoScreen.style(chart.severity());
    }

    private static boolean isOutside(double value, ChartLimits limits) {
        return value > limits.ucl() || value < limits.lcl();
    }

    private static double[] newest(double[] values, int most) {
        int room = Math.max(1, most - 10);
        return values.length <= room ? values : Arrays.copyOfRange(values, values.length - room, values.length);
    }

    /** Five significant digits, without exponent where people wouldn't write one. */
    static String number(double value) {
        double magnitude = Math.abs(value);
        if (value == Math.rint(value) && magnitude < 100_000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        if (magnitude >= 100_000 || magnitude < 0.001) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int decimals = magnitude >= 1_000 ? 1 : magnitude >= 100 ? 2 : magnitude >= 10 ? 3 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Which row a value is drawn in; row 0 is the highest, and what is far out is drawn at the edge. */
    private record Scale(double low, double high, int rows) {
        /** Room beyond each limit, in widths of the band between them. */
        private static final double BEYOND = 0.7;

        static Scale of(double[] values, ChartLimits limits, int rows) {
            DoubleStream shown = DoubleStream.concat(
                    Arrays.stream(values), DoubleStream.of(limits.center(), limits.lcl(), limits.ucl()));
            double[] finite = shown.filter(Double::isFinite).toArray();
            double low = Arrays.stream(finite).min().orElse(0);
            double high = Arrays.stream(finite).max().orElse(1);
            double band = limits.ucl() - limits.lcl();
            if (Double.isFinite(band) && band > 0) {
                low = Math.max(low, limits.lcl() - BEYOND * band);
                high = Math.min(high, limits.ucl() + BEYOND * band);
            }
            return high > low ? new Scale(low, high, rows) : new Scale(low - 1, high + 1, rows);
        }

        int row(double value) {
            if (!Double.isFinite(value)) {
                return -1;
            }
            long row = Math.round((high - value) / (high - low) * (rows - 1));
            return (int) Math.max(0, Math.min(rows - 1, row));
        }
    }
}
