package io.tfdc.strategy;

import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.util.List;
import java.util.Locale;

/** Reads the terms of a comparison. */
final class TermParser {
    private static final int MAX_DEPTH = 8;
    private static final List<String> KINDS = List.of("u", "limit", "const", "delta", "ratio", "abs");
    private static final List<String> LINES = List.of("center", "sigma", "lcl", "ucl", "lsl", "usl", "target");

    private final YamlProblems problems;
    private final SelectorCheck selectors;

    TermParser(YamlProblems problems, SelectorCheck selectors) {
        this.problems = problems;
        this.selectors = selectors;
    }

    Term parse(YamlNode node) {
        return problems.collect(() -> term(node, 0), new Term.Number(Double.NaN));
    }

    private Term term(YamlNode node, int depth) {
        if (depth > MAX_DEPTH) {
            throw DocumentParser.refuse(node, "terms are nested deeper than " + MAX_DEPTH);
        }
        if (!(node instanceof YamlMapping mapping)) {
            return new Term.Number(node.asDouble(-Double.MAX_VALUE, Double.MAX_VALUE));
        }
        List<String> found =
                mapping.entries().keySet().stream().filter(KINDS::contains).toList();
        if (found.size() != 1) {
            throw node.expected("a number or one of " + String.join(", ", KINDS));
        }
        MappingReader reader = new MappingReader(mapping, problems);
        String kind = found.get(0);
        YamlNode value = mapping.entries().getOrDefault(kind, node);
        reader.optional(kind);
        Term term = switch (kind) {
            case "u" -> new Term.Value(selectors.chart(value), reader.integer("lag", 0, 0, RuleParser.MAX_RUNS));
            case "limit" -> limit(value);
            case "const" -> new Term.Number(value.asDouble(-Double.MAX_VALUE, Double.MAX_VALUE));
            case "abs" -> new Term.Absolute(term(value, depth + 1));
            case "delta" -> new Term.Delta(pair(value, 0, depth), pair(value, 1, depth));
            default -> new Term.Ratio(pair(value, 0, depth), pair(value, 1, depth));
        };
        reader.finish();
        return term;
    }

    private Term pair(YamlNode node, int index, int depth) {
        List<YamlNode> items = node.asSequence().items();
        if (items.size() != 2) {
            throw DocumentParser.refuse(node, "expected a list of two terms, found " + items.size());
        }
        return term(items.get(index), depth + 1);
    }

    private Term limit(YamlNode node) {
        List<YamlNode> items = node.asSequence().items();
        if (items.size() != 2) {
            throw DocumentParser.refuse(node, "expected [indicator, line], found " + items.size() + " items");
        }
        String line = MappingReader.choice(items.get(1), LINES);
        return new Term.Limit(selectors.chart(items.get(0)), Term.Line.valueOf(line.toUpperCase(Locale.ROOT)));
    }
}
