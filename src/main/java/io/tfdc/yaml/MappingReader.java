package io.tfdc.yaml;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping strictly: every key is asked for by name, and {@link #finish} reports those nobody asked for with the
 * closest known one. A key whose value is null counts as missing. Problems go to the collector and reading goes on with the
 * default, so that one pass finds them all. For one thread.
 */
public final class MappingReader {
    private final YamlMapping mapping;
    private final YamlProblems problems;
    private final Set<String> known = new LinkedHashSet<>();

    /** A node that isn't a mapping is reported and read as an empty one. */
    public MappingReader(YamlNode node, YamlProblems problems) {
        this.mapping = problems.collect(node::asMapping, new YamlMapping(node.at(), Map.of(), Map.of()));
        this.problems = problems;
    }

    public YamlPosition at() {
        return mapping.at();
    }

    public YamlPosition at(String key) {
        return mapping.positionOf(key);
    }

    /** Notes a problem with a key's value, or with the mapping if it doesn't have it. */
    public void problem(String key, String message) {
        YamlNode value = mapping.get(key);
        problems.add(value == null ? mapping.at() : value.at(), message);
    }

    public YamlProblems problems() {
        return problems;
    }

    /** Whether the key is there with a value. */
    public boolean has(String key) {
        return optional(key) != null;
    }

    /** The value, or null if missing. */
    public @Nullable YamlNode optional(String key) {
        known.add(key);
        YamlNode value = mapping.get(key);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the key is written with the value null, which some keys tell from a missing one. */
    public boolean isExplicitNull(String key) {
        known.add(key);
        YamlNode value = mapping.get(key);
        return value != null && value.isNull();
    }

    /** The value; a missing one is reported. */
    public @Nullable YamlNode required(String key) {
        YamlNode value = optional(key);
        if (value == null) {
            problems.add(mapping.at(), "expected the key \"" + key + "\", found none");
        }
        return value;
    }

    /** Converts the value, the fallback if it is missing or wrong. */
    public <T> T read(String key, T fallback, Function<YamlNode, T> conversion) {
        YamlNode value = optional(key);
        return value == null ? fallback : problems.collect(() -> conversion.apply(value), fallback);
    }

    /** Converts a required value, the fallback if it is missing (reported) or wrong. */
    public <T> T require(String key, T fallback, Function<YamlNode, T> conversion) {
        YamlNode value = required(key);
        return value == null ? fallback : problems.collect(() -> conversion.apply(value), fallback);
    }

    public String text(String key, String fallback) {
        return read(key, fallback, YamlNode::asText);
    }

    public boolean bool(String key, boolean fallback) {
        return read(key, fallback, YamlNode::asBoolean);
    }

    public int integer(String key, int fallback, int min, int max) {
        return read(key, fallback, node -> node.asInt(min, max));
    }

    public double number(String key, double fallback, double min, double max) {
        return read(key, fallback, node -> node.asDouble(min, max));
    }

    public Duration duration(String key, Duration fallback) {
        return read(key, fallback, YamlNode::asDuration);
    }

    /** One of the given words. */
    public String choice(String key, String fallback, Collection<String> choices) {
        return read(key, fallback, node -> choice(node, choices));
    }

    /** One of the given words, with a hint for a mistyped one. */
    public static String choice(YamlNode node, Collection<String> choices) {
        String text = node.asText();
        if (choices.contains(text)) {
            return text;
        }
        throw new YamlException(
                node.at(),
                "expected one of " + String.join(", ", choices) + ", found \"" + text + '"'
                        + Spelling.hint(text, choices));
    }

    /** The items of a list; a single value counts as a list of one, a missing one as none. */
    public List<YamlNode> items(String key) {
        YamlNode value = optional(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof YamlSequence sequence ? sequence.items() : List.of(value);
    }

    /** Texts of a list or a single text. */
    public List<String> texts(String key) {
        return items(key).stream()
                .map(item -> problems.collect(item::asText, ""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** A nested mapping; an empty one if missing. */
    public MappingReader mapping(String key) {
        YamlNode value = optional(key);
        return new MappingReader(value == null ? new YamlMapping(mapping.at(), Map.of(), Map.of()) : value, problems);
    }

    /** All entries of a mapping whose keys are free; they all count as known. */
    public Map<String, YamlNode> entries() {
        known.addAll(mapping.entries().keySet());
        return new LinkedHashMap<>(mapping.entries());
    }

    /** Reports every key that nobody asked for. */
    public void finish() {
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                String hint = Spelling.hint(key, known);
                String message = "unknown key \"" + key + '"' + hint;
                if (hint.isEmpty() && !known.isEmpty()) {
                    message += ", expected " + String.join(", ", known);
                }
                problems.add(mapping.positionOf(key), message);
            }
        }
    }
}
