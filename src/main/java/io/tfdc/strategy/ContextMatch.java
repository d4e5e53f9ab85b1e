package io.tfdc.strategy;

import io.tfdc.model.RunContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Patterns of attributes, all of which must match: {@code {toolType: LAM9600, recipe: "ALSTACK_*"}}. Of an attribute's
 * alternatives one is enough.
 *
 * @param patterns attribute to alternatives; empty matches everything
 */
record ContextMatch(Map<String, List<Glob>> patterns) {
    static final ContextMatch EVERYTHING = new ContextMatch(Map.of());

    /** Attributes of charts within a run. */
    static final List<String> CHART_ATTRIBUTES = List.of("indicator", "svid", "step", "stat");

    ContextMatch {
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
    }

    boolean matches(RunContext run) {
        return matches(run::attribute);
    }

    boolean matches(UnaryOperator<String> attributes) {
        for (Map.Entry<String, List<Glob>> pattern : patterns.entrySet()) {
            String value = attributes.apply(pattern.getKey());
            if (pattern.getValue().stream().noneMatch(glob -> glob.matches(value))) {
                return false;
            }
        }
        return true;
    }

    /** Whether some context may match both. */
    boolean overlaps(ContextMatch other) {
        for (Map.Entry<String, List<Glob>> pattern : patterns.entrySet()) {
            List<Glob> theirs = other.patterns.getOrDefault(pattern.getKey(), List.of(Glob.ANY));
            if (pattern.getValue().stream().noneMatch(a -> theirs.stream().anyMatch(a::overlaps))) {
                return false;
            }
        }
        return true;
    }

    /** The part about the run. */
    ContextMatch ofRun() {
        return select(false);
    }

    /** The part about charts within the run. */
    ContextMatch ofChart() {
        return select(true);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean isExact(String attribute) {
        List<Glob> globs = patterns.getOrDefault(attribute, List.of());
        return !globs.isEmpty() && globs.stream().allMatch(Glob::isExact);
    }

    boolean constrains(String attribute) {
        return patterns.getOrDefault(attribute, List.of()).stream().anyMatch(glob -> !glob.isAny());
    }

    private ContextMatch select(boolean chart) {
        Map<String, List<Glob>> selected = new LinkedHashMap<>();
        patterns.forEach((attribute, globs) -> {
            if (CHART_ATTRIBUTES.contains(attribute) == chart) {
                selected.put(attribute, globs);
            }
        });
        return new ContextMatch(selected);
    }

    @Override
    public String toString() {
        return patterns.isEmpty() ? "everything" : patterns.toString();
    }
}
