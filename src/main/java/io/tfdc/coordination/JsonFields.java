package io.tfdc.coordination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a JSON object of a bucket field by field. Fields that nobody asks for are ignored, so that a newer build may add some; what is asked
 * for has to be there, of its type and within its bounds.
 */
final class JsonFields {
    private static final int SHOWN = 40;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(4_096)
                    .maxNameLength(256)
                    .maxNumberLength(32)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String record;
    private final JsonNode node;

    private JsonFields(String record, JsonNode node) {
        this.record = record;
        this.node = node;
    }

    static JsonFactory factory() {
        return FACTORY;
    }

    /** Opens a record of at most so many bytes. */
    static JsonFields open(String record, byte[] json, int maxBytes) {
        if (json.length > maxBytes) {
            throw new RecordFormatException(record + ": expected at most " + maxBytes + " bytes, found " + json.length);
        }
        JsonNode node;
        try {
            node = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new RecordFormatException(record + ": no JSON at byte "
                    + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset()));
        } catch (IOException e) {
            throw new RecordFormatException(record + ": no JSON");
        }
        if (node == null || !node.isObject()) {
            throw new RecordFormatException(record + ": expected an object");
        }
        return new JsonFields(record, node);
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    /** A whole number of at least 0. */
    long count(String field) {
        JsonNode value = required(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(field, "a whole number of at least 0", value);
        }
        return value.longValue();
    }

    int smallCount(String field) {
        long value = count(field);
        if (value > Integer.MAX_VALUE) {
            throw wrong(field, "at most " + Integer.MAX_VALUE, required(field));
        }
        return (int) value;
    }

    boolean flag(String field) {
        JsonNode value = required(field);
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
        }
        return value.booleanValue();
    }

    String text(String field, int maxLength) {
        JsonNode value = required(field);
        if (!value.isTextual() || value.textValue().length() > maxLength) {
            throw wrong(field, "text of at most " + maxLength + " characters", value);
        }
        return value.textValue();
    }

    Instant instant(String field) {
        try {
            return Instant.parse(text(field, 64));
        } catch (DateTimeException e) {
            throw wrong(field, "a time like 2026-01-31T12:00:00Z", required(field));
        }
    }

    StableId id(String field) {
        return parsed(field, required(field), StableId::parse);
    }

    /** An id that may have been read before. */
    StableId id(String field, Map<String, StableId> known) {
        JsonNode value = required(field);
        StableId id = known.get(value.asText());
        if (id == null || !value.isTextual()) {
            id = id(field);
            known.put(value.textValue(), id);
        }
        return id;
    }

    <E extends Enum<E>> E constant(String field, Class<E> type, Function<String, String> name) {
        String text = text(field, 64);
        try {
            return Enum.valueOf(type, name.apply(text));
        } catch (IllegalArgumentException e) {
            throw wrong(field, "one of " + List.of(type.getEnumConstants()), required(field));
        }
    }

    /** An array of texts, each read by the parser. */
    <T> List<T> list(String field, Function<String, T> parser) {
        JsonNode array = required(field);
        if (!array.isArray()) {
            throw wrong(field, "an array", array);
        }
        List<T> values = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            values.add(parsed(field, element, parser));
        }
        return values;
    }

    /** Reads the members of an object one by one. */
    void each(String field, MemberReader reader) {
        JsonFields members = object(field);
        Iterator<String> names = members.node.fieldNames();
        while (names.hasNext()) {
            reader.read(names.next(), members);
        }
    }

    /** Takes a member of an object by its name. */
    interface MemberReader {
        void read(String name, JsonFields members);
    }

    /** The fields of an object. */
    JsonFields object(String field) {
        JsonNode value = required(field);
        if (!value.isObject()) {
            throw wrong(field, "an object", value);
        }
        return new JsonFields(record + ": " + shown(field), value);
    }

    /** A name that has to be something else, too. */
    <T> T key(String name, Function<String, T> parser) {
        try {
            return parser.apply(name);
        } catch (IllegalArgumentException e) {
            throw new RecordFormatException(record + ": " + shown(name) + ": " + e.getMessage());
        }
    }

    private <T> T parsed(String field, JsonNode value, Function<String, T> parser) {
        if (!value.isTextual()) {
            throw wrong(field, "text", value);
        }
        try {
            return parser.apply(value.textValue());
        } catch (IllegalArgumentException e) {
            throw new RecordFormatException(
                    record + ": " + shown(field) + ": " + shown(value.textValue()) + " is not what it should be");
        }
    }

    private JsonNode required(String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new RecordFormatException(record + ": " + shown(field) + " is missing");
        }
        return value;
    }

    private RecordFormatException wrong(String field, String expected, JsonNode found) {
        return new RecordFormatException(
                record + ": " + shown(field) + ": expected " + expected + ", found " + shown(found.toString()));
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
