package io.tfdc.strategy;

import io.tfdc.yaml.YamlProblem;
import java.util.List;
import java.util.stream.Collectors;

/** Strategy documents are refused; the message has one line {@code name:line:column: path: problem} per problem. */
public final class StrategyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<YamlProblem> problems;

    StrategyException(List<YamlProblem> problems) {
        super(problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, by document and line. */
    public List<YamlProblem> problems() {
        return problems;
    }
}
