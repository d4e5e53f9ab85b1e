package io.tfdc.strategy;

import io.tfdc.model.Severity;
import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code overrides}: a match and paths to set, e.g. {@code chart.limits.stat.k: 6} or {@code rules.drift.severity: alarm}.
 * What a path names is replaced as a whole.
 */
final class OverrideParser {
    private static final List<String> RULE_SETTINGS = List.of("severity", "actions", "mode");
    private static final List<String> PER_CHART_FORBIDDEN = List.of("baselineRuns", "source");

    private final YamlProblems problems;
    private final YamlMapping chart;
    private final List<String> ruleIds;

    OverrideParser(YamlProblems problems, YamlMapping chart, List<RuleSpec> rules) {
        this.problems = problems;
        this.chart = chart;
        this.ruleIds = rules.stream().map(RuleSpec::id).toList();
    }

    OverrideSpec parse(YamlNode node) {
        MappingReader reader = new MappingReader(node, problems);
        ContextMatch match = MatchParser.parse(reader.required("match"), true, problems);
        int priority = reader.integer("priority", 0, -1000, 1000);
        YamlNode set = reader.required("set");
        reader.finish();
        Map<String, YamlNode> charts = new LinkedHashMap<>();
        Map<String, Map<String, YamlNode>> rules = new LinkedHashMap<>();
        String mode = "";
        if (set != null) {
            Map<String, YamlNode> paths = new MappingReader(set, problems).entries();
            for (Map.Entry<String, YamlNode> entry : paths.entrySet()) {
                String path = entry.getKey();
                YamlNode value = entry.getValue();
                if (path.startsWith("chart.")) {
                    charts.put(path.substring(6), value);
                    checkChart(path.substring(6), value, match);
                } else if (path.startsWith("rules.")) {
                    rule(path.substring(6), value, rules, match);
                } else if (path.equals("mode")) {
                    mode = problems.collect(() -> MappingReader.choice(value, List.of("active", "dry-run", "off")), "");
                    refusePerChart(path, value, match);
                } else {
                    problems.add(
                            value.at(), "expected a path below chart., rules.<id>. or mode, found \"" + path + '"');
                }
            }
        }
        return new OverrideSpec(match, Specificity.of(match, priority), charts, rules, mode, node.at());
    }

    /** Refuses two overrides that may meet in a context, set the same and rank the same. */
    void checkTies(List<OverrideSpec> overrides) {
        for (int i = 0; i < overrides.size(); i++) {
            for (int j = 0; j < i; j++) {
                OverrideSpec a = overrides.get(i);
                OverrideSpec b = overrides.get(j);
                if (a.specificity().compareTo(b.specificity()) == 0) {
                    String path = collision(a, b);
                    if (!path.isEmpty() && a.match().overlaps(b.match())) {
                        problems.add(
                                a.at(),
                                "sets " + path + " for contexts that the override in line " + b.at().line()
                                        + " matches as closely: give one of them a higher priority");
                    }
                }
            }
        }
    }

    private static String collision(OverrideSpec a, OverrideSpec b) {
        for (String path : a.chart().keySet()) {
            for (String other : b.chart().keySet()) {
                if ((path + '.').startsWith(other + '.') || (other + '.').startsWith(path + '.')) {
                    return "chart." + path;
                }
            }
        }
        for (Map.Entry<String, Map<String, YamlNode>> rule : a.rules().entrySet()) {
            for (String setting : rule.getValue().keySet()) {
                if (b.rules().getOrDefault(rule.getKey(), Map.of()).containsKey(setting)) {
                    return "rules." + rule.getKey() + '.' + setting;
                }
            }
        }
        return a.mode().isEmpty() || b.mode().isEmpty() ? "" : "mode";
    }

    private void checkChart(String path, YamlNode value, ContextMatch match) {
        List<String> steps = List.of(path.split("\\.", -1));
        if (steps.get(0).equals("partitionBy")) {
            problems.add(value.at(), "partitionBy is the same in all contexts: make it a strategy of its own");
            return;
        }
        boolean perChart = !match.ofChart().isEmpty();
        if (perChart && (!steps.get(0).equals("limits") || PER_CHART_FORBIDDEN.contains(steps.get(steps.size() - 1)))) {
            problems.add(
                    value.at(),
                    "chart." + path + " is common to all charts of a group: match by tool or recipe, not by chart");
            return;
        }
        new ChartParser(problems).parse(ChartParser.patch(chart, steps, value));
    }

    private void rule(String path, YamlNode value, Map<String, Map<String, YamlNode>> rules, ContextMatch match) {
        int dot = path.lastIndexOf('.');
        String id = dot < 0 ? path : path.substring(0, dot);
        String setting = dot < 0 ? "" : path.substring(dot + 1);
        if (!ruleIds.contains(id)) {
            problems.add(value.at(), "no rule is called \"" + id + '"' + Spelling.hint(id, ruleIds));
        } else if (!RULE_SETTINGS.contains(setting)) {
            problems.add(
                    value.at(),
                    "expected rules." + id + ".severity, .actions or .mode, found \"" + setting + '"'
                            + Spelling.hint(setting, RULE_SETTINGS));
        } else {
            refusePerChart(path, value, match);
            switch (setting) {
                case "severity" -> problems.collect(() -> RuleParser.severity(value), Severity.LOG);
                case "actions" -> RuleParser.actions(value, problems);
                default -> problems.collect(() -> MappingReader.choice(value, List.of("active", "dry-run", "off")), "");
            }
            rules.computeIfAbsent(id, key -> new LinkedHashMap<>()).put(setting, value);
        }
    }

    private void refusePerChart(String path, YamlNode value, ContextMatch match) {
        if (!match.ofChart().isEmpty()) {
            problems.add(value.at(), path + " can't differ between charts: match by tool or recipe");
        }
    }

    /** The chart settings of a context: patches applied from the widest to the closest override. */
    static YamlMapping apply(YamlMapping chart, List<OverrideSpec> applicable) {
        List<OverrideSpec> order = new ArrayList<>(applicable);
        order.sort((a, b) -> a.specificity().compareTo(b.specificity()));
        YamlMapping patched = chart;
        for (OverrideSpec override : order) {
            for (Map.Entry<String, YamlNode> entry : override.chart().entrySet()) {
                patched = ChartParser.patch(patched, List.of(entry.getKey().split("\\.", -1)), entry.getValue());
            }
        }
        return patched;
    }
}
