package io.tfdc.testing;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The page of metrics, docs/metrics.md, and the tables that belong there. */
public final class MetricsPage {
    private static final Path PAGE = Path.of(System.getProperty("project.basedir", "."), "docs", "metrics.md");

    private MetricsPage() {}

    /** The page's table under a heading. */
    public static String table(String heading) throws IOException {
        String page = Files.readString(PAGE);
        String marker = "\n## " + heading + "\n";
        int start = page.indexOf(marker);
        if (start < 0) {
            return "no heading " + heading;
        }
        int end = page.indexOf("\n## ", start + marker.length());
        String section = page.substring(start + marker.length(), end < 0 ? page.length() : end);
        return section.lines().filter(line -> line.startsWith("|")).collect(Collectors.joining("\n", "", "\n"));
    }

    /** The table that a registry's meters ask for, in the order of their names as Prometheus shows them. */
    public static String tableOf(MeterRegistry registry) {
        Map<String, String> rows = new TreeMap<>();
        Map<String, TreeSet<String>> labels = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().endsWith(".histogram")) {
                continue; // how a plain registry keeps the buckets of the timer of that name
            }
            String name = name(meter);
            meter.getId().getTags().stream()
                    .map(Tag::getKey)
                    .forEach(key -> labels.computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(key));
            rows.put(name, type(meter) + " | " + String.valueOf(meter.getId().getDescription()));
        }
        StringBuilder table = new StringBuilder("| metric | labels | type | meaning |\n|---|---|---|---|\n");
        rows.forEach((name, row) -> table.append("| `")
                .append(name)
                .append("` | ")
                .append(String.join(", ", labels.getOrDefault(name, new TreeSet<>())))
                .append(" | ")
                .append(row)
                .append(" |\n"));
        return table.toString();
    }

    private static String name(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default -> "seconds".equals(meter.getId().getBaseUnit()) ? name + "_seconds" : name;
        };
    }

    private static String type(Meter meter) {
        return switch (meter.getId().getType()) {
            case TIMER -> "histogram";
            case DISTRIBUTION_SUMMARY -> "summary";
            default -> meter.getId().getType().name().toLowerCase(Locale.ROOT);
        };
    }
}
