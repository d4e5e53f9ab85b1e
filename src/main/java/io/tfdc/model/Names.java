package io.tfdc.model;

import java.util.Map;
import java.util.regex.Pattern;

/** The checks that identifiers and labels from outside must pass. */
final class Names {
    /** Fits a NATS subject token, a key-value key and a {@code a:b:c} key without escaping. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");

    private Names() {}

    static String token(String what, String value, int maxLength) {
        if (value.isEmpty()
                || value.length() > maxLength
                || !TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    what + ": expected 1 to " + maxLength + " of A-Z a-z 0-9 _ -, found " + quoted(value));
        }
        return value;
    }

    static String text(String what, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(
                    what + ": expected at most " + maxLength + " characters, found " + value.length());
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + ": control characters are not allowed: " + quoted(value));
        }
        return value;
    }

    static String requiredText(String what, String value, int maxLength) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + ": must not be empty");
        }
        return text(what, value, maxLength);
    }

    static Map<String, String> labels(String what, Map<String, String> labels, int maxEntries) {
        if (labels.size() > maxEntries) {
            throw new IllegalArgumentException(
                    what + ": expected at most " + maxEntries + " entries, found " + labels.size());
        }
        labels.forEach((key, value) -> {
            token(what + " key", key, 64);
            text(what + "." + key, value, 256);
        });
        return Map.copyOf(labels);
    }

    private static String quoted(String value) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
