package io.tfdc.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the configuration in force, secrets masked, each value with its origin. */
public final class ConfigPrinter {
    private static final Schema SCHEMA = Schema.of(DefenderConfig.class);

    /** Plain scalars that YAML reads as the same text or number. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/_.][A-Za-z0-9/_.+-]*");

    private static final int ORIGIN_COLUMN = 56;

    private ConfigPrinter() {}

    /** As a configuration file: it reads back as the same configuration, apart from the secrets. */
    public static String yaml(EffectiveConfig effective) {
        StringBuilder out = new StringBuilder();
        yaml(SCHEMA, effective.config(), effective, "", out);
        effective
                .unused()
                .forEach((name, instead) -> out.append("# ")
                        .append(name)
                        .append(" is set and has no effect: ")
                        .append(instead)
                        .append('\n'));
        return out.toString();
    }

    private static void yaml(
            Schema section, Record values, EffectiveConfig effective, String indent, StringBuilder out) {
        for (RecordComponent component : section.type().getRecordComponents()) {
            Object value = get(component, values);
            Schema child = section.sections().get(component.getName());
            if (child != null) {
                out.append(indent).append(component.getName()).append(":\n");
                yaml(child, (Record) value, effective, indent + "  ", out);
            } else {
                String line = indent + component.getName() + ": " + yaml(value);
                String origin = String.valueOf(effective.origins().get(section.path() + component.getName()));
                out.append(line)
                        .append(" ".repeat(Math.max(1, ORIGIN_COLUMN - line.length())))
                        .append("# ")
                        .append(origin.replaceAll("\\p{Cntrl}", "?"))
                        .append('\n');
            }
        }
    }

    private static String yaml(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ConfigPrinter::yaml).orElse("null");
        } else if (value instanceof List<?> list) {
            return list.stream().map(ConfigPrinter::yaml).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof String || value instanceof Path) {
            return quoted(value.toString());
        } else if (value instanceof Secret) {
            return '"' + Secret.MASK + '"';
        }
        return ValueType.format(value);
    }

    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.matches("(?i)true|false|null|~|[-+.0-9].*");
        return plain
                ? text
                : '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** {@code {"config": {...}, "origins": {path: origin}, "unused": [variable]}}. */
    public static String json(EffectiveConfig effective) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeFieldName("config");
            json(SCHEMA, effective.config(), out);
            out.writeObjectFieldStart("origins");
            for (String path : SCHEMA.all().keySet()) {
                out.writeStringField(path, String.valueOf(effective.origins().get(path)));
            }
            out.writeEndObject();
            out.writeArrayFieldStart("unused");
            for (String name : effective.unused().keySet()) {
                out.writeString(name);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void json(Schema section, Record values, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (RecordComponent component : section.type().getRecordComponents()) {
            out.writeFieldName(component.getName());
            Schema child = section.sections().get(component.getName());
            Object value = get(component, values);
            if (child != null) {
                json(child, (Record) value, out);
            } else {
                json(value, out);
            }
        }
        out.writeEndObject();
    }

    private static void json(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Optional<?> optional) {
            if (optional.isPresent()) {
                json(optional.get(), out);
            } else {
                out.writeNull();
            }
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                json(item, out);
            }
            out.writeEndArray();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            out.writeNumber(number);
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else {
            out.writeString(ValueType.format(value));
        }
    }

    private static Object get(RecordComponent component, Record values) {
        try {
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
