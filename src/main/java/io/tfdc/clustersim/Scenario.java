package io.tfdc.clustersim;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.leader.LeaderSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is simulated. Equal scenarios give equal runs.
 *
 * @param seed seed of all chance
 * @param members pods at the beginning
 * @param chambers number of chambers
 * @param duration virtual time in which faults happen; the run goes on until the cluster is at rest
 * @param faults kinds of faults that may happen
 * @param faultGap mean time between faults
 * @param flavour which broker
 * @param sizeKnown whether the leader is told the intended number of members
 * @param clockSkew greatest difference of the rate of a process's clock, as a share
 * @param runInterval mean time between two runs of a chamber
 * @param work how long runs take
 * @param cluster settings of the protocol
 * @param leading settings of planning
 * @param sabotage a bug to have, for proofs that the checks can fail
 */
public record Scenario(
        long seed,
        int members,
        int chambers,
        Duration duration,
        Set<FaultKind> faults,
        Duration faultGap,
        BrokerFlavour flavour,
        boolean sizeKnown,
        double clockSkew,
        Duration runInterval,
        Work work,
        ClusterSettings cluster,
        LeaderSettings leading,
        Sabotage sabotage) {

    public Scenario {
        if (members < 1 || members > cluster.maxMembers() || chambers < 1 || duration.isNegative()) {
            throw new IllegalArgumentException("scenario: expected 1 to " + cluster.maxMembers()
                    + " members, at least one chamber and no negative duration, found " + members + ", " + chambers
                    + ", " + duration);
        }
        faults = faults.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(faults));
    }

    /** How long runs take: nearly all {@code shortest} to {@code usual}, a share up to {@code longest}. */
    public record Work(Duration shortest, Duration usual, Duration longest, double longShare) {
        public static final Work DEFAULT =
                new Work(Duration.ofMillis(50), Duration.ofMillis(1_200), Duration.ofMillis(6_000), 0.05);
    }

    /** A scenario of which flavour of broker and knowledge of the size are drawn by the seed, too. */
    public static Scenario of(long seed, int members, int chambers, Duration duration, Set<FaultKind> faults) {
        Chance chance = new Chance(~seed);
        return new Scenario(
                seed,
                members,
                chambers,
                duration,
                faults,
                Duration.ofSeconds(20),
                chance.happens(0.5) ? BrokerFlavour.CLUSTER : BrokerFlavour.STANDALONE,
                chance.happens(0.5),
                0.02,
                Duration.ofSeconds(Math.max(5, chambers / 10)),
                Work.DEFAULT,
                ClusterSettings.DEFAULT,
                LeaderSettings.DEFAULT,
                Sabotage.NONE);
    }

    /** A scenario of 3 to 8 members and 20 to 60 chambers, as the seed wants it. */
    public static Scenario random(long seed, Duration duration, Set<FaultKind> faults) {
        Chance chance = new Chance(31 * seed);
        return of(seed, chance.between(3, 8), chance.between(20, 60), duration, faults);
    }

    public Scenario with(Work duration) {
        return new Scenario(
                seed,
                members,
                chambers,
                this.duration,
                faults,
                faultGap,
                flavour,
                sizeKnown,
                clockSkew,
                runInterval,
                duration,
                cluster,
                leading,
                sabotage);
    }

    public Scenario with(Sabotage bug) {
        return new Scenario(
                seed,
                members,
                chambers,
                duration,
                faults,
                faultGap,
                flavour,
                sizeKnown,
                clockSkew,
                runInterval,
                work,
                cluster,
                leading,
                bug);
    }

    public Scenario with(BrokerFlavour broker) {
        return new Scenario(
                seed,
                members,
                chambers,
                duration,
                faults,
                faultGap,
                broker,
                sizeKnown,
                clockSkew,
                runInterval,
                work,
                cluster,
                leading,
                sabotage);
    }
}
