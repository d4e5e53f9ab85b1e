package io.tfdc.yaml;

import java.time.Duration;

/** A node of a document. Conversions fail with {@link YamlException} that says where and what was expected. */
public sealed interface YamlNode permits YamlScalar, YamlSequence, YamlMapping {
    /** Where the node begins. */
    YamlPosition at();

    /** What it is, in words for an error message: {@code a list}, {@code the text "abc"}. */
    String describe();

    default YamlException expected(String what) {
        return new YamlException(at(), "expected " + what + ", found " + describe());
    }

    default YamlMapping asMapping() {
        if (this instanceof YamlMapping mapping) {
            return mapping;
        }
        throw expected("a mapping");
    }

    default YamlSequence asSequence() {
        if (this instanceof YamlSequence sequence) {
            return sequence;
        }
        throw expected("a list");
    }

    default YamlScalar asScalar() {
        if (this instanceof YamlScalar scalar) {
            return scalar;
        }
        throw expected("a single value");
    }

    /** Whether it is {@code null}, {@code ~} or nothing. */
    default boolean isNull() {
        return this instanceof YamlScalar scalar && scalar.isNullScalar();
    }

    /** Any single value but null as it is written. */
    default String asText() {
        if (this instanceof YamlScalar scalar && !scalar.isNullScalar()) {
            return scalar.text();
        }
        throw expected("a text");
    }

    /** {@code true} or {@code false}. */
    default boolean asBoolean() {
        return this instanceof YamlScalar scalar ? scalar.toBoolean() : raise("true or false");
    }

    /** An integer, decimal, {@code 0x} or {@code 0o}. */
    default int asInt() {
        return asInt(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** An integer within the bounds, both included. */
    default int asInt(int min, int max) {
        return (int) asLong(min, max);
    }

    /** An integer within the bounds, both included. */
    default long asLong(long min, long max) {
        return this instanceof YamlScalar scalar ? scalar.toLong(min, max) : raise("an integer");
    }

    /** A number; {@code .inf}, {@code -.inf} and {@code .nan} are numbers too. */
    default double asDouble() {
        return this instanceof YamlScalar scalar ? scalar.toDouble() : raise("a number");
    }

    /** A finite number within the bounds, both included. */
    default double asDouble(double min, double max) {
        double value = asDouble();
        if (value >= min && value <= max && Double.isFinite(value)) {
            return value;
        }
        throw expected("a number from " + Numbers.plain(min) + " to " + Numbers.plain(max));
    }

    /** A length of time such as {@code 500ms}, {@code 2s}, {@code 1.5m}, {@code 24h}, {@code 3d}, {@code 0}; never negative. */
    default Duration asDuration() {
        return this instanceof YamlScalar scalar ? scalar.toDuration() : raise("a duration such as 2s or 500ms");
    }

    private <T> T raise(String what) {
        throw expected(what);
    }
}
