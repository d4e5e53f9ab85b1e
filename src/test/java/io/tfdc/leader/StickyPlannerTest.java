package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.leader.Move.Reason;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StickyPlannerTest {

    /** Shares in per cent; {@code beyond} is what may move besides the chambers of members that left. */
    @ParameterizedTest(name = "{0} chambers, {1} to {2} members")
    @CsvSource({
        "2400, 30, 45, 17.0, 1.06",
        "2400, 45, 30, 1.5, 1.06",
        "2400, 30, 20, 0.6, 1.06",
        "2400, 60, 30, 0.6, 1.06",
        "2400, 30, 29, 0.8, 1.06",
        "2400, 30, 27, 0.8, 1.06",
        "6000, 30, 45, 17.0, 1.06",
        "6000, 45, 30, 0.5, 1.06",
        "6000, 100, 110, 5.0, 1.06"
    })
    void movesFewChambersAndStaysEven(int chambers, int before, int after, double beyond, double maxOverMean) {
        for (long seed = 1; seed <= 4; seed++) {
            List<ChamberLoad> fab = Fab.documentMix(chambers, seed);
            Map<ChamberId, String> owners = Fab.cold(fab, before);
            Set<String> members = new HashSet<>(Fab.members(after));
            long orphans = owners.values().stream()
                    .filter(owner -> !members.contains(owner))
                    .count();
            PlanStatistics result = Fab.plan(fab, after, owners).statistics();
            double excess = 100.0 * (result.moved() - orphans) / chambers;
            assertTrue(excess <= beyond, "seed " + seed + ": " + excess + " % beyond the orphans, " + result);
            double bound = Math.max(maxOverMean, result.floorRatio() + 0.001);
            assertTrue(result.maxOverMean() <= bound, "seed " + seed + ": " + result);
            assertTrue(result.maxCount() <= Math.ceil(1.25 * chambers / after), "seed " + seed + ": " + result);
        }
    }

    /** One chamber more or less takes a member out of the bounds: newcomers get their share all the same. */
    @ParameterizedTest(name = "{0} equal chambers, {1} to {2} members")
    @CsvSource({"16, 4, 5", "8, 4, 5", "10, 9, 10", "30, 6, 9", "120, 29, 30", "3, 1, 3"})
    void fewEqualChambersAreSpreadToOneMoreOrLess(int chambers, int before, int after) {
        List<ChamberLoad> fab = Fab.equal(chambers);
        Plan plan = Fab.plan(fab, after, Fab.cold(fab, before));
        Map<String, Integer> counts = new HashMap<>();
        Fab.members(after).forEach(member -> counts.put(member, 0));
        plan.owners().values().forEach(owner -> counts.merge(owner, 1, Integer::sum));
        int fewest = Collections.min(counts.values());
        assertTrue(Collections.max(counts.values()) - fewest <= 1, counts + " of " + chambers);
        assertTrue(plan.statistics().moved() <= (chambers / before + 1) * (after - before), counts + "");
    }

    @Test
    void aMemberThatComesBackCostsLessThanOnePerCent() {
        for (long seed = 1; seed <= 4; seed++) {
            List<ChamberLoad> fab = Fab.documentMix(2400, seed);
            Map<ChamberId, String> crashed =
                    Fab.plan(fab, 29, Fab.cold(fab, 30)).owners();
            PlanStatistics result = Fab.plan(fab, 30, crashed).statistics();
            assertTrue(result.movedShare() <= 0.01, "seed " + seed + ": " + result);
            assertTrue(result.minOverMean() >= 0.95, "seed " + seed + ": " + result);
        }
    }

    @Test
    void whatComesBackIsWhatItHadBefore() {
        List<ChamberLoad> fab = Fab.documentMix(2400, 7);
        Map<ChamberId, String> before = Fab.cold(fab, 30);
        PlanRequest lost = new PlanRequest(fab, Fab.members(30), Map.of(), Map.of(), before, PlannerOptions.DEFAULT);
        assertEquals(before, new StickyPlanner().plan(lost).owners());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyChamberHasOneLivingOwnerThroughLongChurn(long seed) {
        Random random = new Random(seed);
        List<ChamberLoad> fab = seed % 2 == 0 ? Fab.documentMix(2400, seed) : Fab.logUniform(2400, seed);
        List<String> members = new ArrayList<>(Fab.members(30));
        Map<ChamberId, String> owners = Map.of();
        long moved = 0;
        double ratios = 0;
        int events = 60;
        for (int event = 0; event <= events; event++) {
            Plan plan = new StickyPlanner().plan(PlanRequest.of(fab, members, owners, PlannerOptions.DEFAULT));
            assertEquals(fab.size(), plan.owners().size(), "seed " + seed);
            assertTrue(new HashSet<>(members).containsAll(plan.owners().values()), "seed " + seed);
            assertMovesExplainTheDifference(owners, plan, "seed " + seed + " event " + event);
            moved += plan.statistics().moved();
            ratios += plan.statistics().maxOverMean() / plan.statistics().floorRatio();
            owners = plan.owners();
            churn(members, random, event);
        }
        double share = 100.0 * moved / events / fab.size();
        assertTrue(share <= 6.5, "seed " + seed + ": " + share + " % of the chambers moved per event");
        double ratio = ratios / (events + 1);
        assertTrue(ratio <= 1.07, "seed " + seed + ": the greatest load is " + ratio + " times the best possible");
    }

    private static void churn(List<String> members, Random random, int event) {
        boolean join = members.size() <= 20 || members.size() < 60 && random.nextBoolean();
        if (join) {
            members.add("joined-" + event);
        } else {
            members.remove(random.nextInt(members.size()));
        }
    }

    private static void assertMovesExplainTheDifference(Map<ChamberId, String> before, Plan plan, String where) {
        Map<ChamberId, String> replayed = new HashMap<>(before);
        for (Move move : plan.moves()) {
            assertEquals(before.get(move.chamber()), move.from(), where);
            replayed.put(move.chamber(), move.to());
        }
        assertEquals(plan.owners(), replayed, where);
    }

    @Test
    void theOrderOfTheRequestDoesNotMatter() {
        Random random = new Random(3);
        List<ChamberLoad> fab = new ArrayList<>(Fab.documentMix(1000, 3));
        List<String> members = new ArrayList<>(Fab.members(17));
        Map<ChamberId, String> owners = Fab.cold(fab, 12);
        Plan first = new StickyPlanner().plan(PlanRequest.of(fab, members, owners, PlannerOptions.DEFAULT));
        Collections.shuffle(fab, random);
        Collections.shuffle(members, random);
        assertEquals(first, new StickyPlanner().plan(PlanRequest.of(fab, members, owners, PlannerOptions.DEFAULT)));
    }

    @Test
    void nothingMovesWhenNothingChanged() {
        List<ChamberLoad> fab = Fab.documentMix(2400, 5);
        assertEquals(List.of(), Fab.plan(fab, 30, Fab.cold(fab, 30)).moves());
    }

    @Test
    void driftedWeightsMoveNothingBelowTheTriggerAndLittleAboveIt() {
        List<ChamberLoad> fab = Fab.documentMix(2400, 9);
        Map<ChamberId, String> owners = Fab.cold(fab, 30);
        String heavy = owners.get(fab.get(0).chamber());
        List<ChamberLoad> drifted = fab.stream()
                .map(c -> owners.get(c.chamber()).equals(heavy)
                        ? new ChamberLoad(c.chamber(), (long) (c.weight() * 1.09))
                        : c)
                .toList();
        PlannerOptions lazy = PlannerOptions.DEFAULT.withTrigger(1.10);
        StickyPlanner planner = new StickyPlanner();
        assertEquals(
                List.of(),
                planner.plan(PlanRequest.of(drifted, Fab.members(30), owners, lazy))
                        .moves());
        Plan eager = planner.plan(PlanRequest.of(drifted, Fab.members(30), owners, PlannerOptions.DEFAULT));
        assertTrue(!eager.moves().isEmpty() && eager.statistics().moved() < 24, eager.statistics()::toString);
    }

    @Test
    void theBudgetBoundsBalancingButNeverLeavesAnOrphan() {
        List<ChamberLoad> fab = Fab.documentMix(2400, 4);
        Map<ChamberId, String> owners = Fab.cold(fab, 30);
        List<String> members = new ArrayList<>(Fab.members(45));
        members.remove("defender-3");
        long orphans = owners.values().stream().filter("defender-3"::equals).count();
        Plan plan =
                new StickyPlanner().plan(PlanRequest.of(fab, members, owners, PlannerOptions.DEFAULT.withBudget(20)));
        assertTrue(plan.statistics().moved() <= orphans + 20, plan.statistics()::toString);
        assertTrue(!plan.owners().containsValue("defender-3"));
    }

    @Test
    void pinnedChambersGoWhereTheyArePinnedAndStayThere() {
        List<ChamberLoad> fab = Fab.documentMix(300, 6);
        ChamberId pinned = fab.get(42).chamber();
        ChamberId stray = fab.get(43).chamber();
        Map<ChamberId, String> owners = Fab.cold(fab, 10);
        PlanRequest request = new PlanRequest(
                fab,
                Fab.members(12),
                owners,
                Map.of(pinned, "defender-11", stray, "nobody"),
                Map.of(),
                PlannerOptions.DEFAULT);
        Plan plan = new StickyPlanner().plan(request);
        assertEquals("defender-11", plan.owners().get(pinned));
        assertTrue(plan.moves().contains(new Move(pinned, owners.get(pinned), "defender-11", Reason.PINNED)));
    }

    @Test
    void reasonsTellNewChambersFromOrphans() {
        List<ChamberLoad> fab = Fab.equal(10);
        Map<ChamberId, String> owners = new HashMap<>(Fab.cold(fab, 2));
        owners.remove(fab.get(0).chamber());
        owners.put(fab.get(1).chamber(), "gone");
        Map<ChamberId, Reason> reasons = new HashMap<>();
        Fab.plan(fab, 2, owners).moves().forEach(move -> reasons.put(move.chamber(), move.reason()));
        assertEquals(Reason.NEW, reasons.get(fab.get(0).chamber()));
        assertEquals(Reason.ORPHAN, reasons.get(fab.get(1).chamber()));
    }

    @Test
    void moreMembersThanChambersIsNoProblem() {
        Plan plan = Fab.plan(Fab.equal(3), 10, Map.of());
        assertEquals(3, new TreeSet<>(plan.owners().values()).size());
        assertEquals(1, Fab.plan(Fab.equal(1), 1, Map.of()).owners().size());
        assertTrue(Fab.plan(List.of(), 4, Map.of()).owners().isEmpty());
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        List<ChamberLoad> twice = List.of(Fab.equal(1).get(0), Fab.equal(1).get(0));
        PlannerOptions options = PlannerOptions.DEFAULT;
        assertThrows(IllegalArgumentException.class, () -> PlanRequest.of(twice, Fab.members(2), Map.of(), options));
        assertThrows(IllegalArgumentException.class, () -> PlanRequest.of(Fab.equal(1), List.of(), Map.of(), options));
        assertThrows(
                IllegalArgumentException.class,
                () -> PlanRequest.of(Fab.equal(1), List.of("a", "a"), Map.of(), options));
    }
}
