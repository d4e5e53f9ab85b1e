package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.spc.IndicatorSpec;
import io.tfdc.spc.SpcFormatException;
import io.tfdc.spc.Trim;
import io.tfdc.spc.WindowSpec;
import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import io.tfdc.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the {@code indicators} of a strategy. */
final class IndicatorParser {
    static final int MAX_ENTRIES = 2000;
    private static final int MAX_LIST = 1000;

    private final YamlProblems problems;

    IndicatorParser(YamlProblems problems) {
        this.problems = problems;
    }

    List<IndicatorEntry> parse(List<YamlNode> items, YamlNode at) {
        if (items.size() > MAX_ENTRIES) {
            problems.add(at.at(), "expected at most " + MAX_ENTRIES + " indicators, found " + items.size());
            return List.of();
        }
        List<IndicatorEntry> entries = new ArrayList<>();
        Map<String, YamlNode> ids = new HashMap<>();
        for (YamlNode item : items) {
            IndicatorEntry entry = entry(item);
            entries.add(entry);
            YamlNode earlier = entry.id().isEmpty() ? null : ids.put(entry.id(), item);
            if (earlier != null) {
                problems.add(
                        item.at(),
                        "indicator id \"" + entry.id() + "\" is taken, first in line "
                                + earlier.at().line());
            }
        }
        return entries;
    }

    private IndicatorEntry entry(YamlNode node) {
        MappingReader reader = new MappingReader(node, problems);
        String id = reader.read("id", "", DocumentParser::name);
        YamlNode svid = reader.required("svid");
        List<Glob> svids = svid == null ? List.of() : MatchParser.globs(svid, problems);
        if (svids.stream().anyMatch(glob -> glob.isExact() && !IndicatorKey.isSvid(glob.text()))) {
            reader.problem("svid", "expected SVIDs of at most 128 characters without control characters");
        }
        YamlNode except = reader.optional("except");
        List<Glob> excluded = except == null ? List.of() : MatchParser.globs(except, problems);
        Steps steps = steps(reader);
        List<Integer> occurrences = occurrences(reader);
        Window window = window(reader, steps);
        List<IndicatorSpec> statistics = statistics(reader);
        boolean required = reader.bool("required", svids.stream().allMatch(Glob::isExact) && !steps.any());
        reader.finish();
        return new IndicatorEntry(
                id,
                svids,
                excluded,
                window.steps(),
                steps.any() && !window.fixed(),
                window.fixed() ? List.of(window.occurrence()) : occurrences,
                window.head(),
                window.tail(),
                statistics,
                required,
                node.at());
    }

    private record Steps(List<Integer> numbers, boolean any) {}

    private record Window(List<Integer> steps, int occurrence, Trim head, Trim tail, boolean fixed) {}

    private Steps steps(MappingReader reader) {
        List<YamlNode> items = reader.items("step");
        if (items.isEmpty()) {
            return new Steps(List.of(WindowSpec.WHOLE_RUN), false);
        }
        List<Integer> numbers = new ArrayList<>();
        boolean any = false;
        for (YamlNode item : items) {
            if (item instanceof YamlScalar scalar && scalar.text().equals("*")) {
                any = true;
            } else if (item instanceof YamlScalar scalar && scalar.text().equals("run")) {
                numbers.add(WindowSpec.WHOLE_RUN);
            } else {
                numbers.add(problems.collect(() -> item.asInt(0, WindowSpec.MAX_STEP), WindowSpec.WHOLE_RUN));
            }
        }
        if (any && !numbers.isEmpty()) {
            reader.problem("step", "expected \"*\" alone or a list of numbers, found both");
        }
        return new Steps(numbers, any);
    }

    private List<Integer> occurrences(MappingReader reader) {
        List<Integer> occurrences = reader.items("occurrence").stream()
                .map(item -> problems.collect(() -> item.asInt(1, MAX_LIST), 1))
                .distinct()
                .toList();
        return occurrences.isEmpty() ? List.of(1) : occurrences;
    }

    private Window window(MappingReader reader, Steps steps) {
        YamlNode node = reader.optional("window");
        if (node == null) {
            return new Window(steps.numbers(), 1, Trim.NONE, Trim.NONE, false);
        }
        if (node instanceof YamlScalar) {
            WindowSpec spec = problems.collect(() -> spc(node, WindowSpec::parse), WindowSpec.RUN);
            if (reader.has("step") || reader.has("occurrence")) {
                String other = reader.has("step") ? "step" : "occurrence";
                reader.problem("window", "a window as text names its step and visit: leave out \"" + other + '"');
            }
            return new Window(List.of(spec.step()), spec.occurrence(), spec.head(), spec.tail(), true);
        }
        MappingReader trims = new MappingReader(node, problems);
        Trim head = trims.read("trimStart", Trim.NONE, item -> spc(item, Trim::parse));
        Trim tail = trims.read("trimEnd", Trim.NONE, item -> spc(item, Trim::parse));
        trims.finish();
        return new Window(steps.numbers(), 1, head, tail, false);
    }

    private List<IndicatorSpec> statistics(MappingReader reader) {
        reader.required("stat");
        List<YamlNode> items = reader.items("stat");
        if (items.size() > MAX_LIST) {
            reader.problem("stat", "expected at most " + MAX_LIST + " statistics, found " + items.size());
            return List.of();
        }
        List<IndicatorSpec> statistics = new ArrayList<>();
        for (YamlNode item : items) {
            problems.collect(() -> statistics.add(spc(item, IndicatorSpec::parse)), false);
        }
        return statistics;
    }

    /** Reads a text of the statistics package; its complaint gets a place. */
    static <T> T spc(YamlNode node, Function<String, T> parse) {
        String text = node.asText();
        try {
            return parse.apply(text);
        } catch (SpcFormatException e) {
            throw DocumentParser.refuse(node, String.valueOf(e.getMessage()));
        }
    }
}
