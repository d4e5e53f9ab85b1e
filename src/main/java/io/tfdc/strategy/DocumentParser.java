package io.tfdc.strategy;

import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlException;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblem;
import io.tfdc.yaml.YamlProblems;
import io.tfdc.yaml.YamlReader;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a strategy document and reports everything that is wrong with it. */
final class DocumentParser {
    static final String API_VERSION = "fdc/v1";
    private static final int MAX_OVERRIDES = 1000;
    private static final int MAX_SUPPRESSIONS = 200;
    private static final List<String> MODES = List.of("active", "dry-run", "off");
    private static final List<String> DEFAULT_PARTITION =
            List.of("tool", "chamber", "recipe", "recipeVersion", "step", "svid", "indicator");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final YamlProblems problems = new YamlProblems();

    private DocumentParser() {}

    /** @throws YamlException with all problems */
    static StrategyDocument parse(StrategySource source) {
        YamlNode root = YamlReader.read(source.name(), source.yaml());
        DocumentParser parser = new DocumentParser();
        StrategyDocument document = parser.document(root);
        parser.problems.throwIfAny();
        return document;
    }

    private StrategyDocument document(YamlNode root) {
        MappingReader reader = new MappingReader(root, problems);
        reader.require("apiVersion", API_VERSION, node -> MappingReader.choice(node, List.of(API_VERSION)));
        String id = reader.require("strategy", "", DocumentParser::name);
        int version = reader.require("version", 1, node -> node.asInt(1, Integer.MAX_VALUE));
        StrategyMode mode = StrategyMode.parse(reader.choice("mode", "active", MODES));
        String description = reader.read("description", "", node -> text(node, 2000));
        String owner = reader.read("owner", "", node -> text(node, 256));
        reader.read("approvedBy", "", node -> text(node, 256));
        int priority = reader.integer("priority", 0, -1000, 1000);
        Instant from = reader.read("effectiveFrom", Instant.MIN, DocumentParser::instant);
        ContextMatch match = MatchParser.parse(reader.optional("match"), false, problems);
        YamlMapping chart = reader.read("chart", new YamlMapping(root.at(), Map.of(), Map.of()), YamlNode::asMapping);
        new ChartParser(problems).parse(chart);
        List<IndicatorEntry> indicators =
                new IndicatorParser(problems).parse(list(reader.required("indicators"), root), root);
        List<RuleSpec> rules = new RuleParser(problems, new SelectorCheck(indicators, problems))
                .parse(list(reader.optional("rules"), root), root);
        List<OverrideSpec> overrides = overrides(list(reader.optional("overrides"), root), root, chart, rules);
        List<SuppressSpec> suppress = suppressions(list(reader.optional("suppress"), root), root, rules);
        List<String> partition = partition(new MappingReader(chart, new YamlProblems()));
        reader.finish();
        return new StrategyDocument(
                id,
                version,
                mode,
                description,
                owner,
                priority,
                from,
                match,
                partition,
                chart,
                indicators,
                rules,
                overrides,
                suppress,
                root.at());
    }

    private List<YamlNode> list(@Nullable YamlNode node, YamlNode root) {
        return node == null
                ? List.of()
                : problems.collect(() -> node.asSequence().items(), List.<YamlNode>of());
    }

    private static List<String> partition(MappingReader chart) {
        List<String> partition = chart.texts("partitionBy");
        return partition.isEmpty() ? DEFAULT_PARTITION : partition;
    }

    private List<OverrideSpec> overrides(List<YamlNode> items, YamlNode root, YamlMapping chart, List<RuleSpec> rules) {
        if (items.size() > MAX_OVERRIDES) {
            problems.add(root.at(), "expected at most " + MAX_OVERRIDES + " overrides, found " + items.size());
            return List.of();
        }
        OverrideParser parser = new OverrideParser(problems, chart, rules);
        List<OverrideSpec> overrides = new ArrayList<>();
        for (YamlNode item : items) {
            overrides.add(parser.parse(item));
        }
        parser.checkTies(overrides);
        return overrides;
    }

    private List<SuppressSpec> suppressions(List<YamlNode> items, YamlNode root, List<RuleSpec> rules) {
        if (items.size() > MAX_SUPPRESSIONS) {
            problems.add(root.at(), "expected at most " + MAX_SUPPRESSIONS + " suppressions, found " + items.size());
        }
        Map<String, SuppressSpec.Effect> effects = new LinkedHashMap<>();
        effects.put("log-only", SuppressSpec.Effect.LOG_ONLY);
        effects.put("ignore", SuppressSpec.Effect.IGNORE);
        effects.put("exclude", SuppressSpec.Effect.EXCLUDE);
        List<SuppressSpec> suppressions = new ArrayList<>();
        for (YamlNode item : items) {
            MappingReader reader = new MappingReader(item, problems);
            ContextMatch when = MatchParser.parse(reader.required("when"), false, problems);
            YamlNode ruleNames = reader.optional("rules");
            List<Glob> globs = ruleNames == null ? List.of(Glob.ANY) : MatchParser.globs(ruleNames, problems);
            for (Glob glob : globs) {
                if (rules.stream().noneMatch(rule -> glob.matches(rule.id())) && !glob.isAny()) {
                    reader.problem("rules", "no rule is called \"" + glob + '"');
                }
            }
            String effect = reader.choice("effect", "log-only", effects.keySet());
            reader.finish();
            suppressions.add(new SuppressSpec(when, globs, effects.getOrDefault(effect, SuppressSpec.Effect.LOG_ONLY)));
        }
        return suppressions;
    }

    /** An identifier of letters, digits, {@code _} and {@code -}. */
    static String name(YamlNode node) {
        String text = node.asText();
        if (!NAME.matcher(text).matches()) {
            throw node.expected("1 to 64 of A-Z a-z 0-9 _ -");
        }
        return text;
    }

    static String text(YamlNode node, int maxLength) {
        String text = node.asText();
        if (text.length() > maxLength) {
            throw node.expected("at most " + maxLength + " characters");
        }
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static Instant instant(YamlNode node) {
        String text = node.asText();
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw node.expected("a time with zone such as 2026-01-31T08:00:00Z");
        }
    }

    static YamlException refuse(YamlNode node, String message) {
        return new YamlException(List.of(new YamlProblem(node.at(), message)));
    }
}
