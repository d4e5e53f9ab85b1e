package io.tfdc.storage.cassandra;

import io.tfdc.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema, a resource {@code schema/cassandra/V001__name.cql}: statements that end with {@code ;} at the end of a
 * line, comments that start a line with {@code --}, and values from the configuration as <code>${name}</code>.
 *
 * @param version 1 and counting
 * @param name what it is about
 * @param text the resource
 */
record Migration(int version, String name, String text) {
    /** All steps in order; a step that has been released is never changed, a new one is added. */
    private static final List<String> RESOURCES = List.of("V001__charts.cql", "V002__work.cql", "V003__audit.cql");

    private static final Pattern FILE = Pattern.compile("V(\\d{3})__(\\w+)\\.cql");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Duration FASTEST_WINDOW = Duration.ofMinutes(1);

    static List<Migration> all() {
        List<Migration> migrations = new ArrayList<>();
        for (String resource : RESOURCES) {
            Matcher file = FILE.matcher(resource);
            if (!file.matches() || Integer.parseInt(file.group(1)) != migrations.size() + 1) {
                throw new IllegalStateException("schema step out of order: " + resource);
            }
            migrations.add(new Migration(migrations.size() + 1, file.group(2), read(resource)));
        }
        return migrations;
    }

    private static String read(String resource) {
        try (InputStream stream = Migration.class.getResourceAsStream("/schema/cassandra/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException("schema step is missing: " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("schema step can't be read: " + resource, e);
        }
    }

    /** SHA-256 of the text as it is, the same for every configuration. */
    String checksum() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statements with the configuration filled in. */
    List<String> statements(CassandraOptions options) {
        Map<String, String> values = values(options);
        StringBuilder plain = new StringBuilder();
        text.lines()
                .filter(line -> !line.startsWith("--"))
                .forEach(line -> plain.append(line).append('\n'));
        String filled = VARIABLE.matcher(plain).replaceAll(variable -> {
            String value = values.get(variable.group(1));
            if (value == null) {
                throw new StoreException("schema step " + version + ": unknown value " + variable.group(), false);
            }
            return Matcher.quoteReplacement(value);
        });
        List<String> statements = new ArrayList<>();
        for (String statement : filled.split(";\\s*\n", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    /** Compaction windows are a part of the time to live: some 24 for T-charts, some 36 for U-charts. */
    private static Map<String, String> values(CassandraOptions options) {
        Duration tCharts = options.retention().tCharts();
        Duration uCharts = options.retention().uCharts();
        Duration tWindow = tCharts.dividedBy(24);
        return Map.of(
                "keyspace", options.keyspace(),
                "t_chart_ttl", Long.toString(tCharts.toSeconds()),
                "t_chart_gc_grace", Long.toString(Math.min(10_800, tCharts.toSeconds())),
                "t_chart_window",
                        Long.toString((tWindow.compareTo(FASTEST_WINDOW) < 0 ? FASTEST_WINDOW : tWindow).toMinutes()),
                "u_chart_ttl", Long.toString(uCharts.toSeconds()),
                "u_chart_window", Long.toString(Math.max(1, uCharts.toHours() / 36)));
    }
}
