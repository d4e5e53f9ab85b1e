package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Now;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Consumers that nobody may have any more, holders that don't let go, and chambers that are no longer listed. */
class SweepTest {
    private static Set<String> deleted(Rig rig) {
        return rig.sent(LeaderEffect.DeleteConsumer.class).stream()
                .map(LeaderEffect.DeleteConsumer::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void consumersOfIncarnationsThatAreNoMoreAreDeleted() {
        Rig rig = Rig.running(3);
        String earlierLife = Rig.id(1).slice("m1x9", 4);
        String stranger = Rig.id(77).slice("m77x0", 0);
        rig.consumers = Set.of(
                earlierLife, stranger, Rig.id(0).slice("m0x0", 0), Rig.id(1).slice("m1x0", 3), "somebody-elses");
        rig.advance(Duration.ofSeconds(35));
        assertEquals(Set.of(earlierLife, stranger), deleted(rig));
    }

    @Test
    void nothingOfTheLivingIsDeletedWhateverItsId() {
        Rig rig = Rig.running(3);
        Rig.Process successor = rig.start("n1x0", rig.process(1).id);
        rig.standby("s1x0");
        rig.consumers = Set.of(
                Rig.id(1).slice("m1x0", 0),
                Rig.id(1).slice("n1x0", 0),
                Rig.id(9).slice("s1x0", 0));
        rig.advance(Duration.ofSeconds(70));
        assertTrue(successor.alive);
        assertEquals(Set.of(), deleted(rig), "the one whose claim is older still heartbeats");
        rig.process(1).alive = false;
        rig.advance(Duration.ofSeconds(40));
        assertEquals(Set.of(Rig.id(1).slice("m1x0", 0)), deleted(rig));
    }

    @Test
    void aDeafLeaderDeletesNothing() {
        Rig rig = Rig.running(3);
        rig.consumers = Set.of(Rig.id(77).slice("m77x0", 0));
        rig.feed(new LeaderEvent.BrokerReachable(false));
        rig.feed(new LeaderEvent.ConsumersSeen(java.util.Map.of(Rig.id(77).slice("m77x0", 0), Set.of())));
        assertEquals(Set.of(), deleted(rig));
    }

    @Test
    void aHolderThatDoesNotLetGoLosesItsConsumersAndTheGainersAreTold() {
        Rig rig = Rig.running(5);
        AssignmentMap before = rig.map();
        Set<ChamberId> stuck = before.ownedBy(Rig.id(1));
        rig.process(1).releases = false;
        rig.process(1).holds.addAll(stuck);
        rig.ask(new OperatorCommand.Drain(Rig.id(1)));
        rig.advance(Duration.ofSeconds(24));
        assertEquals(stuck, rig.map().releasing().keySet());
        assertEquals(List.of(), rig.sent(LeaderEffect.FenceSlices.class));
        long version = rig.map().version();
        rig.advance(Duration.ofSeconds(2));
        assertEquals(List.of(new LeaderEffect.FenceSlices(Rig.id(1), stuck)), rig.sent(LeaderEffect.FenceSlices.class));
        assertTrue(rig.process(1).holds.isEmpty());
        assertTrue(rig.map().releasing().isEmpty());
        assertEquals(version, rig.map().version(), "nobody's chambers change");
        assertEquals(0, rig.view().releasing());
        assertTrue(
                rig.decisions.stream().anyMatch(decision -> decision.summary().contains("has not released")));
    }

    @Test
    void aFenceWithoutAnAnswerIsAskedForAgainAndNothingIsTakenForGranted() {
        Rig rig = Rig.running(5);
        rig.process(1).releases = false;
        rig.mute = effect -> effect instanceof LeaderEffect.FenceSlices;
        rig.ask(new OperatorCommand.Drain(Rig.id(1)));
        rig.advance(Duration.ofSeconds(30));
        assertFalse(rig.map().releasing().isEmpty());
        rig.mute = effect -> false;
        rig.advance(Duration.ofSeconds(7));
        assertEquals(2, rig.sent(LeaderEffect.FenceSlices.class).size());
        assertTrue(rig.map().releasing().isEmpty());
    }

    @Test
    void theDeadlineOfAReleaseBeginsAnewWithALeader() {
        Rig rig = Rig.running(5);
        rig.process(1).releases = false;
        rig.ask(new OperatorCommand.Drain(Rig.id(1)));
        rig.advance(Duration.ofSeconds(20));
        rig.lead(2);
        rig.advance(Duration.ofSeconds(20));
        assertEquals(List.of(), rig.sent(LeaderEffect.FenceSlices.class));
        rig.advance(Duration.ofSeconds(8));
        assertEquals(1, rig.sent(LeaderEffect.FenceSlices.class).size());
        assertTrue(rig.map().releasing().isEmpty());
    }

    @Test
    void aChamberThatIsNoLongerListedStaysForADay() {
        Catalog catalog = new Catalog(LeaderSettings.DEFAULT);
        List<ChamberLoad> both = Fab.equal(2);
        ChamberId gone = both.get(1).chamber();
        catalog.loaded(both, at(Duration.ZERO));
        catalog.loaded(both.subList(0, 1), at(Duration.ofHours(24)));
        assertTrue(catalog.knows(gone));
        catalog.loaded(both.subList(0, 1), at(Duration.ofHours(24).plusSeconds(1)));
        assertFalse(catalog.knows(gone));
        assertEquals(1, catalog.size());
    }

    private static Turn at(Duration time) {
        return new Turn(new Now(time.toNanos(), Instant.EPOCH.plus(time)), time.toNanos(), false);
    }
}
