package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights that change while nobody comes or goes. */
class WeightTest {
    private static Rig running() {
        Rig rig = new Rig();
        rig.chambers = Fab.documentMix(800, 3);
        rig.startMembers(0, 5);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(20));
        rig.forget();
        return rig;
    }

    /** The present weights with those of one member's chambers changed. */
    private static List<ChamberLoad> drifted(Rig rig, StableId id, double factor) {
        AssignmentMap map = rig.map();
        return rig.chambers.stream()
                .map(load -> id.equals(map.owners().get(load.chamber()))
                        ? new ChamberLoad(load.chamber(), (long) (factor * load.weight()))
                        : load)
                .toList();
    }

    /** Until the chambers have been read again. */
    private static void reread(Rig rig) {
        int before = rig.sent(LeaderEffect.LoadChambers.class).size();
        for (int i = 0; rig.sent(LeaderEffect.LoadChambers.class).size() == before; i++) {
            assertTrue(i < 600, "chambers are not read");
            rig.advance(Duration.ofNanos(Rig.STEP));
        }
    }

    private static long moves(Rig rig) {
        return rig.decisions.stream()
                .filter(decision -> decision.cause() == Cause.WEIGHTS)
                .mapToLong(decision -> decision.moves().size())
                .sum();
    }

    @Test
    void unevenOnceIsNotEnough() {
        Rig rig = running();
        List<ChamberLoad> even = rig.chambers;
        List<ChamberLoad> uneven = drifted(rig, Rig.id(1), 1.5);
        for (int i = 0; i < 4; i++) {
            rig.chambers = uneven;
            reread(rig);
            rig.chambers = even;
            reread(rig);
        }
        rig.advance(Duration.ofSeconds(5));
        assertEquals(1, rig.map().version());
    }

    @Test
    void aLittleUnevenIsNeverEnough() {
        Rig rig = running();
        rig.chambers = drifted(rig, Rig.id(1), 1.1);
        rig.advance(Duration.ofMinutes(3));
        assertEquals(1, rig.map().version());
    }

    @Test
    void unevenTwiceMovesOnePerCentInTenMinutes() {
        Rig rig = running();
        rig.chambers = drifted(rig, Rig.id(1), 2.5);
        reread(rig);
        rig.advance(Duration.ofSeconds(5));
        assertEquals(0, moves(rig));
        reread(rig);
        rig.advance(Duration.ofSeconds(5));
        assertTrue(moves(rig) > 0);
        rig.advance(Duration.ofMinutes(8));
        assertTrue(moves(rig) <= 8, "of 800 chambers " + moves(rig));
        long first = moves(rig);
        rig.advance(Duration.ofMinutes(4));
        assertTrue(moves(rig) <= first + 8, "of 800 chambers " + moves(rig));
        for (Decision decision : rig.decisions) {
            assertEquals(Cause.WEIGHTS, decision.cause());
        }
    }

    @Test
    void theThresholdIsAnOperatorsChoice() {
        LeaderSettings d = LeaderSettings.DEFAULT;
        for (double threshold : new double[] {0.06, 0.2}) {
            Rig rig = new Rig();
            rig.planning = new LeaderSettings(
                    d.planner(),
                    d.options(),
                    d.windowBudget(),
                    d.weightBudget(),
                    d.weightPeriod(),
                    1 + threshold,
                    threshold,
                    d.chambersInterval(),
                    d.homeMemory(),
                    d.shadow());
            rig.chambers = Fab.documentMix(800, 3);
            rig.startMembers(0, 5);
            rig.lead(0);
            rig.advance(Duration.ofSeconds(20));
            rig.forget();
            rig.chambers = drifted(rig, Rig.id(1), 1.15);
            rig.advance(Duration.ofMinutes(3));
            assertEquals(threshold < 0.1, moves(rig) > 0, "12 % above the mean, threshold " + threshold);
        }
    }

    @Test
    void aSmallClusterMayMoveOneChamber() {
        Rig rig = new Rig();
        rig.chambers = Fab.equal(60);
        rig.startMembers(0, 3);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(20));
        rig.forget();
        rig.chambers = drifted(rig, Rig.id(1), 1.5);
        rig.advance(Duration.ofMinutes(3));
        assertEquals(1, moves(rig));
    }
}
