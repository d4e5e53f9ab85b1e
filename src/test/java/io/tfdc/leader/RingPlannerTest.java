package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingPlannerTest {
    private final RingPlanner planner = new RingPlanner();

    @Test
    void theBareRingMovesOnlyWhatTheNewMemberTakes() {
        HashRing before = new HashRing(Fab.members(30), 200);
        HashRing after = new HashRing(Fab.members(31), 200);
        int moved = 0;
        for (ChamberLoad chamber : Fab.equal(6000)) {
            String owner = after.owner(chamber.chamber());
            if (!owner.equals(before.owner(chamber.chamber()))) {
                assertEquals("defender-30", owner);
                moved++;
            }
        }
        assertTrue(moved > 100 && moved < 300, "expected about 6000/31 moves, found " + moved);
    }

    @Test
    void theWeightPhaseBringsEverybodyWithinTheTolerance() {
        for (long seed = 1; seed <= 5; seed++) {
            Plan plan = planner.plan(
                    PlanRequest.of(Fab.documentMix(2400, seed), Fab.members(30), Map.of(), PlannerOptions.DEFAULT));
            assertTrue(plan.statistics().maxOverMean() <= 1.2, "seed " + seed + ": " + plan.statistics());
            assertTrue(plan.statistics().minOverMean() >= 0.8, "seed " + seed + ": " + plan.statistics());
        }
    }

    @Test
    void theToleranceIsAnOperatorsChoice() {
        Plan plan = new RingPlanner(0.08, PlanObserver.NONE)
                .plan(PlanRequest.of(Fab.documentMix(2400, 1), Fab.members(30), Map.of(), PlannerOptions.DEFAULT));
        assertTrue(plan.statistics().maxOverMean() <= 1.08, "" + plan.statistics());
        assertTrue(plan.statistics().minOverMean() >= 0.92, "" + plan.statistics());
    }

    @Test
    void theSameMembersAlwaysGetTheSameMap() {
        List<ChamberLoad> fab = Fab.documentMix(1000, 8);
        Plan cold = planner.plan(PlanRequest.of(fab, Fab.members(20), Map.of(), PlannerOptions.DEFAULT));
        Map<ChamberId, String> grown = planner.plan(
                        PlanRequest.of(fab, Fab.members(33), cold.owners(), PlannerOptions.DEFAULT))
                .owners();
        Plan back = planner.plan(PlanRequest.of(fab, Fab.members(20), grown, PlannerOptions.DEFAULT));
        assertEquals(cold.owners(), back.owners());
    }

    @Test
    void aLostMapIsRebuiltCloseToTheRing() {
        List<ChamberLoad> fab = Fab.documentMix(2400, 2);
        PlanRequest lost = PlanRequest.of(fab, Fab.members(30), Map.of(), PlannerOptions.DEFAULT);
        Map<ChamberId, String> homes = RingPlanner.homes(lost);
        Plan plan = new StickyPlanner()
                .plan(new PlanRequest(fab, Fab.members(30), Map.of(), Map.of(), homes, PlannerOptions.DEFAULT));
        long atHome = fab.stream()
                .filter(c -> homes.get(c.chamber()).equals(plan.owners().get(c.chamber())))
                .count();
        assertTrue(atHome > 1600, atHome + " of 2400 chambers are where the ring has them");
        assertTrue(plan.statistics().maxOverMean() <= 1.06, plan.statistics()::toString);
    }
}
