package io.tfdc.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A document is refused; the message has one line per problem. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<YamlProblem> problems;

    /** @param problems at least one, in the order to be shown */
    public YamlException(List<YamlProblem> problems) {
        super(problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    YamlException(YamlPosition at, String message) {
        this(List.of(new YamlProblem(at, message)));
    }

    /** All that is wrong, in document order where the reader could go on. */
    public List<YamlProblem> problems() {
        return problems;
    }
}
