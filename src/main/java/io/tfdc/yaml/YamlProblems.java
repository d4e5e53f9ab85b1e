package io.tfdc.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with one document, so that its author sees everything at once. For one thread. */
public final class YamlProblems {
    private static final int MAX_PROBLEMS = 200;

    private final List<YamlProblem> problems = new ArrayList<>();

    /** Notes a problem; from the 200th on they are dropped. */
    public void add(YamlPosition at, String message) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new YamlProblem(at, message));
        }
    }

    /** Notes the problems of a failed part. */
    public void addAll(YamlException failure) {
        failure.problems().forEach(problem -> add(problem.at(), problem.message()));
    }

    /** Runs a conversion; its problems are noted and the fallback returned if it fails. */
    public <T> T collect(Supplier<T> conversion, T fallback) {
        try {
            return conversion.get();
        } catch (YamlException e) {
            addAll(e);
            return fallback;
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** In the order of their lines. */
    public List<YamlProblem> list() {
        List<YamlProblem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt((YamlProblem p) -> p.at().line()).thenComparingInt(p -> p.at().column()));
        return List.copyOf(sorted);
    }

    /** @throws YamlException if anything was noted */
    public void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new YamlException(list());
        }
    }
}
