package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.scenarios.AlertWatch.Alerts;
import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus scrapes a cluster of real processes under the chart's rules, and exactly the alerts fire that the runbook names for what happens
 * to it. Alerts wait a tenth of their time, see {@link io.tfdc.deployment.RenderedRules}.
 */
@Tag("integration")
@Tag("scenario-full")
class AlertScenariosTest {
    private static final int MEMBERS = 6;
    private static final int CHAMBERS = 30;
    private static final Duration LIMIT = Duration.ofSeconds(180);

    /** Longer than the five minutes, a tenth of them here, that alerts of the cluster wait at most. */
    private static final Duration HOLD = Duration.ofSeconds(40);

    /** Nothing is lost for shorter than two minutes to the alert on targets, and that window is no waiting that could be shortened. */
    private static final Duration NOTICED = Duration.ofSeconds(240);

    /**
     * What says something of this machine and of the probes, not of the scenario: times on a machine that does other work too, and alarms,
     * which every fifth run of the probes raises by intention.
     */
    private static final Set<String> OF_THE_MACHINE = Set.of(
            "DefenderLatencyP50Critical",
            "DefenderLatencyP95Elevated",
            "DefenderLatencyP95High",
            "DefenderLatencyP99High",
            "DefenderLatencyBudgetFast",
            "DefenderLatencyBudgetMedium",
            "DefenderLatencyBudgetSlow",
            "DefenderLatencyBudgetCreeping",
            "DefenderStoreReadsSlow",
            "DefenderStoreWritesSlow",
            "DefenderAlarmFlood");

    /** What may be, or seem to be since pods are scraped one after the other, while members come, go or are lost; it must not last. */
    private static final Set<String> PASSING = Set.of(
            "DefenderMembersMissing",
            "DefenderMembersFew",
            "DefenderNoLeader",
            "DefenderSeveralLeaders",
            "DefenderDuplicateId",
            "DefenderStandbyLong",
            "DefenderMapBehind",
            "DefenderTopologyPending",
            "DefenderCoverageLow",
            "DefenderTargetsDown",
            "DefenderPaused",
            "DefenderMemberStuck",
            "DefenderCacheCold");

    @TempDir
    private Path folder;

    @Test
    void coldStartAndRollingUpdateWakeNobodyAndACrashSaysWhatIsMissing() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        try (NatsServer nats = NatsServer.start();
                ClusterScenario scenario = new ClusterScenario(
                        folder,
                        Servers.of(nats, CassandraServer.shared()),
                        FabWeights.equal(CHAMBERS),
                        Duration.ofSeconds(1))) {
            Deployment deployment = scenario.deployment("d", "cluster.expectedSize=" + MEMBERS)
                    .restartContainers(Duration.ofSeconds(1));
            ChangeActs changes = new ChangeActs(scenario);
            FaultActs faults = new FaultActs(scenario, new Random(seed));
            scenario.feed.start();
            scenario.play(() -> {
                expect("cold start", Set.of(), deployment, () -> changes.coldStart(deployment, MEMBERS));
                expect("rolling update", Set.of(), deployment, () -> changes.update(deployment, new Strategy(2, 0)));
                expect(
                        "crash",
                        Set.of("DefenderMembersFew", "DefenderTargetsDown"),
                        deployment,
                        () -> faults.kill(deployment, faults.anyFollowers(deployment, 1)));
                scenario.settle();
            });
        }
    }

    private void expect(String what, Set<String> firing, Deployment deployment, Runnable act) {
        try (AlertWatch watch = new AlertWatch(folder.resolve(what.replace(' ', '-')), deployment, MEMBERS)) {
            act.run();
            Await.until(
                    what + ": pods are scraped",
                    LIMIT,
                    () -> watch.scraped() == deployment.active().size());
            Await.pass(HOLD);
            Await.within(NOTICED, () -> watch.alerts().firing().containsAll(firing));
            Alerts alerts = watch.alerts();
            Set<String> fired = new TreeSet<>(alerts.firing());
            Set<String> pending = new TreeSet<>(alerts.pending());
            fired.removeAll(OF_THE_MACHINE);
            pending.removeAll(OF_THE_MACHINE);
            System.out.println(what + ": pending " + pending + ", firing " + fired);
            assertEquals(firing, fired, what + ": alerts that fired");
            pending.removeAll(PASSING);
            assertEquals(Set.of(), pending, what + ": alerts that were pending");
            assertEquals(1, watch.value("release:defender_leaders:count"), what + ": leaders");
            assertEquals(1, watch.value("release:defender_coverage:ratio"), what + ": coverage");
            assertEquals(MEMBERS, watch.value("release:defender_expected:count"), what + ": expected members");
        }
    }
}
