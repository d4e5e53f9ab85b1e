package io.tfdc.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Environment variables of existing deployments that have no effect: of parts that come with later releases, or of mechanisms that this
 * program doesn't have (loops and retries that always go on). They are accepted and checked, so that a deployment need not change. A
 * part that arrives takes its names from here into its section.
 */
final class LaterVariables {
    /** Kinds of value. */
    enum Kind {
        SECONDS(
                "a number of seconds",
                Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,3})?").asMatchPredicate()),
        COUNT("a whole number", Pattern.compile("[0-9]{1,7}").asMatchPredicate()),
        FRACTION(
                "a number from 0 to 1",
                Pattern.compile("0?\\.[0-9]{1,6}|[01](\\.0{1,6})?").asMatchPredicate()),
        SWITCH("true or false", Pattern.compile("true|false").asMatchPredicate());

        final String expected;
        final Predicate<String> matches;

        Kind(String expected, Predicate<String> matches) {
            this.expected = expected;
            this.matches = matches;
        }
    }

    static final Map<String, Kind> ALL = all();

    private LaterVariables() {}

    private static Map<String, Kind> all() {
        Map<String, Kind> all = new LinkedHashMap<>();
        all.put("CRASH_IMMEDIATE", Kind.SWITCH);
        all.put("WEIGHT_REBALANCE_THRESHOLD", Kind.FRACTION);
        all.put("WEIGHT_REBALANCE_MAX_ITERATIONS", Kind.COUNT);
        all.put("WEIGHT_UPDATE_INTERVAL_SECONDS", Kind.SECONDS);
        all.put("SUBSCRIPTION_UPDATE_TIMEOUT_SECONDS", Kind.SECONDS);
        all.put("SUBSCRIPTION_RETRY_ATTEMPTS", Kind.COUNT);
        all.put("SUBSCRIPTION_BACKOFF_SECONDS", Kind.SECONDS);
        return Collections.unmodifiableMap(all);
    }

    /** Checks those that are set and returns their names. */
    static List<String> check(Map<String, String> environment, Problems problems) {
        List<String> used = new ArrayList<>();
        ALL.forEach((name, kind) -> {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                used.add(name);
                if (!kind.matches.test(value)) {
                    problems.add(
                            new Origin(Origin.Layer.ENVIRONMENT, name),
                            "",
                            "expected " + kind.expected + ", found \"" + value + '"');
                }
            }
        });
        return used;
    }
}
