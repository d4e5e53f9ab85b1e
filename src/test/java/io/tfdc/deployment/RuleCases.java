package io.tfdc.deployment;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tfdc.testing.PrometheusTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Cases for {@code promtool test rules}: series, and at some times all alerts that fire, none missing and no other. JSON is YAML to
 * promtool.
 */
final class RuleCases {
    private final List<Map<String, Object>> cases = new ArrayList<>();
    private final Set<String> fired = new HashSet<>();
    private final String evaluationInterval;
    private final String watched;

    /** @param watched regular expression of the alerts that are looked at */
    RuleCases(String evaluationInterval, String watched) {
        this.evaluationInterval = evaluationInterval;
        this.watched = watched;
    }

    /** One case of series with a sample each 15 s; its expectations follow. */
    Case given(String name, ClusterSeries series) {
        return given(name, "15s", series);
    }

    /** The same with samples further apart. */
    Case given(String name, String interval, ClusterSeries series) {
        List<Map<String, Object>> expectations = new ArrayList<>();
        List<Map<String, String>> input = series.values().entrySet().stream()
                .map(entry -> Map.of("series", entry.getKey(), "values", entry.getValue()))
                .toList();
        cases.add(new LinkedHashMap<>(
                Map.of("name", name, "interval", interval, "input_series", input, "promql_expr_test", expectations)));
        return new Case(expectations);
    }

    /** Names of all alerts that some case expects. */
    Set<String> fired() {
        return fired;
    }

    /** Runs promtool; its complaint names the case, what it expected and what it got. */
    void run(PrometheusTools tools, Path folder, Path rules) throws IOException {
        Map<String, Object> file = Map.of(
                "rule_files",
                List.of(rules.toAbsolutePath().toString()),
                "evaluation_interval",
                evaluationInterval,
                "group_eval_order",
                groups(rules),
                "tests",
                cases);
        Path written = folder.resolve("cases.json");
        Files.writeString(written, new ObjectMapper().writeValueAsString(file));
        tools.promtool("test", "rules", written.toString());
    }

    /** As in the file: alerts after the recordings that they look at, which would be stale at the next long step. */
    private static List<String> groups(Path rules) throws IOException {
        return Pattern.compile("(?m)^  - name: (\\S+)$")
                .matcher(Files.readString(rules))
                .results()
                .map(group -> group.group(1))
                .toList();
    }

    final class Case {
        private final List<Map<String, Object>> expectations;

        private Case(List<Map<String, Object>> expectations) {
            this.expectations = expectations;
        }

        /** At this time these alerts fire; one that fires for two pods is named twice. */
        Case at(String time, String... alerts) {
            Map<String, Integer> counts = new TreeMap<>();
            Stream.of(alerts).forEach(alert -> counts.merge(alert, 1, Integer::sum));
            fired.addAll(counts.keySet());
            List<Map<String, Object>> samples = counts.entrySet().stream()
                    .map(entry -> Map.<String, Object>of(
                            "labels", "{alertname=\"" + entry.getKey() + "\"}", "value", entry.getValue()))
                    .toList();
            expectations.add(Map.of(
                    "eval_time", time,
                    "expr", "count by (alertname) (ALERTS{alertstate=\"firing\",alertname=~\"" + watched + "\"})",
                    "exp_samples", samples));
            return this;
        }
    }
}
