package io.tfdc.storage.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaPageTest {
    private static final Path PAGE = Path.of(System.getProperty("project.basedir", "."), "docs", "cassandra-schema.md");
    private static final String BEGIN =
            "<!-- Made from the schema's steps: SchemaPageTest. Don't edit from here ... -->\n";
    private static final String END = "<!-- ... to here. -->\n";
    private static final CassandraOptions OPTIONS =
            CassandraOptions.of(List.of("localhost:9042"), "datacenter1", "defense_system");

    @Test
    void thePageHasTheTablesOfThisVersion() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, "markers in " + PAGE);
        String wanted = SchemaPage.markdown(Migration.all(), OPTIONS);
        if (Boolean.getBoolean("defender.docs.update")) {
            Files.writeString(PAGE, page.substring(0, begin) + wanted + page.substring(end));
            return;
        }
        assertEquals(
                wanted,
                page.substring(begin, end),
                PAGE + " differs from the schema: run the test with -Ddefender.docs.update=true");
    }

    @Test
    void aTableIsReadFromItsStatement() {
        String page = SchemaPage.markdown(List.of(new Migration(7, "more", """
                -- a remark
                CREATE TABLE IF NOT EXISTS ${keyspace}.u_charts (
                    a text,
                    b timestamp,
                    PRIMARY KEY ((a), b)
                ) WITH CLUSTERING ORDER BY (b DESC)
                  AND default_time_to_live = ${t_chart_ttl};
                """)), OPTIONS);
        String row =
                "| `u_charts` | a | b desc | 3 days | the server's default | consistency | consistency; historyConsistency |";
        assertTrue(page.contains(row), page);
        assertTrue(page.contains("Step 7, more:") && page.contains("default_time_to_live = 259200;"), page);
    }
}
