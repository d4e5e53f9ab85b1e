package io.tfdc.config;

import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlSequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How values of one Java type are read, written and called.
 *
 * @param name for the reference table
 * @param shape plain, optional or list
 * @param secret whether values must be masked
 * @param reader reads one value, an item of a list
 */
record ValueType(String name, Shape shape, boolean secret, Function<YamlNode, Object> reader) {
    enum Shape {
        PLAIN,
        OPTIONAL,
        LIST
    }

    static ValueType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            ValueType item = of(generic.getActualTypeArguments()[0]);
            Shape shape = generic.getRawType() == List.class ? Shape.LIST : Shape.OPTIONAL;
            String name = shape == Shape.LIST ? "list of " + item.name + "s" : item.name;
            return new ValueType(name, shape, item.secret, item.reader);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Double.class) {
            return of(double.class);
        }
        if (plain == String.class) {
            return plain("text", YamlNode::asText);
        } else if (plain == int.class) {
            return plain("number", YamlNode::asInt);
        } else if (plain == double.class) {
            return plain("decimal number", YamlNode::asDouble);
        } else if (plain == boolean.class) {
            return plain("true/false", YamlNode::asBoolean);
        } else if (plain == Duration.class) {
            return plain("duration", YamlNode::asDuration);
        } else if (plain == DataSize.class) {
            return plain("data size", ValueType::dataSize);
        } else if (plain == Path.class) {
            return plain("path", node -> Path.of(node.asText()));
        } else if (plain == Secret.class) {
            return new ValueType("secret", Shape.PLAIN, true, node -> new Secret(node.asText()));
        } else if (plain.isEnum()) {
            List<String> words = Arrays.stream(plain.getEnumConstants())
                    .map(ValueType::format)
                    .toList();
            return plain(String.join(", ", words), node -> choice(node, plain.getEnumConstants(), words));
        }
        throw new IllegalArgumentException("no notation for settings of type " + plain.getName());
    }

    private static ValueType plain(String name, Function<YamlNode, Object> reader) {
        return new ValueType(name, Shape.PLAIN, false, reader);
    }

    private static Object dataSize(YamlNode node) {
        return DataSize.parse(node.asText()).orElseThrow(() -> node.expected("a data size such as 100MiB or 64kB"));
    }

    private static Object choice(YamlNode node, Object[] constants, List<String> words) {
        Optional<String> known = words.stream()
                .filter(node.asText().replace('-', '_')::equalsIgnoreCase)
                .findFirst();
        return constants[words.indexOf(known.orElseGet(() -> MappingReader.choice(node, words)))];
    }

    /**
     * Reads a value as it stands in a file.
     *
     * @throws io.tfdc.yaml.YamlException if it doesn't fit
     */
    Object read(YamlNode node) {
        return switch (shape) {
            case PLAIN -> reader.apply(node);
            case OPTIONAL -> Optional.of(reader.apply(node));
            case LIST ->
                (node instanceof YamlSequence list ? list.items() : List.of(node))
                        .stream().map(reader).toList();
        };
    }

    /** What holds if nothing is set and the default is empty. */
    Object nothing() {
        return shape == Shape.LIST ? List.of() : Optional.empty();
    }

    /** Writes a value so that it reads back as the same. */
    static String format(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ValueType::format).orElse("");
        } else if (value instanceof List<?> list) {
            return list.stream().map(ValueType::format).collect(Collectors.joining(","));
        } else if (value instanceof Duration duration) {
            return duration(duration);
        } else if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return value.toString();
    }

    private static String duration(Duration duration) {
        long nanos = duration.toNanos();
        long[] sizes = {86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L};
        String[] units = {"d", "h", "m", "s", "ms", "us"};
        for (int i = 0; i < sizes.length; i++) {
            if (nanos >= sizes[i] && nanos % sizes[i] == 0) {
                return nanos / sizes[i] + units[i];
            }
        }
        return nanos == 0 ? "0s" : nanos + "ns";
    }
}
