package io.tfdc.model;

import java.util.Map;

/** The checks that identifiers and labels from outside must pass. */
final class Names {
    private Names() {}

    static String token(String what, String value, int maxLength) {
        if (value.isEmpty() || value.length() > maxLength || !isToken(value)) {
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
        if (hasControlCharacter(value)) {
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

    /** Letters, digits, {@code _} and {@code -} fit a NATS subject token, a key-value key and a {@code a:b:c} key. */
    private static boolean isToken(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasControlCharacter(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static String quoted(String value) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
