package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.election.grpc.AgentElection;
import io.tfdc.model.ChamberId;
import io.tfdc.scenarios.ClusterWatch.Claim;
import io.tfdc.scenarios.ClusterWatch.Leader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What may happen to members, done to a steady cluster and measured. Each act ends with a steady cluster. */
final class FaultActs {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final ClusterScenario scenario;
    private final ClusterWatch watch;
    private final Ledger ledger;
    private final Random random;

    FaultActs(ClusterScenario scenario, Random random) {
        this.scenario = scenario;
        this.watch = scenario.watch;
        this.ledger = scenario.ledger;
        this.random = random;
    }

    /**
     * What the loss of members cost.
     *
     * @param detected from the fault to the deletion of the lost ones' consumers
     * @param recovered from the fault to the first execution by others, of each of their chambers
     * @param movedBeyond chambers that moved although their owner lives
     * @param versions versions of the map that it took
     */
    record Loss(Duration detected, Distribution recovered, int movedBeyond, long versions) {
        Measurement into(Measurement measurement) {
            return measurement
                    .put("detected", detected)
                    .put("recovered", recovered)
                    .put("movedBeyondOrphans", movedBeyond)
                    .put("versions", versions);
        }
    }

    /** A ready pod that doesn't lead, at random. */
    Pod anyFollower(Deployment deployment) {
        return anyFollowers(deployment, 1).get(0);
    }

    List<Pod> anyFollowers(Deployment deployment, int count) {
        List<Pod> followers = new ArrayList<>(deployment.active());
        followers.remove(watch.leadingPod(followers));
        followers.removeIf(pod -> !pod.isReady() || watch.claimOf(pod).isEmpty());
        java.util.Collections.shuffle(followers, random);
        return followers.subList(0, count);
    }

    /** SIGKILL of pods with their nodes; they are not replaced. */
    Loss kill(Deployment deployment, List<Pod> victims) {
        return lose(deployment.active().size() - victims.size(), victims, () -> victims.forEach(deployment::loseNode));
    }

    /**
     * A fault that takes members away, watched until the others serve all of their chambers.
     *
     * @param left members that are to own everything then
     */
    Loss lose(int left, List<Pod> victims, Runnable fault) {
        MapVersion before = watch.map();
        Set<ChamberId> orphans = new TreeSet<>();
        Set<String> processes = new TreeSet<>();
        List<String> incarnations = new ArrayList<>();
        for (Pod victim : victims) {
            Claim claim = claim(victim);
            orphans.addAll(before.ownedBy(claim.id()));
            incarnations.add(claim.incarnation());
            processes.add(victim.process());
        }
        Instant at = Instant.now();
        fault.run();
        MapVersion after = scenario.awaitSteady(left, LIMIT);
        Await.until(
                "orphans are served",
                LIMIT,
                () -> ledger.recoveries(orphans, at, processes).sorted().size() == orphans.size());
        Duration detected = incarnations.stream()
                .map(incarnation -> watch.fencedAfter(incarnation, at)
                        .orElseThrow(() -> new AssertionError("no consumer of " + incarnation + " was deleted")))
                .map(fenced -> Duration.between(at, fenced))
                .max(Duration::compareTo)
                .orElseThrow();
        return new Loss(
                detected,
                ledger.recoveries(orphans, at, processes),
                after.movedSince(before) - orphans.size(),
                watch.versionsAfter(at));
    }

    /**
     * SIGSTOP, and SIGCONT after a while.
     *
     * @param loss what it cost
     * @param lateEffects runs of others, or published after SIGSTOP, that the zombie settled after SIGCONT before it was a member again
     * @param lateAnswers runs that it had settled before SIGSTOP and told of after SIGCONT
     */
    record Freeze(Loss loss, long lateEffects, long lateAnswers) {}

    /** Freezes a pod for at least so long; it comes back and is a member again. */
    Freeze freeze(Deployment deployment, Pod pod, Duration length) {
        int members = deployment.active().size();
        Claim claim = claim(pod);
        String boot = claim.incarnation().substring(0, claim.incarnation().lastIndexOf('x'));
        Instant frozen = Instant.now();
        Loss loss = lose(members - 1, List.of(pod), pod::freeze);
        Await.pass(Duration.between(Instant.now(), frozen.plus(length)));
        Instant thawed = Instant.now();
        pod.thaw();
        scenario.awaitSteady(members, LIMIT);
        Instant working = watch.consumers().stream()
                .filter(change -> change.created()
                        && change.consumer().contains('-' + boot + 'x')
                        && change.at().isAfter(thawed))
                .map(ClusterWatch.ConsumerChange::at)
                .findFirst()
                .orElse(Instant.MAX);
        Predicate<Ledger.Execution> late = execution -> execution.process().equals(pod.process())
                && execution.settled()
                && execution.at().isAfter(thawed)
                && execution.at().isBefore(working);
        long effects = ledger.ofRunsOfOthers(frozen, late);
        return new Freeze(loss, effects, ledger.executions(late) - effects);
    }

    /**
     * A change of leaders.
     *
     * @param elected from the fault to the new leader's record
     * @param published from the fault to the first map of its epoch
     */
    record Succession(Duration elected, Duration published) {
        Measurement into(Measurement measurement) {
            return measurement.put("elected", elected).put("newLeadersMap", published);
        }

        static Measurement all(List<Succession> successions, Measurement measurement) {
            return measurement
                    .put("repetitions", successions.size())
                    .put(
                            "elected",
                            Distribution.of(successions.stream()
                                    .map(Succession::elected)
                                    .toList()))
                    .put(
                            "newLeadersMap",
                            Distribution.of(successions.stream()
                                    .map(Succession::published)
                                    .toList()));
        }
    }

    /** Waits for the successor of a leader that was there before a fault. */
    Succession succession(Leader old, Instant at) {
        Await.until("a new leader", LIMIT, () -> watch.leader().epoch() > old.epoch());
        Await.until("a new leader's map", LIMIT, () -> watch.map().epoch() > old.epoch());
        Instant elected = watch.leaders().stream()
                .filter(leader -> leader.epoch() > old.epoch())
                .findFirst()
                .orElseThrow()
                .seenAt();
        Instant published = watch.maps().stream()
                .filter(map -> map.epoch() > old.epoch())
                .findFirst()
                .orElseThrow()
                .seenAt();
        return new Succession(Duration.between(at, elected), Duration.between(at, published));
    }

    /** The leader's term is ended at the agents, as {@code election resign} does; its process goes on as a follower. */
    Succession resign(AgentElection agents) {
        Leader old = watch.leader();
        String name = await(agents.leader()).orElseThrow(() -> new AssertionError("nobody leads at the agents"));
        scenario.timeline.add("operator", "let " + name + " resign");
        Instant at = Instant.now();
        await(agents.resignIfLeading(
                name)); // "false" from a busy agent is a second question, after another was elected
        return succession(old, at);
    }

    /** The leader's pod ends in order (SIGTERM) and is replaced; it resigns first of all. */
    Succession terminateLeader(Deployment deployment) {
        int members = deployment.active().size();
        Leader old = watch.leader();
        Pod pod = watch.leadingPod(deployment.active());
        Instant at = Instant.now();
        deployment.delete(pod);
        Succession succession = succession(old, at);
        deployment.awaitComplete(LIMIT);
        scenario.awaitSteady(members, LIMIT);
        return succession;
    }

    private Claim claim(Pod pod) {
        return watch.claimOf(pod).orElseThrow(() -> new AssertionError(pod + " has no id"));
    }
}
