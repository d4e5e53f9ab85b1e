package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.LeaderRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Taking over, losing leadership, and deafness. */
class LeadershipTest {

    @Test
    void everyKindOfEventHasAReaction() {
        Set<Class<?>> kinds = new HashSet<>(List.of(LeaderEvent.class.getPermittedSubclasses()));
        assertEquals(
                kinds,
                new HashSet<>(
                        new LeaderCore(Rig.id(0), "ax0", Rig.running(1).settings, LeaderSettings.DEFAULT).kinds()));
    }

    @Test
    void aNewLeaderWritesTheSameVersionWithItsEpoch() {
        Rig rig = Rig.running(5);
        AssignmentMap before = rig.map();
        rig.lead(1);
        AssignmentMap after = rig.map();
        assertEquals(before.epoch() + 1, after.epoch());
        assertEquals(before.version(), after.version());
        assertEquals(before.owners(), after.owners());
        assertEquals(before.lifecycle(), after.lifecycle());
        rig.advance(Duration.ofSeconds(30));
        assertEquals(before.version(), rig.map().version());
    }

    @Test
    void releasesUnderWaySurviveAChangeOfLeader() {
        Rig rig = Rig.running(5);
        rig.processes.values().forEach(process -> process.releases = false);
        rig.startMembers(5, 2);
        rig.advance(Duration.ofSeconds(6));
        AssignmentMap moving = rig.map();
        assertFalse(moving.releasing().isEmpty());
        rig.lead(1);
        assertEquals(moving.releasing(), rig.map().releasing());
    }

    @Test
    void aHigherEpochEndsTheLeadership() {
        Rig rig = Rig.running(5);
        rig.leaderRecord =
                Optional.of(new LeaderRecord(7, Rig.id(4), "m4x0", rig.now().wall()));
        rig.leaderRevision = ++rig.revision;
        rig.mapRevision = ++rig.revision;
        rig.crash(3);
        rig.advance(Duration.ofSeconds(3));
        assertEquals(1, rig.sent(LeaderEffect.StepDown.class).size());
        assertEquals(1, rig.map().version(), "nothing of the old leader was written");
        rig.forget();
        rig.advance(Duration.ofSeconds(10));
        assertTrue(rig.effects.isEmpty());
        assertTrue(rig.ask(new OperatorCommand.Pause()) instanceof OperatorReply.Refused);
    }

    @Test
    void aLostAnswerToTheClaimOfTheEpochIsFoundInTheBucket() {
        Rig rig = new Rig();
        rig.startMembers(0, 2);
        rig.lose = effect -> effect instanceof LeaderEffect.ClaimEpoch;
        rig.lead(0);
        rig.advance(Duration.ofSeconds(16));
        assertEquals(1, rig.view().epoch());
        assertEquals(1, rig.sent(LeaderEffect.ClaimEpoch.class).size());
        assertEquals(1, rig.map().version());
    }

    @Test
    void aMapWhoseAnswerIsLostIsNotWrittenTwice() {
        Rig rig = Rig.running(5);
        rig.lose = effect -> effect instanceof LeaderEffect.WriteMap;
        rig.crash(2);
        rig.advance(Duration.ofSeconds(3));
        rig.lose = effect -> false;
        rig.advance(Duration.ofSeconds(9));
        assertEquals(2, rig.history.get(1).version());
        assertTrue(rig.decisions.stream().anyMatch(d -> d.version() == 2), "the log has it, too");
    }

    @Test
    void everybodyGetsHisFullTimeFromTheTakeover() {
        Rig rig = Rig.running(5);
        rig.processes.values().forEach(process -> process.answers = false);
        rig.process(3).nextBeatAt = Long.MAX_VALUE;
        rig.advance(Duration.ofSeconds(4));
        rig.lead(1);
        rig.beat(rig.process(3));
        rig.advance(Duration.ofMillis(5_900));
        assertEquals(1, rig.map().version());
        rig.advance(Duration.ofSeconds(1));
        assertEquals(2, rig.map().version());
    }

    /** Whoever vanishes leaves his last heartbeat, so this one took it back in order: its place is kept for its replacement. */
    @Test
    void aMemberOfWhomNothingIsStoredHasItsPlaceKept() {
        Rig rig = Rig.running(5);
        rig.crash(3);
        rig.lead(1);
        rig.advance(Duration.ofSeconds(25));
        assertEquals(1, rig.map().version());
        rig.start("r3x0", Optional.of(Rig.id(3)));
        rig.advance(Duration.ofSeconds(10));
        assertEquals(1, rig.map().version(), "" + rig.decisions);
    }

    @Test
    void aMemberOfWhomNothingIsStoredAndNobodyReplacesIsGivenUp() {
        Rig rig = Rig.running(5);
        rig.crash(3);
        rig.lead(1);
        rig.advance(Duration.ofSeconds(32));
        assertFalse(rig.map().members().contains(Rig.id(3)));
    }

    /** The bucket keeps heartbeats for a while: a new leader reads those of the dead, too. */
    @Test
    void aStoredHeartbeatAloneMakesNobodyAMember() {
        Rig rig = Rig.running(5);
        rig.ask(new OperatorCommand.Target(5));
        rig.crash(3);
        rig.advance(Duration.ofSeconds(5));
        AssignmentMap before = rig.map();
        assertFalse(before.members().contains(Rig.id(3)));
        rig.lead(1);
        rig.processes.values().forEach(rig::beat);
        rig.advance(Duration.ofSeconds(10));
        assertEquals(before.version(), rig.map().version());
        assertEquals(before.owners(), rig.map().owners());
    }

    @Test
    void aRestartOfEverythingMovesNothing() {
        Rig rig = Rig.running(12);
        IntStream.range(0, 12).forEach(rig::crash);
        rig.start("r0x0", Optional.of(Rig.id(0)));
        rig.lead(rig.processes.get("r0x0"));
        rig.processes.values().stream().filter(p -> !p.alive).toList().forEach(rig::beat);
        rig.advance(Duration.ofSeconds(4));
        assertTrue(rig.decisions.stream().anyMatch(d -> d.summary().contains("restarts")), "" + rig.decisions);
        for (int n = 1; n < 12; n++) {
            rig.start("r" + n + "x0", Optional.of(Rig.id(n)));
            rig.advance(Duration.ofSeconds(2));
        }
        rig.advance(Duration.ofSeconds(20));
        assertEquals(1, rig.map().version(), "" + rig.decisions);
    }

    @Test
    void aDeafLeaderDeclaresNobodyDead() {
        Rig rig = Rig.running(5);
        rig.feed(new LeaderEvent.BrokerReachable(false));
        rig.processes
                .values()
                .forEach(process -> process.nextBeatAt += Duration.ofSeconds(9).toNanos());
        rig.advance(Duration.ofSeconds(7));
        assertTrue(rig.view().deaf());
        rig.feed(new LeaderEvent.BrokerReachable(true));
        rig.advance(Duration.ofSeconds(30));
        assertFalse(rig.view().deaf());
        assertEquals(1, rig.map().version());
        assertTrue(rig.sent(LeaderEffect.FenceMembers.class).isEmpty());
    }

    @Test
    void aLeaderThatStaysDeafStepsDown() {
        Rig rig = Rig.running(5);
        rig.process(0).nextBeatAt = Long.MAX_VALUE;
        rig.advance(Duration.ofMillis(12_900));
        assertTrue(rig.sent(LeaderEffect.StepDown.class).isEmpty());
        rig.advance(Duration.ofMillis(2_300));
        assertEquals(1, rig.sent(LeaderEffect.StepDown.class).size());
    }

    @Test
    void theOlderOfTwoClaimsIsIgnored() {
        Rig rig = Rig.running(3);
        Rig.Process old = rig.process(2);
        rig.start("m2x1", Optional.of(Rig.id(2)));
        rig.advance(Duration.ofSeconds(5));
        old.alive = false;
        rig.advance(Duration.ofSeconds(10));
        assertEquals(1, rig.map().version(), "the newer one lives");
        assertEquals(
                1,
                rig.decisions.stream()
                        .filter(d -> d.summary().contains("two processes"))
                        .count());
    }

    @Test
    void aQuietTickDoesNothing() {
        Rig rig = Rig.running(5);
        rig.advance(Duration.ofSeconds(31));
        assertTrue(rig.sent(LeaderEffect.WriteMap.class).isEmpty());
        assertTrue(rig.decisions.isEmpty(), "" + rig.decisions);
    }

    @Test
    void inShadowModeNothingTouchesTheCluster() {
        Rig rig = new Rig();
        rig.planning = new LeaderSettings(
                LeaderSettings.Mode.STICKY,
                PlannerOptions.DEFAULT,
                1.0,
                0.01,
                Duration.ofMinutes(10),
                1.10,
                RingPlanner.TOLERANCE,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                true);
        rig.startMembers(0, 5);
        rig.lead(0);
        rig.advance(Duration.ofSeconds(10));
        rig.crash(3);
        rig.standby("sx0");
        rig.advance(Duration.ofSeconds(40));
        assertTrue(rig.map.isEmpty());
        assertTrue(rig.effects.stream()
                .noneMatch(e -> e instanceof LeaderEffect.WriteMap
                        || e instanceof LeaderEffect.FenceMembers
                        || e instanceof LeaderEffect.Grant));
        assertTrue(rig.view().version() >= 2, "" + rig.view());
        assertTrue(rig.decisions.stream()
                .anyMatch(d -> d.version() == 2 && !d.moves().isEmpty()));
    }
}
