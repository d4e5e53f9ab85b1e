package io.tfdc.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.ChamberLoad;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.leader.Move;
import io.tfdc.leader.PlanRequest;
import io.tfdc.leader.PlannerOptions;
import io.tfdc.leader.StickyPlanner;
import io.tfdc.model.ChamberId;
import io.tfdc.testing.MetricsPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClusterMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClusterMetrics metrics = new ClusterMetrics(registry, "1.0");

    @Test
    void thePageListsEveryMeter() throws Exception {
        metrics.seen(null, member(MemberState.STABLE, Optional.of(new StableId(7))));
        assertEquals(MetricsPage.tableOf(registry), MetricsPage.table("Cluster"));
    }

    @Test
    void theIdThatIsHeldIsALabel() {
        MemberView without = member(MemberState.CLAIMING_ID, Optional.empty());
        MemberView seven = member(MemberState.STABLE, Optional.of(new StableId(7)));
        metrics.seen(null, without);
        assertEquals(-1, registry.get("defender.stable.id").gauge().value());
        metrics.seen(without, seven);
        assertEquals(7, registry.get("defender.stable.id").gauge().value());
        assertEquals(
                1,
                registry.get("defender.stable.id.claimed")
                        .tag("id", "7")
                        .gauge()
                        .value());
        metrics.seen(seven, without);
        assertEquals(0, registry.find("defender.stable.id.claimed").gauges().size());
        assertEquals(
                2,
                registry.get("defender.state.transitions")
                        .tag("state", "claiming_id")
                        .counter()
                        .count());
    }

    @Test
    void balanceIsThatOfTheLeadersLastMapAndGoesWithLeadership() {
        metrics.leader().leading(true);
        TreeMap<StableId, Total> totals =
                new TreeMap<>(Map.of(new StableId(0), new Total(2, 100), new StableId(1), new Total(4, 300)));
        metrics.leader()
                .planned(
                        new AssignmentMap(
                                1,
                                1,
                                AssignmentMap.Lifecycle.STABLE,
                                AssignmentMap.Cause.COLD_START,
                                Instant.EPOCH,
                                Instant.EPOCH,
                                Set.copyOf(totals.keySet()),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                totals),
                        Duration.ofMillis(3));
        assertEquals(200, registry.get("defender.assignment.avg.weight").gauge().value());
        assertEquals(
                50,
                registry.get("defender.assignment.weight.variance.percent")
                        .gauge()
                        .value());
        assertEquals(4, registry.get("defender.assignment.max.chambers").gauge().value());
        metrics.leader().leading(false);
        assertEquals(0, registry.get("defender.assignment.max.weight").gauge().value());
        assertEquals(1, registry.get("defender.leader.changes").counter().count());
    }

    @Test
    void bothPhasesOfAPlanAreTimedAndItsRoundsShown() {
        PrometheusMeterRegistry page = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ClusterMetrics exposed = new ClusterMetrics(page, "1.0");
        List<ChamberLoad> chambers = List.of(
                new ChamberLoad(new ChamberId("ETCH01", "A"), 100), new ChamberLoad(new ChamberId("ETCH01", "B"), 100));
        Map<ChamberId, String> owners =
                Map.of(new ChamberId("ETCH01", "A"), "defender-0", new ChamberId("ETCH01", "B"), "defender-0");
        new StickyPlanner(exposed.plans())
                .plan(PlanRequest.of(chambers, List.of("defender-0", "defender-1"), owners, PlannerOptions.DEFAULT));
        String text = page.scrape();
        assertTrue(text.contains("defender_assignment_phase1_duration_seconds_count 1\n"), text);
        assertTrue(text.contains("defender_assignment_phase2_duration_seconds_count 1\n"), text);
        assertTrue(text.contains("defender_weight_rebalance_iterations 1.0\n"), text);
    }

    @Test
    void aFirstOwnerIsNoMove() {
        metrics.leader().leading(true);
        metrics.leader().decided(decision(AssignmentMap.Cause.COLD_START, null));
        assertEquals(0, registry.get("defender.chamber.movements").counter().count());
        metrics.leader().decided(decision(AssignmentMap.Cause.SCALE_UP, "defender-0"));
        assertEquals(1, registry.get("defender.chamber.movements").counter().count());
        assertEquals(
                1, registry.get("defender.assignment.chambers.moved").gauge().value());
    }

    private static Decision decision(AssignmentMap.Cause cause, @Nullable String from) {
        Move move = new Move(new ChamberId("ETCH01", "A"), from, "defender-1", Move.Reason.NEW);
        return new Decision(Instant.EPOCH, 1, 1, cause, "", "", 2, List.of(move), 1);
    }

    @Test
    void aFollowersWaitEndsWithSomethingToDo() {
        MemberView follower = member(MemberState.FOLLOWER, Optional.of(new StableId(7)));
        metrics.seen(null, follower);
        metrics.seen(follower, member(MemberState.STABLE, Optional.of(new StableId(7))));
        assertEquals(1, registry.get("defender.follower.wait.duration").timer().count());
    }

    @Test
    void windowsAreMeasuredByWhatTheyWaitFor() {
        metrics.leader().leading(true);
        LeaderView cold = leader(MemberState.SCALING, AssignmentMap.Lifecycle.COLD_START);
        LeaderView stable = leader(MemberState.STABLE, AssignmentMap.Lifecycle.POST_COLD_START);
        metrics.leader().seen(null, cold);
        assertEquals(
                1,
                registry.get("defender.trigger.state")
                        .tag("state", "cold_start")
                        .gauge()
                        .value());
        metrics.leader().seen(cold, stable);
        assertEquals(
                1,
                registry.get("defender.stabilization.window")
                        .tag("type", "cold_start")
                        .timer()
                        .count());
        assertEquals(1, registry.get("defender.scaling.duration").timer().count());
    }

    private static LeaderView leader(MemberState phase, AssignmentMap.Lifecycle lifecycle) {
        return new LeaderView(phase, 1, 1, lifecycle, 2, 0, OptionalInt.empty(), 0, 0, 0, false);
    }

    private static MemberView member(MemberState state, Optional<StableId> id) {
        return new MemberView(state, id, "abcdefx0", true, 1, 1, 3, 3, 0, 0, 1, 1);
    }
}
