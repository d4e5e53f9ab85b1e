package io.tfdc.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Environment variables of existing deployments whose parts (election, coordination, assignment) come with later releases.
 * They are accepted and checked, so that a deployment need not change, and have no effect. A part that arrives takes its
 * names from here into its section.
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
        SWITCH("true or false", Pattern.compile("true|false").asMatchPredicate()),
        MODE(
                "true, false, off, shadow or on",
                Pattern.compile("true|false|off|shadow|on").asMatchPredicate()),
        NAME(
                "1 to 64 of A-Z a-z 0-9 . _ -",
                Pattern.compile("[A-Za-z0-9._-]{1,64}").asMatchPredicate()),
        ADDRESS(
                "host:port, several separated by commas",
                Pattern.compile("[^\\s,:]+:[0-9]{1,5}(,[^\\s,:]+:[0-9]{1,5})*").asMatchPredicate());

        final String expected;
        final Predicate<String> matches;

        Kind(String expected, Predicate<String> matches) {
            this.expected = expected;
            this.matches = matches;
        }
    }

    static final Map<String, Kind> ALL = all();

    /** Other names of a variable, by the other name. */
    static final Map<String, String> ALIASES = Map.of(
            "MAX_DEFENDER_COUNT", "MAX_DEFENDERS",
            "ASSIGNMENT_STABILIZATION_WINDOW_SECONDS", "COLD_START_WINDOW_SECONDS");

    private LaterVariables() {}

    private static Map<String, Kind> all() {
        Map<String, Kind> all = new LinkedHashMap<>();
        all.put("NATS_KV_ASSIGNMENTS", Kind.NAME);
        all.put("NATS_KV_HEARTBEATS", Kind.NAME);
        all.put("NATS_KV_STABLE_IDS", Kind.NAME);
        all.put("ELECTION_AGENT_ADDR", Kind.ADDRESS);
        all.put("ELECTION_TTL_SECONDS", Kind.SECONDS);
        all.put("MAX_DEFENDERS", Kind.COUNT);
        all.put("MAX_DEFENDER_COUNT", Kind.COUNT);
        all.put("HEARTBEAT_INTERVAL_SECONDS", Kind.SECONDS);
        all.put("COLD_START_WINDOW_SECONDS", Kind.SECONDS);
        all.put("ASSIGNMENT_STABILIZATION_WINDOW_SECONDS", Kind.SECONDS);
        all.put("SCALE_WINDOW_SECONDS", Kind.SECONDS);
        all.put("CRASH_IMMEDIATE", Kind.SWITCH);
        all.put("ASSIGNMENT_CONTROLLER_ENABLED", Kind.MODE);
        all.put("ASSIGNMENT_VNODE_COUNT", Kind.COUNT);
        all.put("WEIGHT_REBALANCE_ENABLED", Kind.SWITCH);
        all.put("WEIGHT_REBALANCE_THRESHOLD", Kind.FRACTION);
        all.put("WEIGHT_REBALANCE_MAX_ITERATIONS", Kind.COUNT);
        all.put("WEIGHT_CACHE_TTL_SECONDS", Kind.SECONDS);
        all.put("WEIGHT_UPDATE_INTERVAL_SECONDS", Kind.SECONDS);
        all.put("SUBSCRIPTION_UPDATE_TIMEOUT_SECONDS", Kind.SECONDS);
        all.put("SUBSCRIPTION_RETRY_ATTEMPTS", Kind.COUNT);
        all.put("SUBSCRIPTION_BACKOFF_SECONDS", Kind.SECONDS);
        all.put("DEPLOYMENT_COLOR", Kind.NAME);
        return Collections.unmodifiableMap(all);
    }

    /** Checks those that are set, aliases against each other too, and returns their names. */
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
        ALIASES.forEach((alias, name) -> same(environment, name, alias, problems));
        return used;
    }

    private static void same(Map<String, String> environment, String name, String alias, Problems problems) {
        String value = environment.getOrDefault(name, "").strip();
        String other = environment.getOrDefault(alias, "").strip();
        if (!value.isEmpty() && !other.isEmpty() && !value.equals(other)) {
            problems.add(
                    new Origin(Origin.Layer.ENVIRONMENT, alias),
                    "",
                    "is another name of " + name + ", expected its value \"" + value + "\", found \"" + other + '"');
        }
    }
}
