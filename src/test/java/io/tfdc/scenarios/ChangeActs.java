package io.tfdc.scenarios;

import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.OperatorClient;
import io.tfdc.leader.OperatorCommand.Target;
import io.tfdc.scenarios.ClusterWatch.Claim;
import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.testing.VertxTestKit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What operators do to a cluster, done and measured. Each act begins and ends with a steady cluster. */
final class ChangeActs {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final ClusterScenario scenario;
    private final ClusterWatch watch;
    private final OperatorClient operator;

    ChangeActs(ClusterScenario scenario) {
        this.scenario = scenario;
        this.watch = scenario.watch;
        this.operator = new OperatorClient(scenario.site.broker, ClusterNames.DEFAULT, "scenario");
    }

    /**
     * A change of members.
     *
     * @param moved chambers with another owner than before
     * @param versions versions of the map that it took
     * @param took from the wish to the steady cluster
     * @param pauses longest pause of each chamber meanwhile, the pace of the probes included
     */
    record Change(int moved, long versions, Duration took, Distribution pauses) {
        Measurement into(Measurement measurement) {
            return measurement
                    .put("moved", moved)
                    .put("versions", versions)
                    .put("took", took)
                    .put("pause", pauses);
        }
    }

    /** The first start of everything: {@code covered} runs from the last claim of an id to the last chamber's first execution. */
    record ColdStart(Duration covered, Duration sinceStart, long versions) {
        Measurement into(Measurement measurement) {
            return measurement
                    .put("coveredSinceLastJoin", covered)
                    .put("coveredSinceStart", sinceStart)
                    .put("versions", versions);
        }
    }

    ColdStart coldStart(Deployment deployment, int members) {
        Instant begun = Instant.now();
        deployment.scale(members).awaitComplete(LIMIT);
        MapVersion map = scenario.awaitSteady(members, LIMIT);
        Instant lastJoin = watch.claimed().stream()
                .map(Claim::seenAt)
                .max(Instant::compareTo)
                .orElseThrow();
        Instant covered = scenario.ledger.chambers().stream()
                .map(chamber -> scenario.ledger
                        .firstAfter(chamber, begun, execution -> true)
                        .orElseThrow())
                .max(Instant::compareTo)
                .orElseThrow();
        return new ColdStart(Duration.between(lastJoin, covered), Duration.between(begun, covered), map.version());
    }

    /** Another number of pods, each of which is to be a member; the leader is told, as an operator or the platform would. */
    Change resize(Deployment deployment, int members) {
        return change(() -> {
            intend(members);
            deployment.scale(members).awaitComplete(LIMIT);
            scenario.awaitSteady(members, LIMIT);
        });
    }

    Change update(Deployment deployment, Strategy strategy) {
        return change(() -> {
            deployment.update(strategy);
            deployment.awaitComplete(LIMIT);
        });
    }

    /** Moves all pods from one deployment to another in stages, each of them gated by readiness. */
    Change replace(Deployment from, Deployment to, List<Integer> stages) {
        int all = from.active().size();
        return change(() -> {
            for (int stage : stages) {
                to.scale(stage).awaitComplete(LIMIT);
                from.scale(all - stage).awaitComplete(LIMIT);
                scenario.awaitAllServedAfter(Instant.now(), LIMIT);
            }
        });
    }

    /** Tells the leader the intended number of members, again while there is no leader. */
    void intend(int members) {
        scenario.timeline.add("operator", "target " + members);
        Await.until(
                "the leader knows its target",
                LIMIT,
                () -> VertxTestKit.await(
                        operator.ask(new Target(members)).map(reply -> true).otherwise(false)));
    }

    private Change change(Runnable wish) {
        MapVersion before = watch.map();
        Instant at = Instant.now();
        wish.run();
        scenario.awaitAllServedAfter(Instant.now(), LIMIT);
        Instant end = Instant.now();
        return new Change(
                watch.map().movedSince(before),
                watch.versionsAfter(at),
                Duration.between(at, end),
                scenario.ledger.pauses(at, end));
    }
}
