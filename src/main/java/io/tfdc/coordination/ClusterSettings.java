package io.tfdc.coordination;

import java.time.Duration;

/**
 * Times and bounds of the protocol; see the decision record for what each is for.
 *
 * @param heartbeatInterval between heartbeats and renewals of the claim
 * @param missedHeartbeats heartbeats missed until a member is dead
 * @param leaseMargin how much earlier a member stops by itself
 * @param claimTtl time to live of claims in their bucket
 * @param claimDeadline a claim not renewed for so long is lost
 * @param maxMembers ids are 0 to this less one
 * @param probeInterval between the leader's questions to each member
 * @param probeConfirm no responders for so long is a crash
 * @param crashCoalesce crashes so close together are one
 * @param massLossShare share of the members, 0 to 1, whose sudden loss is doubted
 * @param massLossConfirm how long it is doubted
 * @param coldStartWindow ceiling of the wait at a cold start
 * @param scaleWindow ceiling of the wait for further changes
 * @param quietTime a window closes early after so long without a change
 * @param handoverGrace how long a leaver's chambers wait for its replacement
 * @param releaseDeadline how long a planned move may take to drain
 * @param drainBudget time to finish what is at work at shutdown
 * @param prefetchBudget longest wait for history before a slice is opened
 * @param maxSlices above this a member merges slices
 * @param mergeQuiet the map must not have changed for so long
 * @param grayAfter work older than this, with healthy peers, makes a member gray
 * @param expectedSize intended number of members, 0 if not known
 */
public record ClusterSettings(
        Duration heartbeatInterval,
        int missedHeartbeats,
        Duration leaseMargin,
        Duration claimTtl,
        Duration claimDeadline,
        int maxMembers,
        Duration probeInterval,
        Duration probeConfirm,
        Duration crashCoalesce,
        double massLossShare,
        Duration massLossConfirm,
        Duration coldStartWindow,
        Duration scaleWindow,
        Duration quietTime,
        Duration handoverGrace,
        Duration releaseDeadline,
        Duration drainBudget,
        Duration prefetchBudget,
        int maxSlices,
        Duration mergeQuiet,
        Duration grayAfter,
        int expectedSize) {

    /** Far more than what clocks of different rates drift apart while a member is doubted. */
    private static final Duration CONTACT_MARGIN = Duration.ofMillis(100);

    public static final ClusterSettings DEFAULT = new ClusterSettings(
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            200,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            0.25,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(20),
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            0);

    /** How often cores are told the time at least. */
    public static final Duration TICK = Duration.ofMillis(100);

    public ClusterSettings {
        if (missedHeartbeats < 1 || maxMembers < 1 || maxSlices < 2 || expectedSize < 0) {
            throw new IllegalArgumentException(
                    "cluster: expected missedHeartbeats >= 1, maxMembers >= 1, maxSlices >= 2,"
                            + " expectedSize >= 0, found " + missedHeartbeats + ", " + maxMembers + ", " + maxSlices
                            + ", "
                            + expectedSize);
        }
        if (probeConfirm.compareTo(CONTACT_MARGIN) <= 0) {
            throw new IllegalArgumentException("cluster: expected probeConfirm above " + CONTACT_MARGIN);
        }
        if (leaseMargin.compareTo(heartbeatInterval.multipliedBy(missedHeartbeats)) >= 0
                || claimDeadline.compareTo(claimTtl) >= 0) {
            throw new IllegalArgumentException("cluster: expected leaseMargin below " + missedHeartbeats
                    + " heartbeats and claimDeadline below claimTtl");
        }
    }

    /** Silence after which the leader declares a member dead. */
    public Duration crashLimit() {
        return heartbeatInterval.multipliedBy(missedHeartbeats);
    }

    /** How long a member works on after an acknowledged heartbeat was sent. */
    public Duration lease() {
        return crashLimit().minus(leaseMargin);
    }

    /**
     * How long after an acknowledged heartbeat was sent a member begins and stores without asking anew. Where nobody answers for it the leader
     * takes it for gone after {@link #probeConfirm}, whatever is left of its lease.
     */
    public Duration contact() {
        return probeConfirm.minus(CONTACT_MARGIN);
    }
}
