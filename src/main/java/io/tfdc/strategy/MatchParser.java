package io.tfdc.strategy;

import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import io.tfdc.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code match}, {@code when} of a suppression and {@code context}: attribute to pattern or list of patterns. */
final class MatchParser {
    /** Attributes with a fixed name; others stand below {@code attributes}. */
    static final List<String> RUN_ATTRIBUTES = List.of(
            "toolType",
            "tool",
            "chamber",
            "recipe",
            "recipeVersion",
            "product",
            "lot",
            "wafer",
            "slot",
            "waferType",
            "e10State");

    private static final int MAX_PATTERNS = 1000;

    private MatchParser() {}

    /** @param charts whether attributes of charts (svid, step, ...) are allowed */
    static ContextMatch parse(@Nullable YamlNode node, boolean charts, YamlProblems problems) {
        if (node == null) {
            return ContextMatch.EVERYTHING;
        }
        MappingReader reader = new MappingReader(node, problems);
        Map<String, List<Glob>> patterns = new LinkedHashMap<>();
        for (String attribute : RUN_ATTRIBUTES) {
            add(patterns, attribute, reader.optional(attribute), problems);
        }
        if (charts) {
            for (String attribute : ContextMatch.CHART_ATTRIBUTES) {
                add(patterns, attribute, reader.optional(attribute), problems);
            }
        }
        YamlNode others = reader.optional("attributes");
        if (others != null) {
            new MappingReader(others, problems)
                    .entries()
                    .forEach((attribute, pattern) -> add(patterns, attribute, pattern, problems));
        }
        reader.finish();
        return new ContextMatch(patterns);
    }

    private static void add(
            Map<String, List<Glob>> patterns, String attribute, @Nullable YamlNode node, YamlProblems problems) {
        if (node == null) {
            return;
        }
        if (node instanceof YamlMapping) {
            problems.add(node.at(), "expected a pattern or a list of patterns, found " + node.describe());
            return;
        }
        List<Glob> globs = globs(node, problems);
        if (!globs.isEmpty()) {
            patterns.put(attribute, globs);
        }
    }

    /** A pattern or a list of them. */
    static List<Glob> globs(YamlNode node, YamlProblems problems) {
        List<YamlNode> items = node instanceof YamlSequence sequence ? sequence.items() : List.of(node);
        if (items.isEmpty() || items.size() > MAX_PATTERNS) {
            problems.add(node.at(), "expected 1 to " + MAX_PATTERNS + " patterns, found " + items.size());
            return List.of();
        }
        List<Glob> globs = new ArrayList<>();
        for (YamlNode item : items) {
            problems.collect(() -> globs.add(new Glob(pattern(item))), false);
        }
        return globs;
    }

    private static String pattern(YamlNode node) {
        String text = node.asText();
        if (text.isEmpty() || text.length() > 256) {
            throw node.expected("a pattern of 1 to 256 characters");
        }
        return text;
    }
}
