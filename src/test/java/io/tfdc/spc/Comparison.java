package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects all deviations of one golden case, so that a failure shows the whole picture. */
final class Comparison {
    private final double tolerance;
    private final double scale;
    private final List<String> deviations = new ArrayList<>();
    private int compared;

    /**
     * @param tolerance relative
     * @param scale least magnitude that the tolerance refers to
     */
    Comparison(double tolerance, double scale) {
        this.tolerance = tolerance;
        this.scale = Double.isFinite(scale) ? Math.abs(scale) : 0;
    }

    /** An expected number that is null or missing means undefined, NaN here. */
    void number(String what, JsonNode expected, double actual) {
        number(what, expected, actual, 1);
    }

    void number(String what, JsonNode expected, double actual, double slack) {
        compare(what, expected.isNumber() ? expected.asDouble() : Double.NaN, actual, slack, scale);
    }

    /** For numbers without unit: the tolerance refers to at least 1. */
    void ratio(String what, JsonNode expected, double actual, double slack) {
        compare(what, expected.isNumber() ? expected.asDouble() : Double.NaN, actual, slack, 1);
    }

    void compare(String what, double expected, double actual, double slack, double least) {
        compared++;
        boolean same = Double.isNaN(expected)
                ? Double.isNaN(actual)
                : Math.abs(actual - expected) <= slack * tolerance * Math.max(Math.abs(expected), least);
        if (!same) {
            deviations.add(what + ": expected " + expected + ", found " + actual);
        }
    }

    void numbers(String what, JsonNode expected, double[] actual) {
        for (int i = 0; i < actual.length; i++) {
            number(what + " at " + (i + 1), expected.get(i), actual[i]);
        }
    }

    void equal(String what, Object expected, Object actual) {
        compared++;
        if (!expected.equals(actual)) {
            deviations.add(what + ": expected " + expected + ", found " + actual);
        }
    }

    void done() {
        assertTrue(compared > 0, "nothing compared");
        assertTrue(
                deviations.isEmpty(),
                () -> deviations.size() + " of " + compared + ": " + String.join("\n", deviations));
    }
}
