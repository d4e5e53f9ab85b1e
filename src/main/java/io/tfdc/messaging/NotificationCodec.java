package io.tfdc.messaging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Completion notifications as JSON: {@code toolId}, {@code chamberId}, {@code contextId}, {@code tChartKey}
 * ({@code tool:chamber:context}, in agreement with the three), {@code timestamp} (RFC 3339, 1970 to 2261) and, where the collector
 * sends them, {@code attributes} (texts by name). Unknown fields are ignored.
 */
public final class NotificationCodec {
    /** Largest notification that is read. */
    public static final int MAX_BYTES = 64 << 10;

    private static final int MAX_NESTING = 16;
    private static final int MAX_ATTRIBUTES = 64;
    private static final Instant END = Instant.parse("2262-01-01T00:00:00Z");
    private static final String ATTRIBUTES = "attributes";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(256)
                    .maxNumberLength(100)
                    .build())
            .build();

    private NotificationCodec() {}

    /**
     * Reads a notification.
     *
     * @throws NotificationException naming the field that is missing, of the wrong kind or inconsistent
     */
    public static CompletionNotification decode(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new NotificationException("", "expected at most " + MAX_BYTES + " bytes, found " + json.length);
        }
        Map<String, String> fields = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            read(parser, fields, attributes);
        } catch (IOException e) {
            throw new NotificationException("", "not JSON: " + firstLine(e));
        }
        RunId run = run(fields);
        Instant timestamp = timestamp(required(fields, "timestamp"));
        try {
            return new CompletionNotification(run, timestamp, attributes);
        } catch (IllegalArgumentException e) {
            throw new NotificationException(ATTRIBUTES, firstLine(e));
        }
    }

    /**
     * Writes a notification; attributes in the order of their names, so that equal notifications are equal bytes.
     *
     * @throws NotificationException if it takes more than {@link #MAX_BYTES}
     */
    public static byte[] encode(CompletionNotification notification) {
        RunId run = notification.run();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("toolId", run.chamber().tool());
            json.writeStringField("chamberId", run.chamber().chamber());
            json.writeStringField("contextId", run.context());
            json.writeStringField("tChartKey", run.toString());
            json.writeStringField("timestamp", notification.timestamp().toString());
            if (!notification.attributes().isEmpty()) {
                json.writeObjectFieldStart(ATTRIBUTES);
                for (Map.Entry<String, String> attribute : new TreeMap<>(notification.attributes()).entrySet()) {
                    json.writeStringField(attribute.getKey(), attribute.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > MAX_BYTES) {
            throw new NotificationException("", "expected at most " + MAX_BYTES + " bytes, found " + bytes.size());
        }
        return bytes.toByteArray();
    }

    private static void read(JsonParser parser, Map<String, String> fields, Map<String, String> attributes)
            throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new NotificationException("", "expected a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "toolId", "chamberId", "contextId", "tChartKey", "timestamp" ->
                    fields.put(name, text(parser, name));
                case ATTRIBUTES -> readAttributes(parser, value, attributes);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new NotificationException("", "expected nothing behind the JSON object");
        }
    }

    private static void readAttributes(JsonParser parser, JsonToken value, Map<String, String> attributes)
            throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            throw new NotificationException(ATTRIBUTES, "expected an object of texts");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            attributes.put(name, text(parser, ATTRIBUTES + '.' + name));
            if (attributes.size() > MAX_ATTRIBUTES) {
                throw new NotificationException(ATTRIBUTES, "expected at most " + MAX_ATTRIBUTES + " entries");
            }
        }
    }

    private static String text(JsonParser parser, String field) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new NotificationException(shortened(field), "expected a text");
        }
        return parser.getText();
    }

    private static RunId run(Map<String, String> fields) {
        String tool = required(fields, "toolId");
        String chamber = required(fields, "chamberId");
        String context = required(fields, "contextId");
        String key = required(fields, "tChartKey");
        check("toolId", () -> new ChamberId(tool, "x"));
        check("chamberId", () -> new ChamberId("x", chamber));
        ChamberId id = new ChamberId(tool, chamber);
        check("contextId", () -> new RunId(id, context));
        RunId run = new RunId(id, context);
        if (!run.toString().equals(key)) {
            throw new NotificationException(
                    "tChartKey", "expected \"" + run + "\" after the other fields, found \"" + shortened(key) + '"');
        }
        return run;
    }

    private static void check(String field, Runnable construction) {
        try {
            construction.run();
        } catch (IllegalArgumentException e) {
            throw new NotificationException(field, firstLine(e));
        }
    }

    private static Instant timestamp(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new NotificationException(
                    "timestamp", "expected RFC 3339 with an offset, found \"" + shortened(text) + '"');
        }
        throw new NotificationException("timestamp", "expected 1970 to 2261, found \"" + shortened(text) + '"');
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new NotificationException(name, "missing");
        }
        return value;
    }

    private static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        return shortened(message.lines().findFirst().orElse(""));
    }

    private static String shortened(String text) {
        String shown = text.length() > 120 ? text.substring(0, 120) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
