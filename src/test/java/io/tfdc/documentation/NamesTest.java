package io.tfdc.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Settings, values of the chart, metrics, alerts and tests that documents name exist. */
class NamesTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:defender|election_agent)_[a-z0-9_]+");
    private static final Pattern ALERT = Pattern.compile("\\b(?:Defender|ElectionAgents|Nats)[A-Z][A-Za-z0-9]+\\b");
    private static final Pattern KEY = Pattern.compile("([a-zA-Z]+(?:\\.[a-zA-Z0-9-]+)+)(?:[:=\\[ ].*)?");
    private static final Pattern TEST = Pattern.compile("([A-Z][A-Za-z0-9]*(?:Test|Contract))(?:\\.(\\w+))?");
    private static final Pattern SUFFIX = Pattern.compile("_(bucket|count|sum|max)$");

    @Test
    void settingsAndValuesExist() throws IOException {
        Set<String> known = new HashSet<>();
        known.addAll(matches(Page.project("docs/configuration.md"), "(?m)^\\| `([a-zA-Z.]+)` \\|"));
        values("", load(Page.project("charts/defender/values.yaml")), known);
        Set<String> sections = known.stream()
                .filter(name -> name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .collect(Collectors.toSet());
        // Names that begin like a setting and are something else: packages, subjects that the code puts together ...
        for (Path folder : folders(Page.project("src/main/java/io/tfdc"))) {
            known.add(folder.toString().replace('/', '.'));
        }
        known.addAll(List.of("defender.operator", "defender.member"));
        // ... addresses of the event bus and attributes of spans.
        try (Stream<Path> sources = Files.walk(Page.project("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                known.addAll(matches(source, "\"([a-z]+(?:\\.[a-z_]+)+)\""));
            }
        }
        Set<String> prefixes = new HashSet<>();
        known.forEach(name -> prefixes(name, prefixes));
        assertEquals(Set.of(), unknown((page, line) -> {
            String span = line.text();
            Matcher key = KEY.matcher(span);
            return key.matches()
                            && sections.contains(key.group(1).substring(0, span.indexOf('.')))
                            && !isFile(key.group(1))
                            && !key.group(1).startsWith("defender.tfdc.io")
                    ? prefixes.contains(key.group(1)) ? List.of() : List.of(key.group(1))
                    : List.of();
        }));
    }

    @Test
    void metricsExist() throws IOException {
        Set<String> known = new HashSet<>();
        known.addAll(matches(Page.project("docs/metrics.md"), "`((?:defender)_[a-z0-9_]+)`"));
        known.addAll(matches(Page.project("docs/election-agent.md"), "`(election_agent_[a-z0-9_]+)"));
        known.addAll(matches(
                Page.project("charts/defender/files/prometheus/defender.rules.yaml"),
                "(?m)^ +- record: [a-z]+:([a-z0-9_]+)"));
        // Recorded by the chart's own rule, and served by the Prometheus adapter.
        known.addAll(List.of("defender_replicas", "defender_weight", "defender_backlog"));
        assertEquals(
                Set.of(),
                unknown((page, line) -> METRIC.matcher(line.text())
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !known.contains(name)
                                && !known.contains(SUFFIX.matcher(name).replaceAll("")))
                        .toList()));
    }

    @Test
    void alertsExist() throws IOException {
        Set<String> known = matches(
                Page.project("charts/defender/files/prometheus/defender.rules.yaml"), "(?m)^ +- alert: (\\w+)$");
        // One section of the runbook for the alerts of one budget.
        known.addAll(List.of("DefenderErrorBudget", "DefenderLatencyBudget"));
        Set<String> unknown = new TreeSet<>();
        for (Page page : Page.all()) {
            for (Page.Line line : page.text()) {
                ALERT.matcher(line.text())
                        .results()
                        .map(MatchResult::group)
                        .filter(name -> !known.contains(name))
                        .forEach(name -> unknown.add(page.at(line) + ' ' + name));
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void testsExist() throws IOException {
        Map<String, String> known = new HashMap<>();
        for (String root : List.of("src/test/java", "src/fuzz/java")) {
            try (Stream<Path> files = Files.walk(Page.project(root))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    known.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        known.put("NameTest", ""); // stands for any
        assertEquals(Set.of(), unknown((page, line) -> {
            Matcher name = TEST.matcher(line.text());
            boolean missing = name.matches()
                    && (!known.containsKey(name.group(1))
                            || name.group(2) != null
                                    && !known.get(name.group(1)).contains(" " + name.group(2) + "("));
            return missing ? List.of(line.text()) : List.of();
        }));
    }

    private interface Check {
        List<String> unknown(Page page, Page.Line code);
    }

    private static Set<String> unknown(Check check) throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (Page page : Page.all()) {
            for (Page.Line line : page.code()) {
                check.unknown(page, line).forEach(name -> unknown.add(page.at(line) + ' ' + name));
            }
        }
        return unknown;
    }

    private static Set<String> matches(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isFile(String name) {
        return name.matches(
                ".*\\.(md|yaml|yml|json|java|jar|jsa|db|crt|key|creds|conf|svc|sh|txt|jsonl|gz|mebo)(\\..*)?");
    }

    private static void prefixes(String name, Set<String> prefixes) {
        for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
            prefixes.add(name.substring(0, dot));
        }
        prefixes.add(name);
    }

    private static Object load(Path file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static void values(String path, Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> values(path.isEmpty() ? key.toString() : path + '.' + key, inner, into));
        }
        into.add(path);
    }

    private static List<Path> folders(Path root) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(root))
                    .forEach(folder -> folders.add(root.relativize(folder)));
        }
        return folders;
    }
}
