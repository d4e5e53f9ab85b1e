package io.tfdc.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A single value as it is written; what it means is decided by who asks.
 *
 * @param at where
 * @param text the characters, escapes resolved
 * @param plain whether it stands without quotes: only then it can be null, a number or a truth value
 */
public record YamlScalar(YamlPosition at, String text, boolean plain) implements YamlNode {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

    @Override
    public String describe() {
        if (isNullScalar()) {
            return "nothing";
        }
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        shown = shown.replaceAll("\\p{Cntrl}", " ");
        return plain && (isBoolean() || Numbers.decimal(text).isPresent()) ? shown : "the text \"" + shown + '"';
    }

    boolean isNullScalar() {
        return plain && NULLS.contains(text);
    }

    /** Whether it reads as {@code true} or {@code false}. */
    public boolean isBoolean() {
        return plain && (TRUE.contains(text) || FALSE.contains(text));
    }

    /** Whether it reads as a number. */
    public boolean isNumber() {
        return plain && Numbers.decimal(text).isPresent();
    }

    boolean toBoolean() {
        if (!isBoolean()) {
            throw expected("true or false");
        }
        return TRUE.contains(text);
    }

    long toLong(long min, long max) {
        String what = min == Integer.MIN_VALUE && max == Integer.MAX_VALUE
                ? "an integer"
                : "an integer from " + min + " to " + max;
        long value = (plain ? Numbers.integer(text) : Optional.<Long>empty()).orElseThrow(() -> expected(what));
        if (value < min || value > max) {
            throw expected(what);
        }
        return value;
    }

    double toDouble() {
        return (plain ? Numbers.decimal(text) : Optional.<Double>empty()).orElseThrow(() -> expected("a number"));
    }

    Duration toDuration() {
        return Numbers.duration(text).orElseThrow(() -> expected("a duration such as 2s or 500ms"));
    }
}
