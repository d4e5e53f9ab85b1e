package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dashboards are valid, tell what they show, and ask for nothing that isn't there. */
final class DashboardsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(Chart.file("files/dashboards"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void thereIsOneForEachSubject() throws IOException {
        assertEquals(
                List.of(
                        "cassandra.json",
                        "cluster.json",
                        "detection.json",
                        "leader.json",
                        "nats.json",
                        "processing.json"),
                dashboards().map(path -> path.getFileName().toString()).toList());
        long shipped = Variant.PROD.render().all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().contains("-dashboard-"))
                .count();
        assertEquals(6, shipped);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void isAModelThatGrafanaTakes(Path file) throws IOException {
        JsonNode board = MAPPER.readTree(file.toFile());

        assertTrue(board.path("uid").asText().matches("[a-z0-9-]{1,40}"), "uid");
        assertEquals(39, board.path("schemaVersion").asInt());
        assertFalse(board.path("title").asText().isEmpty());
        List<String> variables = board.at("/templating/list").findValuesAsText("name");
        assertTrue(variables.containsAll(List.of("datasource", "namespace", "release")), variables::toString);
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : board.path("panels")) {
            String title = panel.path("title").asText();
            assertTrue(ids.add(panel.path("id").asInt()), title);
            if (!panel.path("type").asText().equals("row")) {
                assertFalse(panel.path("description").asText().isEmpty(), () -> title + " says nothing of itself");
                assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isEmpty(), title);
                assertFalse(panel.path("targets").isEmpty(), title);
                assertEquals("${datasource}", panel.at("/datasource/uid").asText(), title);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsLieSideBySide(Path file) throws IOException {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : MAPPER.readTree(file.toFile()).path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertTrue(
                    at.path("x").asInt() + at.path("w").asInt() <= 24,
                    panel.path("title").asText());
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    String cell =
                            (at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y);
                    assertTrue(taken.add(cell), () -> panel.path("title").asText() + " lies over another panel");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void asksForMetricsThatSomebodyExposes(Path file) throws IOException {
        Set<String> known = MetricNames.known();
        expressions(file)
                .forEach((panel, expressions) -> expressions.forEach(expression -> {
                    Set<String> unknown = new HashSet<>(MetricNames.in(expression));
                    assertFalse(unknown.isEmpty(), () -> "no metric found in " + expression);
                    unknown.removeAll(known);
                    assertEquals(Set.of(), unknown, () -> panel + ": " + expression);
                }));
    }

    /** promtool parses each expression, with Grafana's variables filled in, as if it were a rule. */
    @Test
    @Tag("integration")
    void expressionsAreValid(@TempDir Path folder) throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Path file : dashboards().toList()) {
            expressions(file)
                    .values()
                    .forEach(expressions -> expressions.forEach(expression -> rules.add(Map.of(
                            "record",
                            "panel:" + rules.size(),
                            "expr",
                            expression.replace("$__rate_interval", "5m").replaceAll("\\$\\w+", "x")))));
        }
        assertTrue(rules.size() > 100, "too few: " + rules.size());
        Path written = folder.resolve("panels.json");
        Files.writeString(
                written,
                MAPPER.writeValueAsString(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));

        PrometheusTools.obtain().promtool("check", "rules", written.toString());
    }

    /** Expressions by the panel, annotation or variable that they are of. */
    private static Map<String, List<String>> expressions(Path file) throws IOException {
        JsonNode board = MAPPER.readTree(file.toFile());
        Map<String, List<String>> expressions = new LinkedHashMap<>();
        for (JsonNode panel : board.path("panels")) {
            expressions.put(panel.path("title").asText(), panel.path("targets").findValuesAsText("expr"));
        }
        expressions.put("annotations", board.path("annotations").findValuesAsText("expr"));
        return expressions;
    }
}
