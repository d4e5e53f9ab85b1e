package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.MemberState;
import io.tfdc.leader.LeaderEvent.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrashTest {
    private static final Duration FOUND = Duration.ofMillis(2_300);

    @Test
    void aVanishedMemberIsFencedAndOnlyItsChambersMove() {
        Rig rig = Rig.running(10);
        AssignmentMap before = rig.map();
        rig.crash(3);
        rig.advance(FOUND);
        assertEquals(
                List.of(new LeaderEffect.FenceMembers(Set.of(Rig.id(3)))), rig.sent(LeaderEffect.FenceMembers.class));
        AssignmentMap after = rig.map();
        assertEquals(before.version() + 1, after.version());
        assertEquals(Cause.CRASH, after.cause());
        assertEquals(Lifecycle.STABLE, after.lifecycle());
        assertEquals(before.ownedBy(Rig.id(3)).size(), rig.moved(before));
        assertFalse(after.members().contains(Rig.id(3)));
        assertFalse(after.owners().containsValue(Rig.id(3)));
        assertTrue(after.releasing().isEmpty(), "the dead have no consumers to release");
    }

    @Test
    void withAWindowWhoIsBackInItKeepsHisChambers() {
        for (boolean back : new boolean[] {true, false}) {
            Rig rig = new Rig();
            rig.settings = withCrashWindow(Duration.ofSeconds(10));
            rig.startMembers(0, 10);
            rig.lead(0);
            rig.advance(Duration.ofSeconds(20));
            AssignmentMap before = rig.map();
            rig.crash(3);
            rig.advance(Duration.ofSeconds(8));
            assertEquals(before, rig.map(), "the window is open");
            if (back) {
                rig.start("m3x1", Optional.of(Rig.id(3)));
            }
            rig.advance(Duration.ofSeconds(8));
            assertEquals(
                    !back, rig.decisions.stream().anyMatch(decision -> decision.cause() == Cause.CRASH), "given away");
            assertEquals(back, rig.map().owners().equals(before.owners()));
        }
    }

    private static ClusterSettings withCrashWindow(Duration window) {
        ClusterSettings d = ClusterSettings.DEFAULT;
        return new ClusterSettings(
                d.heartbeatInterval(),
                d.missedHeartbeats(),
                d.leaseMargin(),
                d.claimTtl(),
                d.claimDeadline(),
                d.maxMembers(),
                d.probeInterval(),
                d.probeConfirm(),
                window,
                d.massLossShare(),
                d.massLossConfirm(),
                d.coldStartWindow(),
                d.scaleWindow(),
                d.quietTime(),
                d.handoverGrace(),
                d.releaseDeadline(),
                d.drainBudget(),
                d.prefetchBudget(),
                d.maxSlices(),
                d.mergeQuiet(),
                d.grayAfter(),
                d.expectedSize());
    }

    /** A request that was on its way when its member vanished: the consumer that it makes would keep the gainers out. */
    @Test
    void aConsumerOfTheDeadThatComesAfterTheFenceIsDeletedSoon() {
        Rig rig = Rig.running(10);
        String late = Rig.id(3).slice(rig.process(3).incarnation, 7);
        String living = Rig.id(4).slice(rig.process(4).incarnation, 0);
        rig.crash(3);
        rig.advance(FOUND);
        rig.consumers = Set.of(late, living, "somebody-elses");
        rig.advance(Duration.ofSeconds(2));
        assertTrue(rig.sent(LeaderEffect.DeleteConsumer.class).contains(new LeaderEffect.DeleteConsumer(late)));
        rig.advance(Duration.ofSeconds(60));
        assertEquals(
                Set.of(new LeaderEffect.DeleteConsumer(late)), Set.copyOf(rig.sent(LeaderEffect.DeleteConsumer.class)));
    }

    @Test
    void fencingComesBeforeTheMap() {
        Rig rig = Rig.running(5);
        rig.mute = effect -> effect instanceof LeaderEffect.FenceMembers;
        rig.crash(2);
        rig.advance(Duration.ofSeconds(8));
        assertEquals(1, rig.map().version());
        assertEquals(MemberState.EMERGENCY, rig.view().phase());
        rig.mute = effect -> false;
        rig.advance(Duration.ofSeconds(5));
        assertEquals(2, rig.sent(LeaderEffect.FenceMembers.class).size(), "the lost answer is asked for again");
        assertEquals(Cause.CRASH, rig.history.get(1).cause());
    }

    @Test
    void severalWhoVanishTogetherAreOneVersion() {
        Rig rig = Rig.running(30);
        AssignmentMap before = rig.map();
        rig.crash(3, 7, 9);
        rig.advance(FOUND);
        assertEquals(2, rig.map().version());
        assertEquals(27, rig.map().members().size());
        long orphans = List.of(3, 7, 9).stream()
                .mapToLong(n -> before.ownedBy(Rig.id(n)).size())
                .sum();
        assertEquals(orphans, rig.moved(before));
    }

    @Test
    void aFrozenMemberIsDeadWhenItsHeartbeatsAreDue() {
        Rig rig = Rig.running(5);
        rig.process(2).nextBeatAt = Long.MAX_VALUE;
        rig.process(2).answers = false;
        rig.advance(Duration.ofMillis(3_900));
        assertEquals(1, rig.map().version(), "time-outs hurry nothing");
        rig.advance(Duration.ofMillis(2_600));
        assertEquals(Cause.CRASH, rig.map().cause());
    }

    @Test
    void answersDoNotSaveAMemberWithoutHeartbeats() {
        Rig rig = Rig.running(5);
        rig.process(2).nextBeatAt = Long.MAX_VALUE;
        rig.advance(Duration.ofMillis(6_500));
        assertEquals(Cause.CRASH, rig.map().cause());
    }

    @Test
    void oneMissingResponderIsNoCrash() {
        Rig rig = Rig.running(5);
        rig.process(2).nextBeatAt = rig.nanos + Duration.ofSeconds(4).toNanos();
        rig.feed(new LeaderEvent.Probed("m2x0", ProbeResult.NO_RESPONDERS));
        rig.advance(Duration.ofSeconds(4));
        assertEquals(1, rig.map().version());
    }

    @Test
    void aMemberThatIsBackBeforeTheMapKeepsItsChambers() {
        Rig rig = Rig.running(5);
        rig.mute = effect -> effect instanceof LeaderEffect.FenceMembers;
        rig.crash(2);
        rig.advance(Duration.ofSeconds(2));
        assertEquals(1, rig.sent(LeaderEffect.FenceMembers.class).size());
        rig.start("m2x1", Optional.of(Rig.id(2)));
        rig.advance(Duration.ofSeconds(3));
        rig.feed(new LeaderEvent.MembersFenced(Set.of(Rig.id(2))));
        rig.advance(Duration.ofSeconds(20));
        assertEquals(1, rig.map().version());
    }

    @Test
    void aMassLossIsDoubtedForTwoSeconds() {
        Rig rig = Rig.running(10);
        rig.crash(4, 5, 6, 7);
        rig.advance(FOUND);
        assertEquals(1, rig.map().version());
        assertTrue(rig.decisions.stream().anyMatch(d -> d.summary().contains("vanished at once")), "" + rig.decisions);
        rig.advance(Duration.ofSeconds(2));
        assertEquals(2, rig.map().version());
        assertEquals(6, rig.map().members().size());
    }

    @Test
    void nothingMovesIfTheLostAreBackWhileTheyAreDoubted() {
        Rig rig = Rig.running(10);
        rig.crash(4, 5, 6, 7);
        rig.advance(Duration.ofMillis(1_800));
        for (int n : List.of(4, 5, 6, 7)) {
            rig.process(n).alive = true;
            rig.process(n).nextBeatAt = rig.nanos;
        }
        rig.advance(Duration.ofSeconds(10));
        assertEquals(1, rig.map().version(), "" + rig.decisions);
        assertTrue(rig.sent(LeaderEffect.FenceMembers.class).isEmpty());
    }

    @Test
    void balanceFollowsInAQuietTime() {
        Rig rig = Rig.running(30);
        rig.crash(3);
        rig.advance(FOUND);
        AssignmentMap crashed = rig.map();
        rig.advance(Duration.ofSeconds(20));
        assertTrue(rig.map().version() <= 3, "" + rig.decisions);
        assertTrue(rig.moved(crashed) <= 10, rig.moved(crashed) + " of 240 for balance");
    }

    @Test
    void aCrashDuringAWindowIsHandledAtOnceAndNewcomersWaitOn() {
        Rig rig = Rig.running(10);
        rig.startMembers(10, 1);
        rig.crash(3);
        rig.advance(Duration.ofMillis(2_000));
        assertEquals(Cause.CRASH, rig.map().cause());
        assertFalse(rig.map().members().contains(Rig.id(10)));
        rig.advance(Duration.ofMillis(2_500));
        assertEquals(Cause.SCALE_UP, rig.map().cause());
        assertTrue(rig.map().members().contains(Rig.id(10)));
    }

    @Test
    void theLeaderNeverAsksItself() {
        Rig rig = Rig.running(3);
        rig.advance(Duration.ofSeconds(5));
        assertTrue(rig.sent(LeaderEffect.Probe.class).stream()
                .noneMatch(probe -> probe.incarnation().equals("m0x0")));
        assertTrue(rig.sent(LeaderEffect.Probe.class).size() >= 18);
    }
}
