package io.tfdc.leader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A JSON object that is read strictly; every failure is an {@link IllegalArgumentException} that names the field. */
record JsonTree(JsonNode node) {
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_TEXT = 4_096;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(16)
                            .maxStringLength(MAX_TEXT)
                            .maxNameLength(256)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonTree parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("JSON: expected at most " + MAX_BYTES + " bytes, found " + json.length);
        }
        try {
            return of("", MAPPER.readTree(json));
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static JsonTree of(String name, JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(name + ": expected a JSON object");
        }
        return new JsonTree(node);
    }

    private JsonNode field(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    JsonTree child(String name) {
        return of(name, field(name));
    }

    String text(String name) {
        JsonNode value = field(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": expected a text");
        }
        return value.textValue();
    }

    boolean flag(String name) {
        JsonNode value = field(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + ": expected true or false");
        }
        return value.booleanValue();
    }

    long count(String name) {
        JsonNode value = field(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new IllegalArgumentException(name + ": expected a whole number of at least 0");
        }
        return value.longValue();
    }

    int size(String name) {
        long value = count(name);
        if (value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + ": expected at most " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    double number(String name) {
        JsonNode value = field(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + ": expected a number");
        }
        return value.doubleValue();
    }

    StableId id(String name) {
        return StableId.parse(text(name));
    }

    ChamberId chamber(String name) {
        return ChamberId.parse(text(name));
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": expected RFC 3339 in UTC", e);
        }
    }

    <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Enum.valueOf(type, text(name));
    }

    <T> List<T> list(String name, int max, Function<JsonNode, T> reader) {
        JsonNode value = field(name);
        if (!value.isArray() || value.size() > max) {
            throw new IllegalArgumentException(name + ": expected an array of at most " + max);
        }
        List<T> list = new ArrayList<>(value.size());
        value.forEach(element -> list.add(reader.apply(element)));
        return list;
    }

    static String text(JsonNode element) {
        if (!element.isTextual()) {
            throw new IllegalArgumentException("expected an array of texts");
        }
        return element.textValue();
    }
}
