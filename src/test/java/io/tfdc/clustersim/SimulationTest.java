package io.tfdc.clustersim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol's promises under random faults on virtual time. A failing seed is repeated by {@code defender simulate-cluster --seed}. */
class SimulationTest {
    private static final Duration SHORT = Duration.ofSeconds(75);
    private static final int LINES = 120;

    private static Outcome passes(Scenario scenario) {
        Outcome outcome = Simulation.run(scenario);
        outcome.violation().ifPresent(violation -> {
            throw new AssertionError(outcome.summary() + "\n" + violation.report(LINES));
        });
        return outcome;
    }

    @Test
    void randomFaultsBreakNoPromise() {
        SimulationTotals totals = new SimulationTotals();
        for (long seed = 1; seed <= 2_000; seed++) {
            totals.add(passes(Scenario.random(seed, SHORT, FaultKind.all())));
        }
        // The schedules do something: else nothing would have been tried.
        assertTrue(totals.faults() > 4_000, totals::report);
        assertTrue(totals.moves() > 10_000, totals::report);
        assertTrue(totals.executions() > totals.published(), totals::report);
        assertTrue(totals.uncovered().size() > 15, totals::report);
    }

    /** One kind at a time, so that none hides behind the others. */
    @ParameterizedTest
    @EnumSource(value = FaultKind.class, mode = EnumSource.Mode.EXCLUDE, names = "COLD_START")
    void eachKindOfFaultAlone(FaultKind kind) {
        for (long seed = 1; seed <= 10; seed++) {
            passes(Scenario.random(seed, SHORT, Set.of(kind)));
        }
    }

    @Test
    void withoutFaultsNothingMovesAndNothingIsRepeated() {
        for (long seed = 1; seed <= 10; seed++) {
            Outcome outcome = passes(Scenario.random(seed, SHORT, Set.of()));
            assertEquals(1, outcome.versions(), outcome::summary);
            assertEquals(1, outcome.leaders(), outcome::summary);
            assertEquals(0, outcome.moves(), outcome::summary);
            assertEquals(outcome.published(), outcome.executions(), outcome::summary);
        }
    }

    @Test
    void aRollingUpdateMovesNoChamber() {
        for (long seed = 1; seed <= 10; seed++) {
            Outcome outcome = passes(
                    Scenario.random(seed, SHORT, Set.of(FaultKind.ROLLING_SURGE, FaultKind.ROLLING_UNAVAILABLE)));
            assertEquals(0, outcome.moves(), outcome::summary);
            assertEquals(1, outcome.versions(), outcome::summary);
        }
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 5; seed++) {
            Scenario scenario = Scenario.random(seed, SHORT, FaultKind.all());
            Outcome first = Simulation.run(scenario);
            Outcome second = Simulation.run(scenario);
            assertEquals(first.hash(), second.hash(), first::summary);
            assertEquals(first.steps(), second.steps(), first::summary);
            Outcome other = Simulation.run(Scenario.random(seed + 100, SHORT, FaultKind.all()));
            assertNotEquals(first.hash(), other.hash(), other::summary);
        }
    }

    @Test
    void aFailingSeedFailsAgainInTheSamePlaceWithATimeline() {
        Scenario broken = Scenario.random(1, SHORT, Set.of(FaultKind.POD_LOSS)).with(Sabotage.NO_FENCING);
        Violation first = Simulation.run(broken).violation().orElseThrow();
        Violation second = Simulation.run(broken).violation().orElseThrow();
        assertEquals(first, second);
        assertTrue(first.report(20).lines().count() >= 20, () -> first.report(20));
        assertTrue(first.timeline().stream().anyMatch(line -> line.contains("pod-loss")), () -> first.report(LINES));
    }

    /** The largest cluster of the requirements. */
    @Test
    @Tag("scenario-full")
    void aHundredAndFiftyMembersWithEightThousandChambers() {
        passes(Scenario.of(1, 150, 8_000, Duration.ofMinutes(2), FaultKind.all()));
    }
}
