package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.spc.ControlLimits;
import io.tfdc.spc.EpochPolicy;
import io.tfdc.spc.LimitMethod;
import io.tfdc.spc.LimitPolicy;
import io.tfdc.spc.LimitStatus;
import io.tfdc.spc.MinHalfWidth;
import io.tfdc.spc.SpecLimits;
import io.tfdc.strategy.ChartSettings.OnLearning;
import io.tfdc.yaml.MappingReader;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlPosition;
import io.tfdc.yaml.YamlProblems;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the {@code chart} section, as written or with overrides applied. */
final class ChartParser {
    static final String RECIPE_VERSION_CHANGE = "recipe-version-change";
    private static final int MAX_HISTORY = 1000;
    private static final List<String> PARTITION = Stream.concat(
                    MatchParser.RUN_ATTRIBUTES.stream(), Stream.of("step", "svid", "indicator"))
            .sorted()
            .toList();

    private final YamlProblems problems;

    ChartParser(YamlProblems problems) {
        this.problems = problems;
    }

    ChartSettings parse(YamlMapping chart) {
        MappingReader reader = new MappingReader(chart, problems);
        checkPartition(reader);
        int history = reader.integer("history", 100, 20, MAX_HISTORY);
        MappingReader learning = reader.mapping("learning");
        int minRuns = learning.integer("minRuns", 30, 2, MAX_HISTORY);
        OnLearning onLearning =
                OnLearning.valueOf(learning.choice("onLearning", "warn", List.of("ignore", "log", "warn", "alarm"))
                        .toUpperCase(Locale.ROOT));
        learning.finish();
        MappingReader limits = reader.mapping("limits");
        Stat stat = stat(limits.mapping("stat"), minRuns);
        SpecLimits spec = spec(limits.mapping("spec"));
        limits.finish();
        Set<String> epochOn = epochOn(reader);
        MappingReader after = reader.mapping("afterEpoch");
        EpochPolicy epoch = epoch(after);
        int suppressRuns = after.integer("suppressRuns", 0, 0, MAX_HISTORY);
        after.finish();
        reader.finish();
        LimitPolicy policy = stat.policy() == null || !stat.capped()
                ? stat.policy()
                : stat.policy().withCap(spec);
        return new ChartSettings(
                history,
                onLearning,
                policy,
                stat.digits(),
                stat.fixed(),
                spec,
                minRuns,
                stat.baselineRuns(),
                epochOn,
                epoch,
                suppressRuns);
    }

    private record Stat(
            @Nullable LimitPolicy policy,
            double digits,
            @Nullable ControlLimits fixed,
            int baselineRuns,
            boolean capped) {}

    private void checkPartition(MappingReader reader) {
        for (YamlNode item : reader.items("partitionBy")) {
            problems.collect(
                    () -> {
                        String name = item.asText();
                        return name.startsWith("attributes.") ? name : MappingReader.choice(item, PARTITION);
                    },
                    "");
        }
    }

    private Stat stat(MappingReader reader, int minRuns) {
        LimitMethod method =
                reader.read("method", LimitMethod.MEAN_MR, node -> IndicatorParser.spc(node, LimitMethod::parse));
        double k = reader.number("k", 5, 1e-3, 100);
        Side side = side(reader);
        double lower = side.lower() ? reader.number("kLower", k, 1e-3, 100) : unused(reader, "kLower");
        double upper = side.upper() ? reader.number("kUpper", k, 1e-3, 100) : unused(reader, "kUpper");
        reader.choice("source", "frozen-baseline", List.of("frozen-baseline"));
        int baselineRuns = Math.max(minRuns, reader.integer("baselineRuns", Math.max(50, minRuns), 2, MAX_HISTORY));
        MappingReader width = reader.mapping("minHalfWidth");
        double digits = width.number("digits", 0.5, 0, 1000);
        MinHalfWidth least = minHalfWidth(width);
        boolean exclude = reader.bool("excludeOutside", true);
        boolean capped = reader.has("cap")
                && reader.choice("cap", "spec", List.of("spec")).equals("spec");
        double lsl = line(reader, "lsl", "lcl");
        double usl = line(reader, "usl", "ucl");
        double center = reader.number("center", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
        double sigma = reader.number("sigma", Double.NaN, Double.MIN_NORMAL, Double.MAX_VALUE);
        reader.finish();
        if (method != LimitMethod.FIXED) {
            LimitPolicy policy =
                    new LimitPolicy(method, lower, upper, least, SpecLimits.NONE, minRuns, baselineRuns, exclude);
            return new Stat(policy, digits, null, baselineRuns, capped);
        }
        return new Stat(null, 0, fixed(reader, lsl, usl, center, sigma, lower, upper), baselineRuns, false);
    }

    private ControlLimits fixed(
            MappingReader reader, double lsl, double usl, double center, double sigma, double kLower, double kUpper) {
        if (lsl > usl) {
            reader.problem("lsl", "expected a lower limit below the upper one, found " + lsl + " above " + usl);
            return ControlLimits.fixed(Double.NaN, Double.NaN);
        }
        boolean bySigma = Double.isFinite(center) && Double.isFinite(sigma);
        double lcl = Double.isNaN(lsl) && bySigma ? center - kLower * sigma : lsl;
        double ucl = Double.isNaN(usl) && bySigma ? center + kUpper * sigma : usl;
        if (Double.isNaN(lcl) && Double.isNaN(ucl)) {
            reader.problem("method", "fixed limits need lsl, usl or both, or center and sigma");
        }
        double middle = Double.isNaN(center) ? (lcl + ucl) / 2 : center;
        return new ControlLimits(LimitMethod.FIXED, LimitStatus.FROZEN, middle, sigma, lcl, ucl, 0);
    }

    private static double unused(MappingReader reader, String key) {
        reader.optional(key);
        return Double.NaN;
    }

    private static double line(MappingReader reader, String name, String alias) {
        reader.isExplicitNull(name);
        String key = reader.has(name) || !reader.has(alias) ? name : alias;
        return reader.number(key, Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
    }

    /** {@code side: upper}. */
    static Side side(MappingReader reader) {
        return Side.valueOf(
                reader.choice("side", "both", List.of("both", "upper", "lower")).toUpperCase(Locale.ROOT));
    }

    private MinHalfWidth minHalfWidth(MappingReader reader) {
        double abs = reader.number("abs", 0, 0, Double.MAX_VALUE);
        double percent = reader.number("pctOfCenter", 0, 0, 1000);
        double steps = reader.number("steps", 0, 0, 1e6);
        double stepSize = reader.number("stepSize", 0, 0, Double.MAX_VALUE);
        reader.finish();
        return new MinHalfWidth(abs, percent, steps, stepSize);
    }

    private SpecLimits spec(MappingReader reader) {
        reader.choice("from", "recipeSpec", List.of("recipeSpec"));
        double lsl = reader.number("lsl", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
        double usl = reader.number("usl", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
        double target = reader.number("target", Double.NaN, -Double.MAX_VALUE, Double.MAX_VALUE);
        reader.finish();
        if (lsl >= usl) {
            reader.problem("lsl", "expected a lower limit below the upper one, found " + lsl + " and " + usl);
            return SpecLimits.NONE;
        }
        return new SpecLimits(lsl, usl, target);
    }

    private Set<String> epochOn(MappingReader reader) {
        Set<String> types = new LinkedHashSet<>();
        types.add(ChamberEvent.RELEARN);
        if (!reader.has("epochOn") && !reader.isExplicitNull("epochOn")) {
            types.addAll(List.of(ChamberEvent.PM_COMPLETE, RECIPE_VERSION_CHANGE));
        }
        for (YamlNode item : reader.items("epochOn")) {
            types.add(problems.collect(() -> DocumentParser.name(item), ""));
        }
        return types;
    }

    private static EpochPolicy epoch(MappingReader reader) {
        String mode = reader.choice("limits", "relearn", List.of("relearn", "shift-center", "keep"));
        int centerRuns = reader.integer("centerRuns", 10, 1, MAX_HISTORY);
        double widen = reader.number("widen", 1, 1, 100);
        int forRuns = reader.integer("forRuns", 0, 0, MAX_HISTORY);
        return new EpochPolicy(
                EpochPolicy.Mode.valueOf(mode.toUpperCase(Locale.ROOT).replace('-', '_')), centerRuns, widen, forRuns);
    }

    /** Changes values below a mapping; paths lead through mappings that may be missing. */
    static YamlMapping patch(YamlMapping base, List<String> path, YamlNode value) {
        Map<String, YamlNode> entries = new LinkedHashMap<>(base.entries());
        Map<String, YamlPosition> keys = new LinkedHashMap<>(base.keyPositions());
        String key = path.get(0);
        YamlNode present = entries.get(key);
        YamlMapping below =
                present instanceof YamlMapping mapping ? mapping : new YamlMapping(value.at(), Map.of(), Map.of());
        entries.put(key, path.size() == 1 ? value : patch(below, path.subList(1, path.size()), value));
        keys.putIfAbsent(key, value.at());
        return new YamlMapping(base.at(), entries, keys);
    }
}
