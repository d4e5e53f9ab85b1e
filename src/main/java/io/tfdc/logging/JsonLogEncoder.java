package io.tfdc.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One JSON object per line: {@code time, level, logger, thread, message}, then the event's key/values in their JSON types
 * (a key that would hide one of those five gets a {@code _} behind it), then {@code error} with {@code type, message, stack}.
 */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final Set<String> RESERVED = Set.of("time", "level", "logger", "thread", "message", "error");
    private static final int MAX_DEPTH = 4;

    /** UTC with milliseconds, always of the same length. */
    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator out = json.createGenerator(line)) {
            write(event, out);
        } catch (IOException e) {
            addError("Log event not written", e);
            return new byte[0];
        }
        line.writeBytes(System.lineSeparator().getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    private static void write(ILoggingEvent event, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("time", TIME.format(event.getInstant()));
        out.writeStringField("level", event.getLevel().toString());
        out.writeStringField("logger", event.getLoggerName());
        out.writeStringField("thread", event.getThreadName());
        out.writeStringField("message", event.getFormattedMessage());
        for (Map.Entry<String, Object> entry : fields(event.getKeyValuePairs()).entrySet()) {
            out.writeFieldName(entry.getKey());
            value(entry.getValue(), out, 0);
        }
        if (event.getThrowableProxy() != null) {
            out.writeObjectFieldStart("error");
            out.writeStringField("type", event.getThrowableProxy().getClassName());
            out.writeStringField("message", event.getThrowableProxy().getMessage());
            out.writeStringField("stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** A key given twice keeps its last value: JSON with equal keys reads differently everywhere. */
    private static Map<String, Object> fields(@Nullable List<KeyValuePair> pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                fields.put(RESERVED.contains(pair.key) ? pair.key + '_' : pair.key, pair.value);
            }
        }
        return fields;
    }

    private static void value(@Nullable Object value, JsonGenerator out, int depth) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            number(((Number) value).doubleValue(), value, out);
        } else if (value instanceof Iterable<?> items && depth < MAX_DEPTH && !(value instanceof java.nio.file.Path)) {
            out.writeStartArray();
            for (Object item : items) {
                value(item, out, depth + 1);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map && depth < MAX_DEPTH) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                value(entry.getValue(), out, depth + 1);
            }
            out.writeEndObject();
        } else {
            out.writeString(String.valueOf(value));
        }
    }

    /** JSON has no infinities and no NaN. */
    private static void number(double number, Object written, JsonGenerator out) throws IOException {
        if (Double.isFinite(number)) {
            out.writeNumber(written.toString());
        } else {
            out.writeString(written.toString());
        }
    }
}
