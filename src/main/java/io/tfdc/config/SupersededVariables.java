package io.tfdc.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Environment variables of existing deployments whose mechanism the coordination protocol has replaced by another. They are accepted and
 * checked, so that a deployment need not change at once, and every process that is started with one says at its start what holds instead.
 */
final class SupersededVariables {
    /** Kinds of value. */
    enum Kind {
        SECONDS(
                "a number of seconds",
                Pattern.compile("[0-9]{1,7}(\\.[0-9]{1,3})?").asMatchPredicate()),
        COUNT("a whole number", Pattern.compile("[0-9]{1,7}").asMatchPredicate());

        final String expected;
        final Predicate<String> matches;

        Kind(String expected, Predicate<String> matches) {
            this.expected = expected;
            this.matches = matches;
        }
    }

    /**
     * A variable without effect.
     *
     * @param instead what holds in its place, a sentence for people
     */
    record Superseded(Kind kind, String instead) {}

    static final Map<String, Superseded> ALL = all();

    private SupersededVariables() {}

    private static Map<String, Superseded> all() {
        Map<String, Superseded> all = new LinkedHashMap<>();
        all.put(
                "WEIGHT_REBALANCE_MAX_ITERATIONS",
                new Superseded(
                        Kind.COUNT,
                        "the phase of weights ends by itself, since a chamber moves at most once in a pass;"
                                + " `cluster.moveBudget` and `cluster.weightBudget` bound how much moves"));
        all.put(
                "SUBSCRIPTION_UPDATE_TIMEOUT_SECONDS",
                new Superseded(
                        Kind.SECONDS,
                        "`nats.requestTimeout` bounds a change of a consumer, `cluster.releaseDeadline` a hand-over"));
        all.put(
                "SUBSCRIPTION_RETRY_ATTEMPTS",
                new Superseded(Kind.COUNT, "a change of a consumer is tried until it is done or no longer wanted"));
        all.put(
                "SUBSCRIPTION_BACKOFF_SECONDS",
                new Superseded(Kind.SECONDS, "a refused consumer is tried again after 50 to 400 ms"));
        return Collections.unmodifiableMap(all);
    }

    /** Checks those that are set; yields them with what holds instead. */
    static Map<String, String> check(Map<String, String> environment, Problems problems) {
        Map<String, String> used = new LinkedHashMap<>();
        ALL.forEach((name, superseded) -> {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                used.put(name, superseded.instead());
                if (!superseded.kind().matches.test(value)) {
                    problems.add(
                            new Origin(Origin.Layer.ENVIRONMENT, name),
                            "",
                            "expected " + superseded.kind().expected + ", found \"" + value + '"');
                }
            }
        });
        return used;
    }
}
