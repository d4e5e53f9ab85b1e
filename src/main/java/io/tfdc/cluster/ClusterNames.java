package io.tfdc.cluster;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.Streams;
import java.time.Duration;

/**
 * What a cluster calls its things on the broker. Two clusters on one broker differ in all of them.
 *
 * @param prefix first token of its plain subjects and of the decisions' subject
 * @param assignments bucket of the map, the leader record, releases and operators' wishes
 * @param heartbeats bucket of heartbeats
 * @param claims bucket of claims of ids
 * @param decisions stream of decisions
 * @param transitions stream of the states that processes were in
 */
public record ClusterNames(
        String prefix, String assignments, String heartbeats, String claims, String decisions, String transitions) {
    public static final ClusterNames DEFAULT = new ClusterNames(
            "defender",
            "defender-assignments",
            "defender-heartbeats",
            "stable-ids",
            "defender-decisions",
            "defender-transitions");

    private static final int MAP_HISTORY = 10;
    private static final int MAX_MAP_BYTES = 1 << 20;
    private static final int MAX_SMALL_BYTES = 1 << 10;

    /** Where an incarnation is probed and gets grants and offers. */
    String memberSubject(String incarnation) {
        return prefix + ".member." + incarnation;
    }

    /** Where operators ask and the leader answers. */
    String operatorSubject() {
        return prefix + ".operator";
    }

    /** Where decisions are stored. */
    String decisionSubject() {
        return prefix + ".decision";
    }

    /** Where states are stored. */
    String transitionSubject() {
        return prefix + ".transition";
    }

    BucketConfig assignmentsBucket(int replicas) {
        return new BucketConfig(assignments, Duration.ZERO, MAP_HISTORY, MAX_MAP_BYTES, replicas);
    }

    BucketConfig heartbeatsBucket(ClusterSettings settings, int replicas) {
        return new BucketConfig(heartbeats, settings.claimTtl(), 1, MAX_SMALL_BYTES, replicas);
    }

    BucketConfig claimsBucket(ClusterSettings settings, int replicas) {
        return new BucketConfig(claims, settings.claimTtl(), 1, MAX_SMALL_BYTES, replicas);
    }

    StreamConfig decisionsStream(int replicas) {
        return Streams.decisions(decisions, decisionSubject(), replicas);
    }

    StreamConfig transitionsStream(int replicas) {
        return Streams.transitions(transitions, transitionSubject(), replicas);
    }

    /** Versions of {@link AssignmentMap} that are kept. */
    static int mapHistory() {
        return MAP_HISTORY;
    }
}
