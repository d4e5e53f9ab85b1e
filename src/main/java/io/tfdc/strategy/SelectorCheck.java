package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.spc.WindowSpec;
import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the charts that a condition names and refuses names that no indicator can stand for. */
final class SelectorCheck {
    private final List<IndicatorEntry> indicators;
    private final List<String> known = new ArrayList<>();
    private final YamlProblems problems;

    SelectorCheck(List<IndicatorEntry> indicators, YamlProblems problems) {
        this.indicators = indicators;
        this.problems = problems;
        for (IndicatorEntry entry : indicators) {
            if (!entry.id().isEmpty()) {
                known.add(entry.id());
            }
            entry.svids().stream().filter(Glob::isExact).map(Glob::text).forEach(known::add);
        }
    }

    /** Any number of charts. */
    Selector charts(YamlNode node) {
        List<Glob> names = MatchParser.globs(node, problems);
        for (Glob name : names) {
            check(node, name);
        }
        return new Selector(names, node.at());
    }

    /** One chart. */
    Selector chart(YamlNode node) {
        Selector selector = new Selector(List.of(new Glob(node.asText())), node.at());
        Glob name = selector.names().get(0);
        check(node, name);
        boolean several = indicators.stream().anyMatch(entry -> entry.id().equals(name.text()) && !entry.isSingle());
        if (several || !name.isExact() || chartsOfSvid(name.text()) > 1) {
            problems.add(
                    node.at(),
                    "expected one chart, but \"" + name + "\" stands for several: name it svid/window/statistic");
        }
        return selector;
    }

    private void check(YamlNode node, Glob name) {
        if (name.isAny() || indicators.stream().anyMatch(entry -> mayMean(name, entry))) {
            return;
        }
        problems.add(node.at(), "no indicator is called \"" + name + '"' + Spelling.hint(name.text(), known));
    }

    /** Charts that a name stands for as an SVID: 0 if it is an id or a chart's key, 2 or more for any number of steps. */
    private int chartsOfSvid(String name) {
        if (isKey(name) || indicators.stream().anyMatch(entry -> entry.id().equals(name))) {
            return 0;
        }
        Set<IndicatorKey> keys = new HashSet<>();
        for (IndicatorEntry entry : indicators) {
            entry.expand(List.of(name), List.of(1, 2), keys::add);
        }
        return (int) keys.stream().filter(key -> key.svid().equals(name)).count();
    }

    private static boolean mayMean(Glob name, IndicatorEntry entry) {
        if (!entry.id().isEmpty() && name.matches(entry.id())) {
            return true;
        }
        String text = name.text();
        if (name.isExact() && isKey(text)) {
            return hasKey(text, entry);
        }
        int slash = text.indexOf('/');
        Glob prefix = slash < 0 || name.isExact() ? name : new Glob(text.substring(0, slash));
        return entry.svids().stream().anyMatch(svid -> name.overlaps(svid) || prefix.overlaps(svid));
    }

    /** Whether a name reads as {@code svid/window/statistic}. */
    private static boolean isKey(String name) {
        try {
            WindowSpec.parse(IndicatorKey.parse(name).window());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the entry gives the chart in some run. */
    private static boolean hasKey(String text, IndicatorEntry entry) {
        IndicatorKey key = IndicatorKey.parse(text);
        List<IndicatorKey> keys = new ArrayList<>();
        entry.expand(List.of(key.svid()), List.of(WindowSpec.parse(key.window()).step()), keys::add);
        return keys.contains(key);
    }
}
