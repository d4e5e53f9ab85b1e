package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.MemberState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cold starts, growth, shrinking and replacements of a cluster of 2,400 chambers; figures of the requirements. */
class ScalingTest {

    private static Rig reference(int members) {
        Rig rig = new Rig();
        rig.chambers = Fab.documentMix(2_400, 1);
        rig.startMembers(0, members);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(20));
        rig.forget();
        return rig;
    }

    private static double maxOverMean(Rig rig) {
        Map<Object, Long> loads = new HashMap<>();
        rig.chambers.forEach(load -> loads.merge(rig.map().owners().get(load.chamber()), load.weight(), Long::sum));
        double total = loads.values().stream().mapToLong(Long::longValue).sum();
        return loads.values().stream().mapToLong(Long::longValue).max().orElse(0)
                / (total / rig.map().members().size());
    }

    @Test
    void aColdStartWaitsForQuietAndWritesOnce() {
        Rig rig = new Rig();
        rig.startMembers(0, 3);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(2));
        rig.startMembers(3, 2);
        rig.advance(Duration.ofMillis(2_500));
        assertTrue(rig.map.isEmpty());
        assertEquals(MemberState.SCALING, rig.view().phase());
        rig.advance(Duration.ofSeconds(2));
        assertEquals(1, rig.map().version());
        assertEquals(Cause.COLD_START, rig.map().cause());
        assertEquals(Lifecycle.POST_COLD_START, rig.map().lifecycle());
        assertEquals(5, rig.map().members().size());
        assertEquals(240, rig.map().owners().size());
    }

    @Test
    void aColdStartEndsWhenTheIntendedNumberIsThere() {
        Rig rig = new Rig();
        rig.startMembers(0, 4);
        rig.lead(0);
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(4)));
        rig.advance(Duration.ofSeconds(1));
        assertEquals(4, rig.map().members().size());
    }

    @Test
    void aColdStartWithEndlessNewcomersHasACeiling() {
        Rig rig = new Rig();
        rig.startMembers(0, 1);
        rig.lead(0);
        for (int i = 1; i < 20 && rig.map.isEmpty(); i++) {
            rig.advance(Duration.ofSeconds(2));
            rig.startMembers(i, 1);
        }
        assertTrue(rig.map().members().size() >= 14, "" + rig.map().members());
        assertTrue(rig.map().members().size() <= 16, "" + rig.map().members());
    }

    @Test
    void withoutChambersThereIsNoMap() {
        Rig rig = new Rig();
        rig.chambers = List.of();
        rig.startMembers(0, 2);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(10));
        assertTrue(rig.map.isEmpty());
        assertTrue(rig.sent(LeaderEffect.LoadChambers.class).size() >= 8);
        rig.chambers = Fab.equal(10);
        rig.advance(Duration.ofSeconds(2));
        assertEquals(10, rig.map().owners().size());
    }

    @Test
    void newcomersArePlannedTogether() {
        Rig rig = reference(30);
        AssignmentMap before = rig.map();
        rig.startMembers(30, 15);
        rig.advance(Duration.ofSeconds(12));
        assertEquals(2, rig.map().version(), "" + rig.decisions.size());
        assertEquals(Cause.SCALE_UP, rig.map().cause());
        assertEquals(45, rig.map().members().size());
        double share = 100.0 * rig.moved(before) / 2_400;
        assertTrue(share <= 17, share + " % moved");
        assertTrue(maxOverMean(rig) <= 1.06, "max/mean " + maxOverMean(rig));
        assertEquals(rig.moved(before), rig.map().releasing().size());
    }

    @Test
    void theIntendedNumberClosesTheWindow() {
        Rig rig = Rig.running(3);
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(5)));
        rig.startMembers(3, 2);
        rig.advance(Duration.ofMillis(2_100));
        assertEquals(5, rig.map().members().size());
    }

    @Test
    void leaversBeyondTheIntendedNumberAreReplacedWhileTheyDrain() {
        for (int[] sizes : new int[][] {{45, 30}, {30, 20}}) {
            Rig rig = reference(sizes[0]);
            AssignmentMap before = rig.map();
            rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(sizes[1])));
            IntStream.range(sizes[1], sizes[0]).forEach(rig::shutDown);
            rig.advance(Duration.ofMillis(500));
            assertEquals(2, rig.map().version());
            assertEquals(Cause.SCALE_DOWN, rig.map().cause());
            long orphans = IntStream.range(sizes[1], sizes[0])
                    .mapToLong(n -> before.ownedBy(Rig.id(n)).size())
                    .sum();
            double beyond = 100.0 * (rig.moved(before) - orphans) / 2_400;
            assertTrue(beyond <= 1.5, beyond + " % beyond the orphans");
            assertTrue(maxOverMean(rig) <= 1.06, "max/mean " + maxOverMean(rig));
            assertEquals(rig.moved(before), rig.map().releasing().size());
            IntStream.range(sizes[1], sizes[0]).forEach(rig::leave);
            rig.advance(Duration.ofSeconds(30));
            assertEquals(2, rig.map().version());
            assertEquals(sizes[1], rig.map().members().size());
        }
    }

    @Test
    void aCrashMovesAtMostThreePointNinePerCentAndAReturnOne() {
        Rig rig = reference(30);
        AssignmentMap before = rig.map();
        rig.crash(4);
        rig.advance(Duration.ofSeconds(20));
        double lost = 100.0 * rig.moved(before) / 2_400;
        assertTrue(lost <= 3.9, lost + " % moved");
        assertTrue(rig.map().version() <= 3, "" + rig.map().version());
        AssignmentMap crashed = rig.map();
        rig.start("m4x1", Optional.of(Rig.id(4)));
        rig.advance(Duration.ofSeconds(20));
        double back = 100.0 * rig.moved(crashed) / 2_400;
        assertTrue(back <= 1.0, back + " % moved");
        assertEquals(crashed.version() + 1, rig.map().version());
        assertTrue(maxOverMean(rig) <= 1.06, "max/mean " + maxOverMean(rig));
        long home = rig.map().ownedBy(Rig.id(4)).stream()
                .filter(before.ownedBy(Rig.id(4))::contains)
                .count();
        assertTrue(home >= 4, "only " + home + " of its old chambers");
    }

    @Test
    void handOverOfIdsMovesNothing() {
        Rig rig = reference(30);
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(30)));
        for (int n = 1; n < 30; n++) {
            Rig.Process surge = rig.standby("surge" + n + "x0");
            rig.advance(Duration.ofSeconds(2));
            rig.shutDown(n);
            rig.advance(Duration.ofSeconds(1));
            surge.id = Optional.of(Rig.id(n));
            surge.claimRevision = ++rig.revision;
            surge.nextBeatAt = rig.nanos;
            rig.process(n).alive = false;
            rig.advance(Duration.ofSeconds(1));
        }
        rig.advance(Duration.ofSeconds(40));
        assertEquals(1, rig.map().version(), "" + rig.decisions);
        assertTrue(rig.sent(LeaderEffect.Grant.class).isEmpty(), "" + rig.sent(LeaderEffect.Grant.class));
    }

    @Test
    void aLeaverIsWaitedForAndThenItsChambersMove() {
        Rig rig = Rig.running(10);
        AssignmentMap before = rig.map();
        rig.shutDown(3);
        rig.advance(Duration.ofSeconds(5));
        rig.leave(3);
        rig.advance(Duration.ofMillis(19_500));
        assertEquals(1, rig.map().version());
        rig.advance(Duration.ofSeconds(2));
        assertEquals(2, rig.map().version());
        assertEquals(Cause.SCALE_DOWN, rig.map().cause());
        assertTrue(rig.moved(before) >= before.ownedBy(Rig.id(3)).size());
        assertEquals(1, rig.sent(LeaderEffect.FenceMembers.class).size());
    }

    @Test
    void aSuccessorWithinTheGraceKeepsEverything() {
        Rig rig = Rig.running(10);
        rig.shutDown(3);
        rig.advance(Duration.ofSeconds(1));
        rig.leave(3);
        rig.advance(Duration.ofSeconds(18));
        rig.start("newx0", Optional.of(Rig.id(3)));
        rig.advance(Duration.ofSeconds(30));
        assertEquals(1, rig.map().version());
    }

    @Test
    void sixtyRandomChangesKeepTheClusterEvenAtLowCost() {
        long seed = 7;
        Random random = new Random(seed);
        Rig rig = reference(30);
        long moved = 0;
        double ratios = 0;
        int next = 30;
        List<Integer> alive =
                new java.util.ArrayList<>(IntStream.range(0, 30).boxed().toList());
        for (int event = 0; event < 60; event++) {
            AssignmentMap before = rig.map();
            if (alive.size() <= 20 || alive.size() < 60 && random.nextBoolean()) {
                rig.startMembers(next, 1);
                alive.add(next++);
            } else {
                rig.crash(alive.remove(1 + random.nextInt(alive.size() - 1)));
            }
            rig.advance(Duration.ofSeconds(20));
            moved += rig.moved(before);
            ratios += maxOverMean(rig);
            assertEquals(alive.size(), rig.map().members().size(), "seed " + seed + " event " + event);
        }
        double share = 100.0 * moved / 60 / 2_400;
        assertTrue(share <= 5.5, "seed " + seed + ": " + share + " % moved per event");
        assertTrue(ratios / 60 <= 1.07, "seed " + seed + ": mean of max/mean " + ratios / 60);
        assertFalse(rig.map().owners().isEmpty());
    }
}
