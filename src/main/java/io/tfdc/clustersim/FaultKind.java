package io.tfdc.clustersim;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What can go wrong, or be done to the cluster on purpose. Each kind has a bound: after so long every chamber has an active consumer again. It
 * follows from the protocol's times: crash limit 6 s, probe 1.5 s, term of election 3 s, mass-loss doubt 2 s, grace of a replacement 20 s,
 * deadline of a release 25 s.
 */
public enum FaultKind {
    /** A container is killed and restarts in its pod. */
    CRASH(10, false),
    /** A pod is lost with its node and comes again elsewhere. */
    POD_LOSS(10, false),
    /** Several pods are lost at once. */
    NODE_LOSS(14, false),
    /** A process is stopped for a while and goes on, as by SIGSTOP or a long collection. */
    FREEZE(16, false),
    /** A process loses its connection to the broker for a while. */
    PARTITION(18, false),
    /** A connection to the broker breaks and is there again at once. */
    BLIP(12, false),
    /** The broker gives up a connection, and the process does not notice. */
    HALF_OPEN(20, false),
    /** A process can't reach the store for a while. */
    STORE_PARTITION(30, false),
    /** A process can't reach the election service for a while. */
    ELECTION_PARTITION(12, false),
    /** A process is slow for a while. */
    SLOW(45, false),
    /** A pod is deleted and replaced. */
    SIGTERM(26, true),
    /** A rolling update that starts new pods before old ones end. */
    ROLLING_SURGE(26, true),
    /** A rolling update that ends old pods first. */
    ROLLING_UNAVAILABLE(26, true),
    SCALE_UP(45, true),
    SCALE_DOWN(45, true),
    /** An operator drains, pauses, pins, rebalances ... */
    OPERATOR(45, true),
    /** A process is not told of changes in the buckets for a while, although its connection stands. */
    STALE_WATCH(45, false),
    /** A consumer is deleted by somebody else. */
    CONSUMER_DELETED(8, false),
    /** The broker is away for a while. */
    BROKER_OUTAGE(20, false),
    /** The broker changes its own leaders: requests fail for a while, or take long. */
    BROKER_FLAKY(20, false),
    /** The leader is killed. */
    LEADER_CRASH(16, false),
    /** The leader is stopped for a while. */
    LEADER_FREEZE(20, false),
    /** The leader is cut off from the broker for a while, but not from the election service. */
    LEADER_PARTITION(20, false),
    /** The leader is killed between two steps. */
    LEADER_STEP(16, false),
    /** A member is killed between two steps. */
    MEMBER_STEP(14, false),
    /** The start of everything. */
    COLD_START(38, true);

    private final Duration bound;
    private final boolean planned;

    FaultKind(int seconds, boolean planned) {
        this.bound = Duration.ofSeconds(seconds);
        this.planned = planned;
    }

    /** After so long everything is covered again, if nothing else happens. */
    public Duration bound() {
        return bound;
    }

    /** Whether it is done on purpose and nothing may be disturbed by it. */
    public boolean isPlanned() {
        return planned;
    }

    /** As on the command line: {@code leader-crash}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All that can be asked for. */
    public static Set<FaultKind> all() {
        return EnumSet.complementOf(EnumSet.of(COLD_START));
    }
}
