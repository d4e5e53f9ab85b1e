package io.tfdc.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of metrics: those that an expression uses, and those that somebody exposes. */
final class MetricNames {
    private static final Pattern STRING = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");
    private static final Pattern NOT_NAMES = Pattern.compile(
            "\\{[^{}]*}|\\[[^\\[\\]]*]|\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^()]*\\)|\\$\\w+");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)(?!\\s*\\()(?![\\w:])");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "offset",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "inf",
            "nan",
            // Aggregations written as "sum by (x) (...)": the bracket is gone by now.
            "sum",
            "count",
            "max",
            "min",
            "avg",
            "topk",
            "bottomk",
            "stddev",
            "quantile");
    private static final Pattern METER = Pattern.compile("\"((?:defender|election)\\.[a-z0-9.]+)\"");
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_seconds_bucket", "_seconds_count", "_seconds_sum", "_seconds_max");

    private MetricNames() {}

    /** The metrics that a PromQL expression reads. */
    static Set<String> in(String expression) {
        String bare =
                NOT_NAMES.matcher(STRING.matcher(expression).replaceAll("")).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Everything that is exposed or recorded somewhere. */
    static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>();
        known.addAll(lines(Chart.projectFile("src/test/resources/deployment/metrics.txt"), "^([a-zA-Z_:][\\w:]*)$"));
        known.addAll(lines(Chart.file("files/prometheus/defender.rules.yaml"), "^ +- record: (\\S+)$"));
        known.addAll(lines(Chart.file("files/examples/cassandra-jmx-exporter.yaml"), "^ +name: (\\S+)$"));
        Path documented = Chart.projectFile("docs/metrics.md");
        if (Files.exists(documented)) {
            known.addAll(lines(documented, "`((?:defender|election)_[a-z0-9_]+)"));
        }
        for (String meter : meters()) {
            SUFFIXES.forEach(suffix -> known.add(meter + suffix));
        }
        return known;
    }

    private static Set<String> meters() throws IOException {
        try (Stream<Path> files = Files.walk(Chart.projectFile("src/main/java"))) {
            Set<String> meters = new TreeSet<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                METER.matcher(Files.readString(file))
                        .results()
                        .forEach(name -> meters.add(name.group(1).replace('.', '_')));
            }
            return meters;
        }
    }

    private static Set<String> lines(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
