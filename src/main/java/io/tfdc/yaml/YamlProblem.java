package io.tfdc.yaml;

/**
 * One thing wrong with a document.
 *
 * @param at where
 * @param message what was expected and what was found
 */
public record YamlProblem(YamlPosition at, String message) {
    /** {@code source:line:column: path: message}. */
    @Override
    public String toString() {
        return at + ": " + message;
    }
}
