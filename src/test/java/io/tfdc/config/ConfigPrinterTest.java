package io.tfdc.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPrinterTest {
    @Test
    void the_yaml_reads_back_as_the_same_configuration(@TempDir Path directory) throws IOException {
        EffectiveConfig effective = ConfigLoader.load(
                Optional.empty(),
                Map.of("NATS_SERVERS", "nats://a:1,nats://b:2", "POD_NAME", "true", "POD_UID", "0123"),
                List.of(
                        "pod.namespace=a: \"b\" # \\c",
                        "processing.timeout=1500ms",
                        "processing.cacheSize=1500kB",
                        "processing.strategies=a b.yaml,/c/d",
                        "processing.retryDelays=90s",
                        "logging.level=trace"));
        Path file = Files.writeString(directory.resolve("out.yaml"), ConfigPrinter.yaml(effective));
        assertEquals(
                effective.config(),
                ConfigLoader.load(Optional.of(file), Map.of(), List.of()).config());
    }

    @Test
    void every_line_says_where_the_value_came_from() {
        String yaml = ConfigPrinter.yaml(ConfigLoader.load(
                Optional.empty(),
                Map.of("LOG_LEVEL", "warn", "DEFENDER_NATS_TOKEN", "s", "SUBSCRIPTION_BACKOFF_SECONDS", "2"),
                List.of("http.port=1")));
        assertAll(
                () -> assertTrue(yaml.matches("(?s).*\n  level: warn +# environment LOG_LEVEL\n.*"), yaml),
                () -> assertTrue(yaml.matches("(?s).*\n  port: 1 +# flag --set http.port\n.*"), yaml),
                () -> assertTrue(
                        yaml.matches("(?s).*\n  token: \"\\*\\*\\*\" +# environment DEFENDER_NATS_TOKEN\n.*"), yaml),
                () -> assertTrue(yaml.matches("(?s).*\n  stream: dc-notifications +# default\n.*"), yaml),
                () -> assertTrue(yaml.endsWith(
                        "# SUBSCRIPTION_BACKOFF_SECONDS is set and has no effect: a refused consumer is tried again"
                                + " after 50 to 400 ms\n")));
    }

    @Test
    void the_json_has_typed_values_and_origins() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(ConfigPrinter.json(
                        ConfigLoader.load(Optional.empty(), Map.of("LOG_LEVEL", "warn"), List.of())));
        assertAll(
                () -> assertEquals(9090, json.at("/config/http/port").intValue()),
                () -> assertTrue(json.at("/config/nats/servers").isArray()),
                () -> assertTrue(json.at("/config/nats/token").isNull()),
                () -> assertEquals(
                        "100MiB", json.at("/config/processing/cacheSize").asText()),
                () -> assertEquals(
                        "environment LOG_LEVEL",
                        json.get("origins").get("logging.level").asText()));
    }
}
