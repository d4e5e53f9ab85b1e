package io.tfdc.coordination;

import java.time.Instant;

/**
 * Who leads, stored under {@link #KEY} in the bucket of assignments.
 *
 * @param epoch grows by one with every leader; the fencing token of all its writes
 * @param leader the leader's id
 * @param incarnation its incarnation
 * @param since time of day
 */
public record LeaderRecord(long epoch, StableId leader, String incarnation, Instant since) {
    public static final String KEY = "leader";
}
