package io.tfdc.strategy;

import io.tfdc.model.DefenseEvent.Action;
import io.tfdc.model.Severity;
import io.tfdc.strategy.RuleSpec.Escalation;
import io.tfdc.strategy.RuleSpec.Trigger;
import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import io.tfdc.yaml.YamlSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code rules} of a strategy. */
final class RuleParser {
    static final int MAX_RULES = 500;
    static final int MAX_RUNS = 500;
    private static final int MAX_ACTIONS = 32;
    private static final List<String> SEVERITIES = List.of("log", "warning", "alarm", "critical");

    /** Actions that take equipment or material out of the flow. */
    static final List<String> STOP_ACTIONS = List.of("hold", "inhibit", "stop");

    private static final List<String> ACTIONS =
            List.of("log", "notify", "hold", "inhibit", "stop", "measure", "qualify", "maintain", "set-state");

    private final YamlProblems problems;
    private final ConditionParser conditions;

    RuleParser(YamlProblems problems, SelectorCheck selectors) {
        this.problems = problems;
        this.conditions = new ConditionParser(problems, selectors);
    }

    List<RuleSpec> parse(List<YamlNode> items, YamlNode root) {
        if (items.size() > MAX_RULES) {
            problems.add(root.at(), "expected at most " + MAX_RULES + " rules, found " + items.size());
            return List.of();
        }
        List<RuleSpec> rules = new ArrayList<>();
        Map<Integer, RuleSpec> ids = new HashMap<>();
        for (YamlNode item : items) {
            RuleSpec rule = rule(item);
            rules.add(rule);
            RuleSpec earlier = ids.put(rule.id().hashCode(), rule);
            if (earlier != null) {
                String line = " in line " + earlier.at().line();
                problems.add(
                        item.at(),
                        earlier.id().equals(rule.id())
                                ? "rule id \"" + rule.id() + "\" is taken, first" + line
                                : "rule id \"" + rule.id() + "\" has the same hash as \"" + earlier.id() + '"' + line
                                        + ": choose another");
            }
        }
        return rules;
    }

    private RuleSpec rule(YamlNode node) {
        MappingReader reader = new MappingReader(node, problems);
        String id = reader.require("id", "?", DocumentParser::name);
        ConditionSpec when = conditions.parse(reader.required("when"), node);
        Severity severity = reader.require("severity", Severity.WARNING, RuleParser::severity);
        YamlNode actionList = reader.optional("actions");
        List<Action> actions = actionList == null ? List.of() : actions(actionList, problems);
        String message = reader.read("message", "", text -> DocumentParser.text(text, 500));
        StrategyMode mode = StrategyMode.parse(reader.choice("mode", "active", List.of("active", "dry-run", "off")));
        Trigger trigger = trigger(reader, when);
        boolean latch = reader.bool("latch", false);
        int clearAfter = clear(reader, latch);
        MappingReader cooldown = reader.mapping("cooldown");
        int cooldownRuns = cooldown.integer("runs", 0, 1, MAX_RUNS);
        Duration cooldownTime = optionalDuration(cooldown, "for");
        cooldown.finish();
        RuleSpec rule = new RuleSpec(
                id,
                when,
                severity,
                actions,
                message,
                mode,
                onUnknown(reader),
                trigger,
                latch,
                clearAfter,
                cooldownRuns,
                cooldownTime,
                escalation(reader, severity),
                node.at());
        reader.finish();
        return rule;
    }

    private @Nullable Severity onUnknown(MappingReader reader) {
        return switch (reader.choice("onUnknown", "ignore", List.of("ignore", "log", "warn", "alarm"))) {
            case "log" -> Severity.LOG;
            case "warn" -> Severity.WARNING;
            case "alarm" -> Severity.ALARM;
            default -> null;
        };
    }

    private static Trigger trigger(MappingReader reader, ConditionSpec when) {
        String fallback = ConditionShape.isPattern(when) ? "edge" : "each";
        return Trigger.valueOf(
                reader.choice("trigger", fallback, List.of("each", "edge")).toUpperCase(Locale.ROOT));
    }

    private int clear(MappingReader reader, boolean latch) {
        MappingReader clear = reader.mapping("clear");
        boolean normal = clear.choice("on", "ack", List.of("ack", "normal")).equals("normal");
        int runs = clear.integer("runs", 1, 1, MAX_RUNS);
        if (!latch && reader.has("clear")) {
            reader.problem("clear", "only a rule with latch: true can be cleared");
        }
        if (!normal && clear.has("runs")) {
            clear.problem("runs", "runs belongs to on: normal");
        }
        clear.finish();
        return normal ? runs : 0;
    }

    private @Nullable Escalation escalation(MappingReader reader, Severity severity) {
        if (!reader.has("escalate")) {
            return null;
        }
        MappingReader escalate = reader.mapping("escalate");
        Severity to = escalate.require("to", Severity.CRITICAL, RuleParser::severity);
        if (to.compareTo(severity) <= 0) {
            escalate.problem(
                    "to", "expected a severity above " + severity.name().toLowerCase(Locale.ROOT));
        }
        YamlNode actionList = escalate.optional("actions");
        MappingReader after = escalate.mapping("after");
        escalate.required("after");
        int occurrences = after.integer("occurrences", 2, 2, StrategyState.MAX_OCCURRENCES);
        int runs = after.integer("withinRuns", 0, 1, MAX_RUNS);
        Duration within = optionalDuration(after, "within");
        after.finish();
        escalate.finish();
        List<Action> actions = actionList == null ? List.of() : actions(actionList, problems);
        return new Escalation(to, occurrences, runs, within, actions);
    }

    /** {@code warning} and so on. */
    static Severity severity(YamlNode node) {
        return Severity.valueOf(MappingReader.choice(node, SEVERITIES).toUpperCase(Locale.ROOT));
    }

    /** {@code [ { hold: lot }, { notify: [a, b] } ]}, a bare name for an action without target. */
    static List<Action> actions(YamlNode node, YamlProblems problems) {
        List<YamlNode> items = node instanceof YamlSequence list ? list.items() : List.of(node);
        List<Action> actions = new ArrayList<>();
        for (YamlNode item : items) {
            if (item.isNull() || !(item instanceof YamlMapping)) {
                String type = problems.collect(() -> MappingReader.choice(item, ACTIONS), "log");
                actions.add(new Action(type, ""));
                continue;
            }
            item.asMapping().entries().forEach((type, targets) -> {
                if (!ACTIONS.contains(type)) {
                    problems.add(
                            targets.at(),
                            "unknown action \"" + type + '"' + Spelling.hint(type, ACTIONS) + ", expected one of "
                                    + String.join(", ", ACTIONS));
                    return;
                }
                List<YamlNode> each = targets instanceof YamlSequence list ? list.items() : List.of(targets);
                each.forEach(target ->
                        actions.add(new Action(type, problems.collect(() -> DocumentParser.text(target, 256), ""))));
            });
        }
        if (actions.size() > MAX_ACTIONS) {
            problems.add(node.at(), "expected at most " + MAX_ACTIONS + " actions, found " + actions.size());
        }
        return actions;
    }

    static @Nullable Duration optionalDuration(MappingReader reader, String key) {
        YamlNode node = reader.optional(key);
        return node == null ? null : reader.problems().collect(node::asDuration, Duration.ZERO);
    }
}
