package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documents' ring, and budgets of movement. */
class PlanningModesTest {
    private static Rig running(int members, List<ChamberLoad> chambers, LeaderSettings settings) {
        Rig rig = new Rig();
        rig.chambers = chambers;
        rig.planning = settings;
        rig.startMembers(0, members);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(20));
        rig.forget();
        return rig;
    }

    private static LeaderSettings settings(LeaderSettings.Mode mode, double windowBudget) {
        LeaderSettings d = LeaderSettings.DEFAULT;
        return new LeaderSettings(
                mode,
                d.options(),
                windowBudget,
                d.weightBudget(),
                d.weightPeriod(),
                d.weightTrigger(),
                d.ringTolerance(),
                d.chambersInterval(),
                d.homeMemory(),
                d.shadow());
    }

    private static Map<ChamberId, String> owners(Rig rig) {
        Map<ChamberId, String> owners = new HashMap<>();
        rig.map().owners().forEach((chamber, id) -> owners.put(chamber, id.toString()));
        return owners;
    }

    private static Map<ChamberId, String> ring(Rig rig) {
        List<String> members =
                rig.map().members().stream().map(StableId::toString).toList();
        return new RingPlanner()
                .plan(PlanRequest.of(rig.chambers, members, Map.of(), PlannerOptions.DEFAULT))
                .owners();
    }

    @Test
    void onTheRingTheMapDependsOnTheMembersAlone() {
        Rig rig = running(8, Fab.documentMix(400, 2), settings(LeaderSettings.Mode.RING, 1));
        assertEquals(ring(rig), owners(rig));
        rig.startMembers(8, 2);
        rig.advance(Duration.ofSeconds(20));
        assertEquals(10, rig.map().members().size());
        assertEquals(ring(rig), owners(rig));
        long version = rig.map().version();
        rig.advance(Duration.ofSeconds(60));
        assertEquals(version, rig.map().version(), "at rest");
    }

    @Test
    void onTheRingTooACrashMovesOrphansFirst() {
        Rig rig = running(8, Fab.documentMix(400, 2), settings(LeaderSettings.Mode.RING, 1));
        AssignmentMap before = rig.map();
        rig.crash(3);
        rig.advance(Duration.ofMillis(2_300));
        assertEquals(before.ownedBy(Rig.id(3)).size(), rig.moved(before));
        rig.advance(Duration.ofSeconds(30));
        assertEquals(ring(rig), owners(rig));
    }

    @Test
    void withABudgetAGrowingClusterBecomesEvenStepByStep() {
        Rig rig = running(5, Fab.equal(240), settings(LeaderSettings.Mode.STICKY, 0.05));
        rig.startMembers(5, 1);
        rig.advance(Duration.ofSeconds(90));
        AssignmentMap before = rig.history.get(0);
        int steps = 0;
        for (AssignmentMap map : rig.history) {
            AssignmentMap earlier = before;
            long moved = map.owners().entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(earlier.owners().get(entry.getKey())))
                    .count();
            assertTrue(moved <= 12, "version " + map.version() + " moves " + moved);
            steps += moved > 0 ? 1 : 0;
            before = map;
        }
        assertTrue(steps >= 3 && steps <= 5, steps + " steps");
        int newest = rig.map().ownedBy(Rig.id(5)).size();
        assertTrue(newest >= 38 && newest <= 42, "the newcomer has " + newest);
        long version = rig.map().version();
        rig.advance(Duration.ofSeconds(60));
        assertEquals(version, rig.map().version(), "at rest");
    }

    @Test
    void withABudgetOrphansStillFindAnOwnerAtOnce() {
        Rig rig = running(5, Fab.equal(240), settings(LeaderSettings.Mode.STICKY, 0.01));
        AssignmentMap before = rig.map();
        rig.crash(2);
        rig.advance(Duration.ofMillis(2_300));
        assertEquals(before.ownedBy(Rig.id(2)).size(), rig.moved(before));
    }
}
