package io.tfdc.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.model.Severity;
import io.tfdc.simulator.FaultKind;
import io.tfdc.simulator.feed.DetectionScore.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * How a demonstration ended.
 *
 * @param runs runs acknowledged, each counted once
 * @param unmatched those of them that no strategy is for
 * @param repeated deliveries of runs that had been processed before
 * @param points U-chart points
 * @param samples T-chart samples
 * @param chartBytes bytes of the T-charts' blobs
 * @param seconds from start to end
 * @param runsPerSecond over the whole time
 * @param latency from notification to acknowledgement
 * @param cacheHitRate 0 to 1
 * @param failed failed attempts
 * @param deadLettered runs given up
 * @param bySeverity published events, worst first
 * @param byRule published events
 * @param faultsByKind injected and found
 * @param missed faults not found, in words
 * @param falseAlarmRuns good runs with an alarm
 * @param falseWarningRuns good runs with a warning at most
 * @param aftermathRuns good runs shortly after a fault that still raised an event
 */
public record DemoSummary(
        long runs,
        long unmatched,
        long repeated,
        long points,
        long samples,
        long chartBytes,
        double seconds,
        double runsPerSecond,
        Latency latency,
        double cacheHitRate,
        long failed,
        long deadLettered,
        long chartsJudged,
        long chartsLearning,
        Map<Severity, Long> bySeverity,
        Map<String, Long> byRule,
        Map<FaultKind, Tally> faultsByKind,
        Tally faults,
        List<String> missed,
        long goodRuns,
        long falseAlarmRuns,
        long falseWarningRuns,
        long aftermathRuns) {
    /** Percentiles in milliseconds. */
    public record Latency(double p50, double p95, double p99, double max) {}

    private static final int MISSED_SHOWN = 10;

    /** Published events of all severities. */
    public long alarms() {
        return bySeverity.values().stream().mapToLong(Long::longValue).sum();
    }

    /** One JSON object on one line. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("runs", runs).put("unmatchedRuns", unmatched).put("repeatedDeliveries", repeated);
        root.put("uChartPoints", points).put("samples", samples).put("tChartBytes", chartBytes);
        root.put("seconds", rounded(seconds)).put("runsPerSecond", rounded(runsPerSecond));
        root.putObject("latencyMillis")
                .put("p50", latency.p50())
                .put("p95", latency.p95())
                .put("p99", latency.p99())
                .put("max", latency.max());
        root.put("cacheHitRate", rounded(cacheHitRate));
        root.put("failedAttempts", failed).put("deadLettered", deadLettered);
        root.putObject("charts").put("judged", chartsJudged).put("learning", chartsLearning);
        ObjectNode alarms = root.putObject("alarms").put("total", alarms());
        ObjectNode severities = alarms.putObject("bySeverity");
        bySeverity.forEach((severity, count) -> severities.put(DemoScreen.name(severity), count));
        ObjectNode rules = alarms.putObject("byRule");
        byRule.forEach(rules::put);
        ObjectNode detection = root.putObject("faults")
                .put("injected", faults.injected())
                .put("found", faults.found())
                .put("missed", faults.missed());
        ObjectNode kinds = detection.putObject("byKind");
        faultsByKind.forEach((kind, tally) ->
                kinds.putObject(kind.text()).put("injected", tally.injected()).put("found", tally.found()));
        ArrayNode list = detection.putArray("missedList");
        missed.forEach(list::add);
        root.putObject("goodRuns")
                .put("runs", goodRuns)
                .put("withFalseAlarm", falseAlarmRuns)
                .put("withWarning", falseWarningRuns)
                .put("withEventAfterFault", aftermathRuns);
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s runs in %s, %s runs/s; %s samples in %s MB of T-charts became %s U-chart points"
                .formatted(
                        DemoScreen.count(runs),
                        decimal(seconds, 1) + " s",
                        decimal(runsPerSecond, 0),
                        DemoScreen.count(samples),
                        decimal(chartBytes / 1e6, 1),
                        DemoScreen.count(points)));
        lines.add("latency    p50 " + DemoScreen.millis(latency.p50()) + ", p95 " + DemoScreen.millis(latency.p95())
                + ", p99 " + DemoScreen.millis(latency.p99()) + ", max " + DemoScreen.millis(latency.max())
                + "; history cache " + DemoScreen.percent(cacheHitRate) + " hits; failed attempts " + failed
                + ", given up " + deadLettered);
        lines.add("charts     " + DemoScreen.count(chartsJudged) + " judged, " + DemoScreen.count(chartsLearning)
                + " still learning" + (unmatched > 0 ? "; " + unmatched + " runs without a strategy" : ""));
        lines.add("alarms     " + alarms() + counts(bySeverity, severity -> DemoScreen.name(severity)));
        lines.add("by rule   " + counts(byRule, rule -> rule));
        lines.add("faults     " + faults.found() + " of " + faults.injected() + " found; good runs with a false alarm "
                + falseAlarmRuns + " of " + goodRuns + ", with a warning " + falseWarningRuns
                + ", calming down after a fault "
                + aftermathRuns);
        faultsByKind.forEach((kind, tally) ->
                lines.add("  %-22s %3d of %3d".formatted(kind.text(), tally.found(), tally.injected())));
        missed.stream().limit(MISSED_SHOWN).forEach(fault -> lines.add("  missed: " + fault));
        if (missed.size() > MISSED_SHOWN) {
            lines.add("  and " + (missed.size() - MISSED_SHOWN) + " more missed");
        }
        return lines;
    }

    private static <K> String counts(Map<K, Long> counts, Function<K, String> name) {
        StringBuilder text = new StringBuilder();
        counts.forEach((key, count) -> text.append(text.isEmpty() ? " " : ", ")
                .append(name.apply(key))
                .append(' ')
                .append(count));
        return text.toString();
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }
}
