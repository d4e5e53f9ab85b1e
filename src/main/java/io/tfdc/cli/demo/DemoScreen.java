package io.tfdc.cli.demo;

import io.tfdc.cli.demo.DemoSnapshot.Alarm;
import io.tfdc.cli.demo.DemoSnapshot.Chamber;
import io.tfdc.cli.terminal.Style;
import io.tfdc.cli.terminal.StyledLine;
import io.tfdc.model.Severity;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a snapshot into the lines of a terminal screen. */
final class DemoScreen {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int CHART_ROWS = 7;
    private static final int REASON_COLUMN = 18;

    private final boolean colours;

    DemoScreen(boolean colours) {
        this.colours = colours;
    }

    /** At most {@code height} lines, none wider than {@code width}. */
    List<String> lines(DemoSnapshot now, int width, int height) {
        List<String> lines = new ArrayList<>();
        lines.add(line(width)
                .add("Defender demo", Style.BOLD)
                .add("  " + now.title())
                .toString());
        lines.addAll(figures(now, width));
        lines.add("");
        lines.addAll(fleet(now.chambers(), width));
        lines.add("");
        int room = height - lines.size();
        List<String> chart = chart(now, width, room);
        lines.addAll(alarms(now, width, room - chart.size()));
        lines.addAll(chart);
        return lines.subList(0, Math.min(height, lines.size()));
    }

    private List<String> figures(DemoSnapshot now, int width) {
        boolean endless = now.total() == Long.MAX_VALUE;
        StyledLine runs = line(width).add("runs     ", Style.DIM).add(count(now.done()), Style.BOLD);
        if (!endless) {
            runs.add(" of " + count(now.total()) + " ").add(bar(now), Style.GOOD);
        }
        runs.add("  " + count(Math.round(now.runsPerSecond())) + " runs/s")
                .add("  U-chart points " + count(now.points()))
                .add("  " + clock(now.elapsed()), Style.DIM);
        StyledLine latency = line(width)
                .add("latency  ", Style.DIM)
                .add("p50 " + millis(now.latency().p50()) + "  p95 "
                        + millis(now.latency().p95()) + "  p99 "
                        + millis(now.latency().p99()))
                .add("   history cache " + percent(now.cacheHitRate()) + " hits   in work " + now.inFlight());
        if (now.failed() > 0 || !now.trouble().isEmpty()) {
            latency.add(
                    "   failed " + now.failed() + ", given up " + now.deadLettered() + " " + now.trouble(),
                    Style.ALARM);
        }
        StyledLine charts = line(width)
                .add("charts   ", Style.DIM)
                .add(count(now.chartsJudged()) + " judged")
                .add(
                        "  " + count(now.chartsLearning()) + " learning",
                        now.chartsLearning() > 0 ? Style.LEARNING : Style.DIM)
                .add("   faults found ")
                .add(now.faults().found() + " of " + now.faults().injected(), Style.BOLD)
                .add("   false alarms " + now.falseAlarms() + " in " + count(now.goodRuns()) + " good runs");
        return List.of(runs.toString(), latency.toString(), charts.toString());
    }

    private static String bar(DemoSnapshot now) {
        int full = (int) (20 * Math.min(1, now.done() / (double) Math.max(1, now.total())));
        return "█".repeat(full) + "░".repeat(20 - full);
    }

    private List<String> fleet(List<Chamber> chambers, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(line(width)
                .add("chambers", Style.BOLD)
                .add(" worst of the last runs:  ", Style.DIM)
                .add("·", Style.GOOD)
                .add(" good  ", Style.DIM)
                .add("?", Style.LEARNING)
                .add(" learning  ", Style.DIM)
                .add("w", Style.WARNING)
                .add(" warning  ", Style.DIM)
                .add("!", Style.ALARM)
                .add(" alarm  ", Style.DIM)
                .add("X", Style.CRITICAL)
                .add(" critical", Style.DIM)
                .toString());
        Map<String, List<Chamber>> tools = new LinkedHashMap<>();
        chambers.forEach(chamber -> tools.computeIfAbsent(chamber.id().tool(), tool -> new ArrayList<>())
                .add(chamber));
        StyledLine row = line(width);
        for (Map.Entry<String, List<Chamber>> tool : tools.entrySet()) {
            int needed = tool.getKey().length() + 3 + 4 * tool.getValue().size();
            if (row.room() < needed && row.room() < width) {
                lines.add(row.toString());
                row = line(width);
            }
            row.add(tool.getKey() + " ");
            for (Chamber chamber : tool.getValue()) {
                row.add(chamber.id().chamber(), Style.DIM)
                        .add(mark(chamber), style(chamber))
                        .add(" ");
            }
            row.add("  ");
        }
        lines.add(row.toString());
        return lines.subList(0, Math.min(lines.size(), 9));
    }

    private static String mark(Chamber chamber) {
        Severity worst = chamber.worst();
        if (worst == null || worst == Severity.LOG) {
            return chamber.learning() ? "?" : "·";
        }
        return worst == Severity.WARNING ? "w" : worst == Severity.ALARM ? "!" : "X";
    }

    private static Style style(Chamber chamber) {
        Severity worst = chamber.worst();
        if (worst == null || worst == Severity.LOG) {
            return chamber.learning() ? Style.LEARNING : Style.GOOD;
        }
        return style(worst);
    }

    static Style style(Severity severity) {
        return switch (severity) {
            case LOG -> Style.LOG;
            case WARNING -> Style.WARNING;
            case ALARM -> Style.ALARM;
            case CRITICAL -> Style.CRITICAL;
        };
    }

    private List<String> alarms(DemoSnapshot now, int width, int room) {
        List<String> lines = new ArrayList<>();
        lines.add(line(width)
                .add("latest alarms", Style.BOLD)
                .add(now.alarms().isEmpty() ? "  none yet" : "", Style.DIM)
                .toString());
        for (Alarm alarm : now.alarms()) {
            if (lines.size() + 4 > room) {
                break;
            }
            lines.addAll(alarm(alarm, width));
        }
        lines.add("");
        return lines;
    }

    /** Two or three lines: what was found and why, and for the demonstration what had been done to the run. */
    private List<String> alarm(Alarm alarm, int width) {
        StyledLine first = line(width)
                .add(CLOCK.format(alarm.at()) + " ", Style.DIM)
                .add(name(alarm.severity()), style(alarm.severity()))
                .to(REASON_COLUMN)
                .add(alarm.chamber() + " ", Style.BOLD)
                .add(alarm.rule(), Style.PLAIN)
                .add(alarm.count() > 1 ? " and " + (alarm.count() - 1) + " more" : "", Style.DIM)
                .add("  ");
        String truth = alarm.truth().isEmpty() ? "nothing was injected" : "injected: " + alarm.truth();
        first.add(truth, alarm.truth().isEmpty() ? Style.WARNING : Style.DIM);
        List<String> lines = new ArrayList<>(List.of(first.toString()));
        for (String part : wrapped(alarm.reason(), width - REASON_COLUMN)) {
            lines.add(line(width).to(REASON_COLUMN).add(part).toString());
        }
        return lines;
    }

    /** The text in at most two lines. */
    static List<String> wrapped(String text, int width) {
        if (text.length() <= width) {
            return List.of(text);
        }
        int space = text.lastIndexOf(' ', width);
        int cut = space < width / 2 ? width : space;
        return List.of(text.substring(0, cut), text.substring(cut).strip());
    }

    static String name(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private List<String> chart(DemoSnapshot now, int width, int room) {
        @Nullable AlarmedChart chart = now.chart();
        return chart == null || room < CHART_ROWS + 8
                ? List.of()
                : new UChartSketch(colours).draw(chart, Math.min(width, 100), CHART_ROWS);
    }

    private StyledLine line(int width) {
        return new StyledLine(width, colours);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String clock(Duration elapsed) {
        return "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    }
}
