package io.tfdc.config;

import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlPosition;
import io.tfdc.yaml.YamlScalar;
import io.tfdc.yaml.YamlSequence;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One setting as its record component describes it.
 *
 * @param path section and key, {@code processing.ackWait}
 * @param type notation of its values
 * @param setting description, default, bounds and variables
 */
record Definition(String path, ValueType type, Setting setting) {

    static Definition of(String prefix, RecordComponent component) {
        Setting setting = Objects.requireNonNull(component.getAnnotation(Setting.class), component::toString);
        return new Definition(prefix + component.getName(), ValueType.of(component.getGenericType()), setting);
    }

    String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** {@code DEFENDER_PROCESSING_ACK_WAIT}. */
    String generalVariable() {
        return "DEFENDER_"
                + path.replace('.', '_')
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toUpperCase(Locale.ROOT);
    }

    /** The variables that set it, the preferred first. */
    List<String> variables() {
        return Stream.concat(Arrays.stream(setting.env()), Stream.of(generalVariable()))
                .toList();
    }

    /** The unit that a variable's bare number lacks, empty if the variable uses the file's notation. */
    String unitOf(String variable) {
        return variable.equals(generalVariable()) ? "" : setting.envUnit();
    }

    /** What a variable's text says in the notation of the file. */
    String textOf(String variable, String text) {
        if (!variable.equals(generalVariable())) {
            for (String synonym : setting.envSynonyms()) {
                int equals = synonym.indexOf('=');
                if (synonym.substring(0, equals).equalsIgnoreCase(text)) {
                    return synonym.substring(equals + 1);
                }
            }
        }
        return text;
    }

    Object defaultValue() {
        return setting.byDefault().isEmpty() ? type.nothing() : type.read(node("default", setting.byDefault()));
    }

    /** A value given as one text, where lists are separated by commas. */
    YamlNode node(String source, String text) {
        YamlPosition at = new YamlPosition(source, 1, 1, path);
        if (type.shape() != ValueType.Shape.LIST) {
            return scalar(at, text);
        }
        return new YamlSequence(
                at,
                Arrays.stream(text.split(",", -1))
                        .map(item -> scalar(at, item.strip()))
                        .toList());
    }

    /** Outside of YAML the words for null are words: a password may be one. */
    private static YamlNode scalar(YamlPosition at, String text) {
        YamlScalar plain = new YamlScalar(at, text, true);
        return plain.isNull() && !text.isEmpty() ? new YamlScalar(at, text, false) : plain;
    }

    /** The value, or those items of a list, that break the bounds. */
    List<Object> outOfBounds(Object value) {
        List<?> items = value instanceof Optional<?> optional
                ? optional.stream().toList()
                : value instanceof List<?> list ? list : List.of(value);
        return items.stream()
                .filter(item -> !withinBounds(item))
                .map(Object.class::cast)
                .toList();
    }

    private boolean withinBounds(Object value) {
        return bound(setting.min()).map(min -> compare(value, min) >= 0).orElse(true)
                && bound(setting.max()).map(max -> compare(value, max) <= 0).orElse(true);
    }

    private Optional<Object> bound(String text) {
        YamlNode node = new YamlScalar(new YamlPosition("bound", 1, 1, path), text, true);
        return text.isEmpty() ? Optional.empty() : Optional.of(type.reader().apply(node));
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object value, Object bound) {
        return ((Comparable<Object>) value).compareTo(bound);
    }

    /** The bounds in words, empty if there are none. */
    String bounds() {
        if (setting.min().isEmpty()) {
            return setting.max().isEmpty() ? "" : "at most " + setting.max();
        }
        return setting.max().isEmpty() ? "at least " + setting.min() : setting.min() + " to " + setting.max();
    }
}
