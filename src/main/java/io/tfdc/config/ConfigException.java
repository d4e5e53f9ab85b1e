package io.tfdc.config;

import java.util.List;

/** The configuration is refused; the message has one line per problem, each with its origin, path and what was expected. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one line. */
    public List<String> problems() {
        return problems;
    }
}
