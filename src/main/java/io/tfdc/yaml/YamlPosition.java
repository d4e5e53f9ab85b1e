package io.tfdc.yaml;

/**
 * Where a node stands.
 *
 * @param source name of the text, a file name as a rule
 * @param line from 1
 * @param column from 1
 * @param path keys and indexes from the root, e.g. {@code rules[2].when.any[0]}; empty for the root
 */
public record YamlPosition(String source, int line, int column, String path) {

    YamlPosition child(String key, int childLine, int childColumn) {
        boolean plain = !key.isEmpty()
                && key.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'));
        String step = plain ? (path.isEmpty() ? key : '.' + key) : "[\"" + key + "\"]";
        return new YamlPosition(source, childLine, childColumn, path + step);
    }

    YamlPosition child(int index, int childLine, int childColumn) {
        return new YamlPosition(source, childLine, childColumn, path + '[' + index + ']');
    }

    /** {@code source:line:column: path}. */
    @Override
    public String toString() {
        return source + ':' + line + ':' + column + (path.isEmpty() ? "" : ": " + path);
    }
}
