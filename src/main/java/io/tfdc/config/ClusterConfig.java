package io.tfdc.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** How processes share the chambers. */
@Section("How `run` processes share the chambers.")
public record ClusterConfig(
        @Setting(
                value =
                        "With `on` chambers are assigned to the members of the cluster; with `shadow` assignments are computed and"
                                + " reported but nothing is written or processed; with `off` one process alone takes every chamber.",
                byDefault = "on",
                env = "ASSIGNMENT_CONTROLLER_ENABLED",
                envSynonyms = {"true=on", "false=off"})
        Mode mode,

        @Setting(
                "Name of a further, separate cluster on the same broker: its buckets, private subjects, log of decisions and election end in it. Its `nats.stream` and the first token of its `nats.subject` must be its own too.")
        Optional<String> scope,

        @Setting(
                value = "Bucket of the map of assignments.",
                byDefault = "defender-assignments",
                env = "NATS_KV_ASSIGNMENTS")
        String assignmentsBucket,

        @Setting(value = "Bucket of heartbeats.", byDefault = "defender-heartbeats", env = "NATS_KV_HEARTBEATS")
        String heartbeatsBucket,

        @Setting(value = "Bucket of claims of ids.", byDefault = "stable-ids", env = "NATS_KV_STABLE_IDS")
        String stableIdsBucket,

        @Setting(
                value = "Most members; ids are `defender-0` up to this less one.",
                byDefault = "200",
                min = "1",
                max = "9999",
                env = {"MAX_DEFENDERS", "MAX_DEFENDER_COUNT"})
        int maxDefenders,

        @Setting(
                value =
                        "Intended number of members where neither the platform nor an operator tells it; 0 if it isn't known.",
                byDefault = "0",
                min = "0",
                max = "9999")
        int expectedSize,

        @Setting(
                value = "Between two heartbeats of a member; three missed ones make it dead.",
                byDefault = "2s",
                min = "500ms",
                max = "30s",
                env = "HEARTBEAT_INTERVAL_SECONDS",
                envUnit = "s")
        Duration heartbeatInterval,

        @Setting(
                value = "Longest wait for members when there is no map yet.",
                byDefault = "30s",
                min = "1s",
                max = "10m",
                env = {"COLD_START_WINDOW_SECONDS", "ASSIGNMENT_STABILIZATION_WINDOW_SECONDS"},
                envUnit = "s")
        Duration coldStartWindow,

        @Setting(
                value = "Longest wait for further joins and leaves.",
                byDefault = "10s",
                min = "1s",
                max = "10m",
                env = "SCALE_WINDOW_SECONDS",
                envUnit = "s")
        Duration scaleWindow,

        @Setting(
                value =
                        "How long losses of members are collected before their chambers are given to others; who is back by then"
                                + " keeps his. The old switch says `true` for the default and `false` for `10s`, a planned change's window.",
                byDefault = "250ms",
                min = "0s",
                max = "1m",
                env = "CRASH_IMMEDIATE",
                envSynonyms = {"true=250ms", "false=10s"})
        Duration crashWindow,

        @Setting(
                value = "A window closes early after so long without a change.",
                byDefault = "3s",
                min = "100ms",
                max = "1m")
        Duration quietTime,

        @Setting(
                value = "How long the chambers of a member that leaves wait for its replacement.",
                byDefault = "20s",
                min = "0s",
                max = "10m")
        Duration handoverGrace,

        @Setting(
                value = "How long a chamber that moves may be kept by its old owner; then its consumer is deleted.",
                byDefault = "25s",
                min = "1s",
                max = "10m")
        Duration releaseDeadline,

        @Setting(
                value =
                        "How to plan; `sticky` moves as few chambers as balance allows, `ring` is the hash ring with a phase of weights.",
                byDefault = "sticky")
        Planner planner,

        @Setting(
                value = "Points of a member on the hash ring.",
                byDefault = "200",
                min = "1",
                max = "10000",
                env = "ASSIGNMENT_VNODE_COUNT")
        int virtualNodes,

        @Setting(
                value = "Move chambers because their weights have changed.",
                byDefault = "true",
                env = "WEIGHT_REBALANCE_ENABLED")
        boolean weightRebalance,

        @Setting(
                value =
                        "How much more than the mean a member may weigh. With `sticky` changed weights move chambers only above it, by"
                                + " default 0.1; with `ring` it is the tolerance of the phase of weights, by default 0.2.",
                min = "0",
                max = "1",
                env = "WEIGHT_REBALANCE_THRESHOLD")
        Optional<Double> weightThreshold,

        @Setting(
                value = "Share of the chambers that may move in ten minutes because weights have changed.",
                byDefault = "0.01",
                min = "0",
                max = "1")
        double weightBudget,

        @Setting(
                value = "Share of the chambers that may move for balance when members come or go.",
                byDefault = "1",
                min = "0",
                max = "1")
        double moveBudget,

        @Setting(
                value =
                        "How long weights read from the store are used; chambers that only have notifications are looked for more often.",
                byDefault = "1h",
                min = "1s",
                max = "7d",
                env = "WEIGHT_CACHE_TTL_SECONDS",
                envUnit = "s")
        Duration weightCacheTtl,

        @Setting(
                value =
                        "Age at which a chamber's weight in the store is replaced by the mean of its latest runs; one that is missing is"
                                + " written after three runs. Looked at 24 times in it; 0s leaves the store's weights alone.",
                byDefault = "1d",
                min = "0s",
                max = "90d",
                env = "WEIGHT_UPDATE_INTERVAL_SECONDS",
                envUnit = "s")
        Duration weightUpdateInterval) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String NAMED = "1 to 64 of A-Z a-z 0-9 _ -";

    /** Whether chambers are assigned. */
    public enum Mode {
        ON,
        SHADOW,
        OFF
    }

    /** Ways to plan. */
    public enum Planner {
        STICKY,
        RING
    }

    public ClusterConfig {
        new Checks(
                        ClusterConfig.class,
                        mode,
                        scope,
                        assignmentsBucket,
                        heartbeatsBucket,
                        stableIdsBucket,
                        maxDefenders,
                        expectedSize,
                        heartbeatInterval,
                        coldStartWindow,
                        scaleWindow,
                        crashWindow,
                        quietTime,
                        handoverGrace,
                        releaseDeadline,
                        planner,
                        virtualNodes,
                        weightRebalance,
                        weightThreshold,
                        weightBudget,
                        moveBudget,
                        weightCacheTtl,
                        weightUpdateInterval)
                .require(scope.map(text -> NAME.matcher(text).matches()).orElse(true), "scope", NAMED)
                .require(NAME.matcher(assignmentsBucket).matches(), "assignmentsBucket", NAMED)
                .require(NAME.matcher(heartbeatsBucket).matches(), "heartbeatsBucket", NAMED)
                .require(NAME.matcher(stableIdsBucket).matches(), "stableIdsBucket", NAMED)
                .require(expectedSize <= maxDefenders, "expectedSize", "at most maxDefenders")
                .done();
    }

    /** A name on the broker, made this cluster's own. */
    public String scoped(String name) {
        return scope.map(text -> name + '-' + text).orElse(name);
    }
}
