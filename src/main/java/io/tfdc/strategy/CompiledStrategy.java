package io.tfdc.strategy;

import io.tfdc.model.RunContext;
import io.tfdc.spc.EpochPolicy;
import io.tfdc.yaml.YamlProblems;
import java.util.List;
import java.util.stream.IntStream;

/** A strategy version that has passed all checks. Immutable; equal only to itself. */
public final class CompiledStrategy {
    private static final List<String> NOT_IN_GROUP = List.of("tool", "chamber", "step", "svid", "indicator");
    private static final int MAX_REACH = 1000;
    /** Excluded runs take places in the history: a baseline is complete as long as they are no more than the others. */
    private static final int ROOM_FOR_EXCLUDED = 2;

    private final StrategyDocument document;
    private final String source;
    private final List<ContextMatch> overrideRuns;
    private final List<String> groupAttributes;
    private final int reach;

    CompiledStrategy(StrategyDocument document, String source) {
        this.document = document;
        this.source = source;
        this.overrideRuns =
                document.overrides().stream().map(o -> o.match().ofRun()).toList();
        this.groupAttributes = groupAttributes(document);
        this.reach = reach(document);
    }

    public String id() {
        return document.id();
    }

    public int version() {
        return document.version();
    }

    /** The mode outside of overrides. */
    public StrategyMode mode() {
        return document.mode();
    }

    public String description() {
        return document.description();
    }

    /** Name of its document. */
    public String source() {
        return source;
    }

    /** Number of indicator entries; patterns count once. */
    public int indicatorCount() {
        return document.indicators().size();
    }

    /** Rule ids in order. */
    public List<String> rules() {
        return document.rules().stream().map(RuleSpec::id).toList();
    }

    public int overrideCount() {
        return document.overrides().size();
    }

    /** What runs it is for, in words. */
    public String match() {
        return document.match().toString();
    }

    StrategyDocument document() {
        return document;
    }

    /** Positions of the overrides whose run part matches. */
    List<Integer> overridesFor(RunContext run) {
        if (overrideRuns.isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, overrideRuns.size())
                .filter(i -> overrideRuns.get(i).matches(run))
                .boxed()
                .toList();
    }

    /** Attributes whose values tell chart groups apart, in order. */
    List<String> groupAttributes() {
        return groupAttributes;
    }

    /** Runs to look back on, whatever overrides apply. */
    int reach() {
        return reach;
    }

    private static List<String> groupAttributes(StrategyDocument document) {
        return document.partitionBy().stream()
                .filter(attribute -> !NOT_IN_GROUP.contains(attribute))
                .map(attribute -> attribute.startsWith("attributes.") ? attribute.substring(11) : attribute)
                .sorted()
                .distinct()
                .toList();
    }

    private static int reach(StrategyDocument document) {
        int reach = reach(document, List.of());
        for (OverrideSpec override : document.overrides()) {
            reach = Math.max(reach, reach(document, List.of(override)));
        }
        for (RuleSpec rule : document.rules()) {
            reach = Math.max(reach, ConditionShape.reach(rule.when()));
        }
        return Math.min(reach, MAX_REACH);
    }

    private static int reach(StrategyDocument document, List<OverrideSpec> overrides) {
        ChartSettings settings =
                new ChartParser(new YamlProblems()).parse(OverrideParser.apply(document.chart(), overrides));
        EpochPolicy epoch = settings.epoch();
        int center = epoch.mode() == EpochPolicy.Mode.SHIFT_CENTER ? epoch.centerRuns() : 0;
        int baseline = ROOM_FOR_EXCLUDED * Math.max(settings.baselineRuns(), center);
        int caution = Math.max(settings.suppressRuns(), epoch.widenRuns());
        return Math.max(settings.history(), Math.max(baseline, caution));
    }

    @Override
    public String toString() {
        return id() + '@' + version();
    }
}
