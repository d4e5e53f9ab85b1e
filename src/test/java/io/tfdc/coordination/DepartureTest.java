package io.tfdc.coordination;

import static io.tfdc.coordination.MemberRig.C1;
import static io.tfdc.coordination.MemberRig.C2;
import static io.tfdc.coordination.MemberRig.D0;
import static io.tfdc.coordination.MemberRig.D1;
import static io.tfdc.coordination.MemberRig.map;
import static io.tfdc.coordination.MemberRig.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DepartureTest {
    /** A member at work that is asked to leave, up to the search for standbys. */
    private static MemberRig drained() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        String slice = rig.opened(C1);
        rig.beat();
        rig.released();
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.beat();
        rig.pass(100);
        rig.only(MemberEffect.DeleteSlice.class);
        rig.tell(new MemberEvent.SliceDeleted(slice));
        rig.pass(100);
        rig.only(MemberEffect.FindStandbys.class);
        return rig;
    }

    @Test
    void it_says_so_resigns_finishes_and_lets_go_in_this_order() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        String slice = rig.opened(C1);
        rig.beat();
        rig.released();
        rig.only(MemberEffect.Campaign.class);
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.tell(new MemberEvent.ShutdownRequested());
        assertFalse(rig.executes(C1));
        assertTrue(rig.stores(C1));
        assertFalse(rig.has(MemberEffect.Resign.class), "not before it has said so");
        assertEquals(
                MemberState.SHUTDOWN,
                rig.open.stream()
                        .filter(MemberEffect.PutHeartbeat.class::isInstance)
                        .map(e -> ((MemberEffect.PutHeartbeat) e).heartbeat().state())
                        .findFirst()
                        .orElseThrow());
        rig.beat();
        rig.only(MemberEffect.Resign.class);
        rig.pass(5_000);
        assertEquals(slice, rig.only(MemberEffect.PauseSlice.class).name());
        assertFalse(rig.has(MemberEffect.DeleteSlice.class), "something is at work");
        rig.tell(new MemberEvent.RunFinished(C1));
        assertEquals(slice, rig.only(MemberEffect.DeleteSlice.class).name());
        rig.tell(new MemberEvent.SliceDeleted(slice));
        rig.pass(100);
        rig.only(MemberEffect.FindStandbys.class);
    }

    @Test
    void a_standby_takes_the_id_and_the_heartbeat_under_it_stays_its_own() {
        MemberRig rig = drained();
        rig.tell(new MemberEvent.StandbysFound(List.of("bootb1x0", "bootc1x0")));
        MemberEffect.OfferId first = rig.only(MemberEffect.OfferId.class);
        rig.tell(new MemberEvent.OfferAnswered(first.incarnation(), false));
        MemberEffect.OfferId second = rig.only(MemberEffect.OfferId.class);
        assertFalse(first.incarnation().equals(second.incarnation()));
        rig.tell(new MemberEvent.OfferAnswered(second.incarnation(), true));
        rig.only(MemberEffect.Left.class);
        assertFalse(rig.has(MemberEffect.DeleteClaim.class) || rig.has(MemberEffect.DeleteHeartbeat.class));
        rig.open.clear();
        rig.pass(1_000);
        assertEquals(List.of(), rig.open);
    }

    @Test
    void if_nobody_takes_it_the_claim_is_deleted_and_the_heartbeat_last() {
        MemberRig rig = drained();
        rig.tell(new MemberEvent.StandbysFound(List.of("bootb1x0")));
        rig.only(MemberEffect.OfferId.class);
        rig.pass(2_100);
        rig.only(MemberEffect.DeleteClaim.class);
        assertFalse(rig.has(MemberEffect.DeleteHeartbeat.class));
        rig.tell(new MemberEvent.ClaimDeleted(D0));
        assertEquals("defender-0", rig.only(MemberEffect.DeleteHeartbeat.class).key());
        rig.tell(new MemberEvent.HeartbeatDeleted("defender-0"));
        rig.only(MemberEffect.Left.class);
    }

    @Test
    void a_claim_that_was_taken_over_although_the_answer_was_lost_is_left_alone() {
        MemberRig rig = drained();
        rig.tell(new MemberEvent.StandbysFound(List.of("bootb1x0")));
        rig.tell(new MemberEvent.Failed(rig.only(MemberEffect.OfferId.class), "timeout"));
        rig.only(MemberEffect.DeleteClaim.class);
        rig.tell(new MemberEvent.ClaimRefused(D0));
        rig.only(MemberEffect.Left.class);
        assertFalse(rig.has(MemberEffect.DeleteHeartbeat.class));
    }

    @Test
    void work_that_does_not_end_is_cut_off_after_the_budget() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.opened(C1);
        rig.beat();
        rig.released();
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.pass(19_900);
        assertTrue(rig.stores(C1));
        rig.pass(300);
        rig.only(MemberEffect.DeleteSlice.class);
        assertFalse(rig.stores(C1));
    }

    @Test
    void it_ends_even_if_the_broker_stays_away() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.opened(C1);
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.beats = false;
        rig.tell(new MemberEvent.BrokerReachable(false));
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.pass(25_100);
        rig.only(MemberEffect.Left.class);
    }

    @Test
    void chambers_that_the_leader_plans_away_meanwhile_are_released_one_by_one() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D0)));
        String slice = rig.opened(C1, C2);
        rig.beat();
        rig.released();
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.beat();
        rig.pass(100);
        rig.tell(new MemberEvent.MapSeen(map(2, Map.of(C1, D1, C2, D1)), 2));
        assertEquals(Set.of(C1), rig.only(MemberEffect.ShrinkSlice.class).remaining());
        rig.tell(new MemberEvent.SliceShrunk(slice));
        assertEquals(Set.of(C1), rig.released().holding());
    }

    @Test
    void a_standby_takes_back_its_heartbeat_and_goes() {
        MemberRig rig = new MemberRig();
        rig.tell(new MemberEvent.MapSeen(map(1, Map.of(C1, D0)), 1));
        rig.connect();
        rig.tell(new MemberEvent.ClaimsListed(List.of(MemberRig.entry(D0, "pod-b", "bootb1x0", 5))));
        rig.acknowledge();
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.beat();
        rig.pass(100);
        assertEquals(
                "standby.boota1x0", rig.only(MemberEffect.DeleteHeartbeat.class).key());
        rig.tell(new MemberEvent.HeartbeatDeleted("standby.boota1x0"));
        rig.only(MemberEffect.Left.class);
    }

    @Test
    void a_process_that_never_reached_the_broker_goes_at_once() {
        MemberRig rig = new MemberRig();
        rig.tell(new MemberEvent.ShutdownRequested());
        rig.only(MemberEffect.Left.class);
    }
}
