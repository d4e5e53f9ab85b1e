package io.tfdc.strategy;

import io.tfdc.spc.CusumDesign;
import io.tfdc.spc.DataFinding;
import io.tfdc.spc.EwmaDesign;
import io.tfdc.spc.RunRule;
import io.tfdc.spc.RunRuleConvention;
import io.tfdc.strategy.ConditionSpec.Outside.Kind;
import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.Spelling;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads a condition: a mapping with one key that says what kind it is. */
final class ConditionParser {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_CONDITIONS = 10_000;
    private static final ConditionSpec NOTHING = new ConditionSpec.AnyOf(List.of());

    private final YamlProblems problems;
    private final SelectorCheck selectors;
    private final TermParser terms;
    private final Map<String, BiFunction<YamlNode, MappingReader, ConditionSpec>> kinds = new LinkedHashMap<>();
    private int depth;
    private int count;

    ConditionParser(YamlProblems problems, SelectorCheck selectors) {
        this.problems = problems;
        this.selectors = selectors;
        this.terms = new TermParser(problems, selectors);
        kinds.put("any", (node, outer) -> new ConditionSpec.AnyOf(list(node)));
        kinds.put("all", (node, outer) -> new ConditionSpec.AllOf(list(node)));
        kinds.put("not", (node, outer) -> new ConditionSpec.Not(parse(node, node)));
        kinds.put("count", (node, outer) -> count(new MappingReader(node, problems)));
        kinds.put("consecutive", (node, outer) -> consecutive(new MappingReader(node, problems)));
        kinds.put("kOfN", (node, outer) -> kOfN(new MappingReader(node, problems)));
        kinds.put("outside", this::outside);
        kinds.put("nelson", (node, outer) -> runRules(new MappingReader(node, problems), true));
        kinds.put("weco", (node, outer) -> runRules(new MappingReader(node, problems), false));
        kinds.put("ewma", (node, outer) -> ewma(new MappingReader(node, problems)));
        kinds.put("cusum", (node, outer) -> cusum(new MappingReader(node, problems)));
        kinds.put("rateOfChange", (node, outer) -> change(new MappingReader(node, problems)));
        for (ConditionSpec.Operator operator : ConditionSpec.Operator.values()) {
            kinds.put(operator.name().toLowerCase(Locale.ROOT), (node, outer) -> compare(operator, node));
        }
        kinds.put("dataQuality", (node, outer) -> dataQuality(new MappingReader(node, problems)));
        kinds.put("event", this::happened);
        kinds.put("context", (node, outer) -> new ConditionSpec.Context(MatchParser.parse(node, false, problems)));
        kinds.put("t2", (node, outer) -> multivariate(new MappingReader(node, problems), false));
        kinds.put("spe", (node, outer) -> multivariate(new MappingReader(node, problems), true));
    }

    /** Reads a condition; a missing one is replaced by one that never holds (its absence is reported by the caller). */
    ConditionSpec parse(@Nullable YamlNode node, YamlNode parent) {
        if (node == null) {
            return NOTHING;
        }
        if (!(node instanceof YamlMapping mapping)) {
            problems.add(node.at(), "expected a condition such as { outside: stat, of: id }, found " + node.describe());
            return NOTHING;
        }
        if (depth >= MAX_DEPTH || ++count > MAX_CONDITIONS) {
            problems.add(
                    node.at(),
                    depth >= MAX_DEPTH
                            ? "conditions are nested deeper than " + MAX_DEPTH
                            : "more than " + MAX_CONDITIONS + " conditions");
            return NOTHING;
        }
        List<String> present =
                mapping.entries().keySet().stream().filter(kinds::containsKey).toList();
        if (present.size() != 1) {
            String found = present.isEmpty() ? unknownKind(mapping) : "found " + String.join(" and ", present);
            problems.add(
                    node.at(), "expected a condition with one of " + String.join(", ", kinds.keySet()) + "; " + found);
            return NOTHING;
        }
        MappingReader outer = new MappingReader(mapping, problems);
        String kind = present.get(0);
        YamlNode value = outer.required(kind);
        depth++;
        BiFunction<YamlNode, MappingReader, ConditionSpec> reader = kinds.get(kind);
        ConditionSpec condition = value == null || reader == null ? NOTHING : reader.apply(value, outer);
        depth--;
        outer.finish();
        return condition;
    }

    private String unknownKind(YamlMapping mapping) {
        if (mapping.entries().isEmpty()) {
            return "found none";
        }
        String first = mapping.entries().keySet().iterator().next();
        return "found \"" + first + '"' + Spelling.hint(first, kinds.keySet());
    }

    private List<ConditionSpec> list(YamlNode node) {
        List<YamlNode> items = problems.collect(() -> node.asSequence().items(), List.<YamlNode>of());
        if (items.isEmpty()) {
            problems.add(node.at(), "expected at least one condition, found none");
        }
        List<ConditionSpec> conditions = new ArrayList<>();
        items.forEach(item -> conditions.add(parse(item, node)));
        return conditions;
    }

    private ConditionSpec count(MappingReader reader) {
        YamlNode of = reader.required("of");
        List<ConditionSpec> conditions = of == null ? List.of() : list(of);
        int atLeast = reader.integer("atLeast", 1, 1, 100_000);
        int atMost = reader.integer("atMost", Integer.MAX_VALUE, 1, 100_000);
        if (!reader.has("atLeast") && !reader.has("atMost")) {
            reader.required("atLeast");
        }
        if (atMost < atLeast) {
            reader.problem("atMost", "expected at least " + atLeast + ", found " + atMost);
        }
        reader.finish();
        return new ConditionSpec.Count(conditions, reader.has("atLeast") ? atLeast : 0, atMost);
    }

    private ConditionSpec consecutive(MappingReader reader) {
        int runs = reader.require("runs", 2, node -> node.asInt(2, RuleParser.MAX_RUNS));
        return repeated(reader, runs, runs);
    }

    private ConditionSpec kOfN(MappingReader reader) {
        int n = reader.require("n", 2, node -> node.asInt(2, RuleParser.MAX_RUNS));
        int k = reader.require("k", 1, node -> node.asInt(1, RuleParser.MAX_RUNS));
        if (k > n) {
            reader.problem("k", "expected at most n = " + n + ", found " + k);
        }
        return repeated(reader, k, n);
    }

    private ConditionSpec repeated(MappingReader reader, int k, int n) {
        YamlNode cond = reader.required("cond");
        ConditionSpec condition = cond == null ? NOTHING : parse(cond, cond);
        if (ConditionShape.isStateful(condition)) {
            reader.problem("cond", "ewma, cusum, findings and events can't be asked about earlier runs");
        }
        String same = reader.choice("same", "", List.of("lot", "wafer", "product", "recipeVersion", "waferType"));
        reader.finish();
        return new ConditionSpec.Repeated(condition, k, n, same);
    }

    private ConditionSpec outside(YamlNode limits, MappingReader outer) {
        Selector of = charts(outer);
        Side side = ChartParser.side(outer);
        boolean inclusive = outer.bool("inclusive", false);
        boolean every = every(outer);
        if (!(limits instanceof YamlMapping)) {
            String kind = problems.collect(() -> MappingReader.choice(limits, List.of("stat", "spec")), "stat");
            Kind which = kind.equals("spec") ? Kind.SPEC : Kind.STAT;
            return new ConditionSpec.Outside(of, which, Double.NaN, Double.NaN, Double.NaN, side, inclusive, every);
        }
        MappingReader reader = new MappingReader(limits, problems);
        double k = reader.number("stat", Double.NaN, 1e-3, 100);
        double lower = Double.NaN;
        double upper = Double.NaN;
        boolean fixed = reader.has("fixed");
        if (fixed) {
            MappingReader lines = reader.mapping("fixed");
            lower = lines.number("lsl", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
            upper = lines.number("usl", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
            lines.finish();
        }
        reader.finish();
        if (fixed == !Double.isNaN(k) || lower > upper || (fixed && Double.isNaN(lower) && Double.isNaN(upper))) {
            problems.add(limits.at(), "expected { stat: k } or { fixed: { lsl: ..., usl: ... } } with lsl below usl");
        }
        return new ConditionSpec.Outside(of, fixed ? Kind.FIXED : Kind.STAT, k, lower, upper, side, inclusive, every);
    }

    private ConditionSpec runRules(MappingReader reader, boolean nelson) {
        Selector of = charts(reader);
        int most = nelson ? 8 : 4;
        int mask = 0;
        for (YamlNode item : reader.items("rules")) {
            int number = problems.collect(() -> item.asInt(1, most), 1);
            mask |= (nelson ? RunRule.nelson(number) : RunRule.weco(number)).bit();
        }
        if (mask == 0) {
            mask = nelson ? RunRule.NELSON_1.bit() | RunRule.NELSON_2.bit() : RunRule.ALL_WECO;
        }
        RunRuleConvention convention = reader.read(
                "convention", RunRuleConvention.QCC, node -> IndicatorParser.spc(node, RunRuleConvention::parse));
        boolean every = every(reader);
        reader.finish();
        return new ConditionSpec.Pattern(of, mask, convention, every);
    }

    private ConditionSpec ewma(MappingReader reader) {
        Selector of = charts(reader);
        double lambda = reader.number("lambda", 0.2, 1e-4, 1);
        double width = reader.number("L", 2.962, 1e-3, 100);
        boolean asymptotic = reader.bool("asymptotic", false);
        Side side = ChartParser.side(reader);
        boolean every = every(reader);
        reader.finish();
        return new ConditionSpec.Ewma(of, new EwmaDesign(lambda, width), asymptotic, side, every);
    }

    private ConditionSpec cusum(MappingReader reader) {
        Selector of = charts(reader);
        double k = reader.number("k", 0.5, 0, 100);
        double h = reader.number("h", 5, 1e-3, 1000);
        double head = reader.bool("fir", false) ? h / 2 : 0;
        String reset = reader.choice("reset", "none", List.of("none", "zero", "fir"));
        Side side = ChartParser.side(reader);
        boolean every = every(reader);
        reader.finish();
        CusumDesign.Reset after = switch (reset) {
            case "zero" -> CusumDesign.Reset.TO_ZERO;
            case "fir" -> CusumDesign.Reset.TO_HEAD_START;
            default -> CusumDesign.Reset.NONE;
        };
        return new ConditionSpec.Cusum(of, new CusumDesign(k, h, head, after), side, every);
    }

    private ConditionSpec change(MappingReader reader) {
        Selector of = charts(reader);
        int runs = reader.integer("runs", 1, 1, RuleParser.MAX_RUNS);
        ConditionSpec.Change.Unit unit = ConditionSpec.Change.Unit.ABSOLUTE;
        int units = 0;
        double amount = 0;
        for (String key : List.of("abs", "pct", "sigma")) {
            double value = reader.number(key, Double.NaN, 0, Double.MAX_VALUE);
            if (reader.has(key)) {
                units++;
                amount = value;
                unit = key.equals("abs")
                        ? ConditionSpec.Change.Unit.ABSOLUTE
                        : key.equals("pct") ? ConditionSpec.Change.Unit.PERCENT : ConditionSpec.Change.Unit.SIGMA;
            }
        }
        if (units != 1) {
            problems.add(reader.at(), "expected one of abs, pct, sigma, found " + units);
        }
        Side side = ChartParser.side(reader);
        boolean every = every(reader);
        reader.finish();
        return new ConditionSpec.Change(of, runs, amount, unit, side, every);
    }

    private ConditionSpec compare(ConditionSpec.Operator operator, YamlNode node) {
        List<YamlNode> items = problems.collect(() -> node.asSequence().items(), List.<YamlNode>of());
        if (items.size() != 2) {
            problems.add(node.at(), "expected a list of two terms, found " + items.size());
            return NOTHING;
        }
        return new ConditionSpec.Compare(operator, terms.parse(items.get(0)), terms.parse(items.get(1)));
    }

    private ConditionSpec dataQuality(MappingReader reader) {
        List<String> kindsHere = List.of("missing", "stale", "stuck", "finding", "incomplete");
        List<String> found = kindsHere.stream().filter(reader::has).toList();
        if (found.size() != 1) {
            problems.add(reader.at(), "expected one of " + String.join(", ", kindsHere) + ", found " + found.size());
            reader.entries();
            return NOTHING;
        }
        boolean every = every(reader);
        ConditionSpec condition = switch (found.get(0)) {
            case "missing" ->
                new ConditionSpec.Missing(
                        charts(reader, "missing"), reader.integer("runs", 1, 1, RuleParser.MAX_RUNS), every);
            case "stuck" ->
                new ConditionSpec.Stuck(
                        charts(reader, "stuck"), reader.integer("runs", 3, 2, RuleParser.MAX_RUNS), every);
            case "stale" ->
                new ConditionSpec.Stale(
                        charts(reader, "stale"),
                        reader.require("for", Duration.ofDays(1), YamlNode::asDuration),
                        every);
            case "finding" -> new ConditionSpec.Finding(findings(reader), reader.integer("atLeast", 1, 1, 1_000_000));
            default -> {
                if (!reader.bool("incomplete", true)) {
                    reader.problem("incomplete", "expected true; write not: around it for the opposite");
                }
                yield new ConditionSpec.Incomplete();
            }
        };
        reader.finish();
        return condition;
    }

    private Set<DataFinding.Kind> findings(MappingReader reader) {
        Map<String, DataFinding.Kind> names = new LinkedHashMap<>();
        for (DataFinding.Kind kind : DataFinding.Kind.values()) {
            names.put(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), kind);
        }
        Set<DataFinding.Kind> found = EnumSet.noneOf(DataFinding.Kind.class);
        for (YamlNode item : reader.items("finding")) {
            DataFinding.Kind kind = problems.collect(
                    () -> names.getOrDefault(MappingReader.choice(item, names.keySet()), DataFinding.Kind.GAP),
                    DataFinding.Kind.GAP);
            found.add(kind);
        }
        return found;
    }

    private ConditionSpec happened(YamlNode node, MappingReader outer) {
        List<Glob> types = MatchParser.globs(node, problems);
        Set<String> names = new LinkedHashSet<>();
        types.forEach(type -> names.add(type.text().equals("pm-within") ? "pm-complete" : type.text()));
        int runs = outer.integer("runs", 0, 1, RuleParser.MAX_RUNS);
        Duration within = RuleParser.optionalDuration(outer, "within");
        if (runs == 0 && within == null) {
            problems.add(outer.at(), "expected runs or within, found neither");
        }
        return new ConditionSpec.Happened(names, runs, within);
    }

    private ConditionSpec multivariate(MappingReader reader, boolean spe) {
        Selector of = charts(reader);
        double alpha = reader.number("alpha", 0.001, 1e-9, 0.5);
        int minRuns = reader.integer("minRuns", 50, 3, 1000);
        int components = spe ? reader.require("components", 1, node -> node.asInt(1, 50)) : 0;
        reader.finish();
        return new ConditionSpec.Multivariate(of, components, alpha, minRuns);
    }

    private Selector charts(MappingReader reader) {
        return charts(reader, "of");
    }

    private Selector charts(MappingReader reader, String key) {
        YamlNode of = reader.required(key);
        return of == null ? new Selector(List.of(), reader.at()) : selectors.charts(of);
    }

    private static boolean every(MappingReader reader) {
        return reader.choice("charts", "any", List.of("any", "all")).equals("all");
    }
}
