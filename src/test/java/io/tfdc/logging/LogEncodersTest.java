package io.tfdc.logging;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogEncodersTest {
    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.089Z");

    @Test
    void json_keeps_the_types_of_key_values() throws IOException {
        JsonNode line = json(event(
                "Chart stored",
                null,
                new KeyValuePair("chamber", "t1:c2"),
                new KeyValuePair("points", 1200),
                new KeyValuePair("seconds", 0.25),
                new KeyValuePair("cached", true),
                new KeyValuePair("missing", null),
                new KeyValuePair("steps", List.of(1, 2)),
                new KeyValuePair("labels", Map.of("a", 1)),
                new KeyValuePair("ratio", Double.NaN)));
        assertAll(
                () -> assertEquals("2026-03-04T05:06:07.089Z", line.get("time").asText()),
                () -> assertEquals("INFO", line.get("level").asText()),
                () -> assertEquals("io.tfdc.a.Thing", line.get("logger").asText()),
                () -> assertEquals("Chart stored", line.get("message").asText()),
                () -> assertEquals("t1:c2", line.get("chamber").asText()),
                () -> assertTrue(line.get("points").isInt()),
                () -> assertTrue(line.get("seconds").isDouble()),
                () -> assertTrue(line.get("cached").isBoolean()),
                () -> assertTrue(line.get("missing").isNull()),
                () -> assertEquals("[1,2]", line.get("steps").toString()),
                () -> assertEquals("{\"a\":1}", line.get("labels").toString()),
                () -> assertEquals("NaN", line.get("ratio").asText()));
    }

    @Test
    void json_fields_hide_nothing_and_come_once() throws IOException {
        JsonNode line = json(
                event("m", null, new KeyValuePair("level", 7), new KeyValuePair("a", 1), new KeyValuePair("a", 2)));
        assertAll(
                () -> assertEquals("INFO", line.get("level").asText()),
                () -> assertEquals(7, line.get("level_").asInt()),
                () -> assertEquals(2, line.get("a").asInt()));
    }

    @Test
    void json_describes_the_error() throws IOException {
        JsonNode error =
                json(event("failed", new IllegalStateException("gone"))).get("error");
        assertAll(
                () -> assertEquals(
                        "java.lang.IllegalStateException", error.get("type").asText()),
                () -> assertEquals("gone", error.get("message").asText()),
                () -> assertTrue(error.get("stack").asText().contains("LogEncodersTest")));
    }

    @Test
    void a_json_event_is_one_line() {
        String line = new String(new JsonLogEncoder().encode(event("a\nb", null)), StandardCharsets.UTF_8);
        assertEquals(line.length() - 1, line.indexOf('\n'));
    }

    @Test
    void text_shows_key_values_behind_the_message() {
        String line = text(event(
                "Chart stored", null, new KeyValuePair("chamber", "t1:c2"), new KeyValuePair("reason", "too \"hot\"")));
        assertEquals(
                "2026-03-04T05:06:07.089Z INFO  Thing Chart stored chamber=t1:c2 reason=\"too \\\"hot\\\"\"\n", line);
    }

    @Test
    void text_from_outside_can_not_fake_a_line() {
        String line = text(event("evil\nINFO ok", null, new KeyValuePair("k", "\u001b[2J\r")));
        assertEquals("2026-03-04T05:06:07.089Z INFO  Thing evil\\nINFO ok k=\\u001b[2J\\r\n", line);
    }

    @Test
    void colour_is_for_terminals_alone() {
        byte[] coloured = new TextLogEncoder(true).encode(event("m", null));
        assertTrue(new String(coloured, StandardCharsets.UTF_8).contains("\u001b[32mINFO"));
        assertFalse(text(event("m", null)).contains("\u001b"));
    }

    private static String text(LoggingEvent event) {
        return new String(new TextLogEncoder(false).encode(event), StandardCharsets.UTF_8);
    }

    private static JsonNode json(LoggingEvent event) throws IOException {
        return new ObjectMapper().readTree(new JsonLogEncoder().encode(event));
    }

    private static LoggingEvent event(String message, @Nullable Throwable failure, KeyValuePair... pairs) {
        LoggingEvent event = new LoggingEvent(
                "x", new LoggerContext().getLogger("io.tfdc.a.Thing"), Level.INFO, message, failure, null);
        event.setInstant(TIME);
        event.setKeyValuePairs(List.of(pairs));
        return event;
    }
}
