package io.tfdc.config;

import java.util.List;
import java.util.stream.Collectors;

/** The values of a section are wrong or don't fit together. */
public final class InvalidSettingsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    InvalidSettingsException(String section, List<Violation> violations) {
        super(violations.stream()
                .map(violation -> section + '.' + violation.key() + ": " + violation.message())
                .collect(Collectors.joining("; ")));
        this.violations = violations;
    }

    List<Violation> violations() {
        return violations;
    }

    /**
     * @param key component of the section
     * @param message what was expected and found
     */
    record Violation(String key, String message) {}
}
