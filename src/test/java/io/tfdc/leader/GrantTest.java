package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.coordination.MemberState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Standbys that are let in. */
class GrantTest {
    private static List<LeaderEffect.Grant> grants(Rig rig) {
        return rig.sent(LeaderEffect.Grant.class);
    }

    @Test
    void withoutAnIntendedSizeANewcomerIsLetInWhenNoOtherFollows() {
        Rig rig = Rig.running(3);
        rig.standby("s1x0");
        rig.advance(Duration.ofSeconds(2));
        rig.standby("s2x0");
        rig.advance(Duration.ofSeconds(3));
        assertEquals(List.of(), grants(rig));
        rig.advance(Duration.ofSeconds(3));
        assertEquals(
                List.of(new LeaderEffect.Grant("s1x0", Rig.id(3)), new LeaderEffect.Grant("s2x0", Rig.id(4))),
                grants(rig));
        rig.advance(Duration.ofSeconds(12));
        assertEquals(5, rig.map().members().size());
        assertEquals(2, rig.map().version(), "one plan for both");
    }

    @Test
    void whomTheIntendedSizeLacksIsLetInAtOnceAndNobodyElse() {
        Rig rig = Rig.running(3);
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(4)));
        rig.standby("s1x0");
        rig.standby("s2x0");
        rig.advance(Duration.ofMillis(500));
        assertEquals(List.of(new LeaderEffect.Grant("s1x0", Rig.id(3))), grants(rig));
        rig.advance(Duration.ofSeconds(60));
        assertEquals(1, grants(rig).size());
        assertEquals(4, rig.map().members().size());
    }

    @Test
    void aGrantThatIsNotHeardIsRepeatedEveryTwoSecondsWhileTheStandbyIsThere() {
        Rig rig = Rig.running(3);
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(4)));
        rig.mute = effect -> effect instanceof LeaderEffect.Grant;
        rig.standby("s1x0");
        rig.advance(Duration.ofMillis(6_700));
        assertEquals(4, grants(rig).size());
        assertEquals(1, grants(rig).stream().distinct().count(), "the same id each time");
        rig.processes.get("s1x0").alive = false;
        rig.feed(new LeaderEvent.HeartbeatGone(rig.processes.get("s1x0").key()));
        rig.advance(Duration.ofSeconds(10));
        assertEquals(4, grants(rig).size());
        rig.standby("s2x0");
        rig.advance(Duration.ofMillis(500));
        assertEquals(new LeaderEffect.Grant("s2x0", Rig.id(3)), grants(rig).get(4), "the id is free again");
    }

    @Test
    void standbysThatLeaversNeedAsSuccessorsAreKeptBack() {
        Rig rig = Rig.running(5);
        rig.shutDown(2);
        rig.standby("s1x0");
        rig.advance(Duration.ofSeconds(12));
        assertEquals(MemberState.SHUTDOWN, rig.process(2).state);
        assertEquals(List.of(), grants(rig));
        rig.standby("s2x0");
        rig.advance(Duration.ofSeconds(5));
        assertEquals(1, grants(rig).size(), "one is kept, one is let in");
    }

    @Test
    void anIdWhoseHolderHasJustVanishedIsGivenLast() {
        Rig rig = Rig.running(5);
        rig.crash(2);
        rig.advance(Duration.ofSeconds(4));
        rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(5)));
        rig.standby("s1x0");
        rig.advance(Duration.ofMillis(500));
        assertEquals(List.of(new LeaderEffect.Grant("s1x0", Rig.id(5))), grants(rig), "its claim may not have expired");
    }
}
