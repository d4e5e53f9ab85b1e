package io.tfdc.api;

import io.tfdc.model.ChamberId;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * How this process stands, for {@code /api/v1/status} and {@code /api/v1/assignments}.
 *
 * @param defenderId its stable id, {@code standalone} without a cluster
 * @param podName name of its pod, may be empty
 * @param state its state in words
 * @param leader whether it leads
 * @param assignmentVersion version of the map that it follows, 0 without
 * @param owned number of its chambers, empty if it serves all
 * @param owns whether a chamber is its own
 */
public record NodeStatus(
        String defenderId,
        String podName,
        String state,
        boolean leader,
        long assignmentVersion,
        OptionalInt owned,
        Predicate<ChamberId> owns) {
    /** A process that serves all chambers. */
    public static NodeStatus standalone(String podName, String state) {
        return new NodeStatus("standalone", podName, state, false, 0, OptionalInt.empty(), chamber -> true);
    }
}
