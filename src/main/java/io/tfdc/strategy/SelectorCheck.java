package io.tfdc.strategy;

import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.List;

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
        if (several || !name.isExact()) {
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

    private static boolean mayMean(Glob name, IndicatorEntry entry) {
        if (!entry.id().isEmpty() && name.matches(entry.id())) {
            return true;
        }
        int slash = name.text().indexOf('/');
        Glob svid = slash < 0 ? name : new Glob(name.text().substring(0, slash));
        return entry.svids().stream().anyMatch(svid::overlaps);
    }
}
