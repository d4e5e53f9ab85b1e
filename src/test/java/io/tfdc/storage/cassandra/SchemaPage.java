package io.tfdc.storage.cassandra;

import io.tfdc.storage.cassandra.Statements.Query;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of docs/cassandra-schema.md that follows from the schema's steps and the store's statements. */
final class SchemaPage {
    private static final Pattern TABLE =
            Pattern.compile("(?s)CREATE TABLE IF NOT EXISTS \\w+\\.(\\w+) \\((.*)\\n\\)(.*)");
    private static final Pattern KEY = Pattern.compile("PRIMARY KEY \\((?:\\(([^)]*)\\)|(\\w+))(?:, ([^)]*))?\\)");
    private static final Pattern ORDER = Pattern.compile("CLUSTERING ORDER BY \\(([^)]*)\\)");
    private static final Pattern TTL = Pattern.compile("default_time_to_live = (\\d+)");
    private static final Pattern WINDOW = Pattern.compile("window_unit': '(\\w+)', 'compaction_window_size': '(\\d+)'");

    private SchemaPage() {}

    /** A table of the tables and the steps' text, with the values of the default configuration. */
    static String markdown(List<Migration> migrations, CassandraOptions options) {
        StringBuilder out = new StringBuilder(
                "| table | partition | rows within, in this order | kept for | compaction | written at | read at |\n"
                        + "|---|---|---|---|---|---|---|\n");
        for (Migration migration : migrations) {
            for (String statement : migration.statements(options)) {
                Matcher table = TABLE.matcher(statement);
                if (table.matches()) {
                    row(table.group(1), table.group(2), table.group(3), out);
                }
            }
        }
        for (Migration migration : migrations) {
            out.append("\nStep %d, %s:\n\n```sql\n".formatted(migration.version(), migration.name()));
            out.append(String.join(";\n\n", migration.statements(options))).append(";\n```\n");
        }
        return out.toString();
    }

    private static void row(String name, String columns, String properties, StringBuilder out) {
        Matcher key = KEY.matcher(columns);
        if (!key.find()) {
            throw new IllegalArgumentException("table " + name + " without a primary key");
        }
        String partition = key.group(1) == null ? key.group(2) : key.group(1);
        out.append("| ")
                .append(String.join(
                        " | ",
                        '`' + name + '`',
                        partition,
                        rows(key.group(3), properties),
                        ttl(properties),
                        compaction(properties),
                        written(name),
                        read(name)))
                .append(" |\n");
    }

    private static String rows(@Nullable String clustering, String properties) {
        Matcher order = ORDER.matcher(properties);
        if (clustering == null) {
            return "one";
        }
        return order.find() ? order.group(1).toLowerCase(Locale.ROOT).replace(" asc", "") : clustering;
    }

    private static String ttl(String properties) {
        Matcher ttl = TTL.matcher(properties);
        return ttl.find() ? Duration.ofSeconds(Long.parseLong(ttl.group(1))).toDays() + " days" : "ever";
    }

    private static String compaction(String properties) {
        Matcher window = WINDOW.matcher(properties);
        return window.find()
                ? "by time, " + window.group(2) + ' ' + window.group(1).toLowerCase(Locale.ROOT)
                : "the server's default";
    }

    private static String written(String table) {
        Set<String> how = new TreeSet<>();
        for (Query query : Query.values()) {
            if (query.cql.contains("INTO KS." + table + ' ')) {
                how.add(query.cql.contains("IF NOT EXISTS") ? "consistency, if not there" : "consistency");
            }
        }
        return String.join("; ", how);
    }

    private static String read(String table) {
        Set<String> how = new TreeSet<>();
        for (Query query : Query.values()) {
            if (query.cql.matches("(?s).*FROM KS\\." + table + "\\b.*")) {
                how.add(
                        switch (query.profile) {
                            case CassandraSession.HISTORY -> "historyConsistency";
                            case CassandraSession.POINT_READ -> "consistency";
                            default -> query.profile;
                        });
            }
        }
        return String.join("; ", how);
    }
}
