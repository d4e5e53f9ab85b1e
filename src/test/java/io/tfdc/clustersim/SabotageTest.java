package io.tfdc.clustersim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The simulation can fail: known bugs, each outside the cores, are found within a few seeds and by the check that should find them, and the
 * same seeds pass without the bug.
 */
class SabotageTest {
    private static final Duration SHORT = Duration.ofSeconds(75);
    private static final int SEEDS = 25;
    private static final Scenario.Work LONG_RUNS =
            new Scenario.Work(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15), 0.4);

    private static void isFound(Sabotage bug, Set<FaultKind> faults, Invariant by) {
        isFound(bug, faults, by, Scenario.Work.DEFAULT);
    }

    private static void isFound(Sabotage bug, Set<FaultKind> faults, Invariant by, Scenario.Work work) {
        List<Outcome> found = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
            Scenario sound = Scenario.random(seed, SHORT, faults).with(work);
            Outcome outcome = Simulation.run(sound.with(bug));
            if (outcome.violation().stream().anyMatch(violation -> violation.invariant() == by)) {
                found.add(outcome);
                Outcome without = Simulation.run(sound);
                assertTrue(
                        without.passed(),
                        () -> without.violation().orElseThrow().report(100));
            }
        }
        assertEquals(1, found.size(), () -> bug + " was not found by " + by + " in " + SEEDS + " seeds");
    }

    @Test
    void aConsumerThatGrowsStrandsBacklog() {
        isFound(Sabotage.UPDATE_TO_ADD, Set.of(FaultKind.SCALE_UP, FaultKind.CRASH), Invariant.NO_STRANDED_BACKLOG);
    }

    @Test
    void withoutFencesChambersOfTheDeadStayWithThem() {
        isFound(Sabotage.NO_FENCING, Set.of(FaultKind.POD_LOSS, FaultKind.SCALE_DOWN), Invariant.COVERAGE);
    }

    @Test
    void withoutEpochsTwoLeadersWriteMaps() {
        isFound(
                Sabotage.NO_EPOCH_CHECK,
                Set.of(
                        FaultKind.LEADER_FREEZE,
                        FaultKind.LEADER_PARTITION,
                        FaultKind.ELECTION_PARTITION,
                        FaultKind.POD_LOSS),
                Invariant.ONE_MAP_WRITER);
    }

    @Test
    void aZombieThatDoesNotAskWritesForOthers() {
        isFound(Sabotage.ACK_AFTER_LOSS, Set.of(FaultKind.FREEZE, FaultKind.PARTITION), Invariant.ONE_WRITER);
    }

    @Test
    void aMemberThatWorksToTheEndOfItsLeaseWritesBesideItsSuccessor() {
        isFound(Sabotage.IGNORED_DOUBT, Set.of(FaultKind.HALF_OPEN), Invariant.ONE_WRITER);
    }

    @Test
    void aMemberThatStopsItsHeartbeatBeforeItDrainsWritesWithoutALease() {
        isFound(
                Sabotage.HEARTBEAT_STOPPED_FIRST,
                Set.of(FaultKind.SIGTERM, FaultKind.SCALE_DOWN),
                Invariant.LEASE_BEFORE_WORK,
                LONG_RUNS);
    }
}
