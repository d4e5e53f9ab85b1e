package io.tfdc.coordination;

import static io.tfdc.coordination.MemberRig.C1;
import static io.tfdc.coordination.MemberRig.D0;
import static io.tfdc.coordination.MemberRig.entry;
import static io.tfdc.coordination.MemberRig.map;
import static io.tfdc.coordination.MemberRig.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private static final long MS = 1_000_000;

    private static MemberRig working() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.opened(C1);
        rig.beat();
        return rig;
    }

    @Test
    void it_counts_from_the_time_at_which_the_heartbeat_was_sent() {
        MemberRig rig = working();
        rig.beats = false;
        rig.pass(2_500);
        long sent = rig.nanos - 1_000 * MS;
        rig.take(MemberEffect.PutHeartbeat.class);
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", sent));
        assertTrue(rig.core.serves(C1, sent + 4_999 * MS));
        assertFalse(rig.core.serves(C1, sent + 5_000 * MS), "a process that was frozen knows without being told");
        assertFalse(rig.core.keeps(C1, sent + 5_000 * MS));
        assertTrue(rig.core.isInDoubt(sent + 4_999 * MS));
        assertFalse(rig.core.isInDoubt(sent + 5_000 * MS), "it is certain that the lease is over");
    }

    @Test
    void soon_after_a_heartbeat_was_sent_it_is_doubtful_whether_the_leader_still_waits() {
        MemberRig rig = working();
        long sent = rig.nanos;
        assertTrue(rig.core.mayExecute(C1, sent + 899 * MS) && rig.core.mayStore(C1, sent + 899 * MS));
        assertFalse(rig.core.isInDoubt(sent + 899 * MS));
        assertFalse(rig.core.mayExecute(C1, sent + 900 * MS) || rig.core.mayStore(C1, sent + 900 * MS));
        assertTrue(rig.core.isInDoubt(sent + 900 * MS));
    }

    @Test
    void work_that_waits_for_certainty_brings_the_next_heartbeat_forward() {
        MemberRig rig = working();
        rig.beats = false;
        rig.tell(new MemberEvent.CertaintyWanted());
        assertFalse(rig.has(MemberEffect.PutHeartbeat.class), "there is no doubt yet");
        rig.pass(1_000);
        assertFalse(rig.has(MemberEffect.PutHeartbeat.class), "nobody waits any more");
        rig.tell(new MemberEvent.CertaintyWanted());
        MemberEffect.PutHeartbeat first = rig.only(MemberEffect.PutHeartbeat.class);
        rig.tell(new MemberEvent.Failed(first, "timeout"));
        rig.pass(100);
        long sent = rig.nanos;
        rig.only(MemberEffect.PutHeartbeat.class);
        rig.pass(1_000);
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", sent));
        assertFalse(rig.core.mayStore(C1, rig.nanos), "the answer took so long that it says nothing");
        assertTrue(rig.core.isInDoubt(rig.nanos));
        rig.only(MemberEffect.PutHeartbeat.class);
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", rig.nanos));
        assertTrue(rig.core.mayStore(C1, rig.nanos) && rig.core.mayExecute(C1, rig.nanos));
        rig.pass(1_000);
        assertFalse(rig.has(MemberEffect.PutHeartbeat.class), "nobody waits any more");
    }

    @Test
    void an_answer_that_comes_after_its_heartbeat_was_given_up_extends_the_lease() {
        MemberRig rig = working();
        rig.beats = false;
        rig.pass(2_000);
        long sent = rig.nanos;
        MemberEffect.PutHeartbeat late = rig.only(MemberEffect.PutHeartbeat.class);
        rig.pass(1_000);
        rig.tell(new MemberEvent.Failed(late, "timeout"));
        rig.pass(1_000);
        MemberEffect.PutHeartbeat open = rig.only(MemberEffect.PutHeartbeat.class);
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", sent));
        assertTrue(rig.core.serves(C1, sent + 4_999 * MS));
        rig.pass(500);
        assertFalse(rig.has(MemberEffect.PutHeartbeat.class), "the later heartbeat is still on its way");
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", open.heartbeat().sequence() > 0 ? rig.nanos : 0));
        assertTrue(rig.core.serves(C1, rig.nanos + 4_999 * MS));
    }

    @Test
    void without_a_connection_nothing_is_done_and_afterwards_only_when_a_new_heartbeat_is_acknowledged() {
        MemberRig rig = working();
        rig.beats = false;
        rig.pass(500);
        rig.tell(new MemberEvent.BrokerReachable(false));
        assertFalse(rig.executes(C1) || rig.stores(C1));
        assertEquals(MemberState.DEGRADED, rig.state());
        rig.pass(1_000);
        rig.tell(new MemberEvent.BrokerReachable(true));
        assertFalse(rig.executes(C1));
        Heartbeat beat = rig.only(MemberEffect.PutHeartbeat.class).heartbeat();
        assertEquals(MemberState.STABLE, beat.state());
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", rig.nanos));
        assertTrue(rig.executes(C1));
        assertEquals(MemberState.STABLE, rig.state());
        assertFalse(rig.has(MemberEffect.AbandonSlices.class));
    }

    @Test
    void a_lease_that_has_run_out_is_not_extended_but_the_id_is_claimed_again() {
        MemberRig rig = working();
        rig.only(MemberEffect.Campaign.class);
        rig.beats = false;
        rig.tell(new MemberEvent.BrokerReachable(false));
        rig.pass(7_000);
        rig.only(MemberEffect.AbandonSlices.class);
        rig.only(MemberEffect.Resign.class);
        rig.take(MemberEffect.PutHeartbeat.class);
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", rig.nanos));
        assertFalse(rig.executes(C1));
        assertEquals(MemberState.DEGRADED, rig.state());

        rig.tell(new MemberEvent.BrokerReachable(true));
        rig.take(MemberEffect.UpdateClaim.class).forEach(u -> rig.tell(new MemberEvent.Failed(u, "away")));
        rig.pass(700);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-a", "boota1x0", 8))));
        rig.join();
        assertEquals("boota1x1", rig.core.view(rig.nanos).incarnation());
        assertEquals(
                "defender-0@boota1x1", rig.only(MemberEffect.Campaign.class).candidate());
        assertTrue(rig.opened(C1).startsWith("d0-boota1x1-"));
        assertTrue(rig.executes(C1));
        assertEquals("boota1x1", rig.released().incarnation());
    }

    @Test
    void nothing_is_opened_before_what_earlier_lives_left_is_deleted() {
        MemberRig rig = new MemberRig();
        rig.tell(new MemberEvent.MapSeen(map(1, Map.of(C1, D0)), 1));
        rig.connect();
        rig.tell(new MemberEvent.ClaimsListed(List.of()));
        rig.claimed();
        rig.acknowledge();
        MemberEffect.DeleteLeftovers delete = rig.only(MemberEffect.DeleteLeftovers.class);
        rig.pass(2_000);
        assertFalse(rig.has(MemberEffect.CreateSlice.class) || rig.has(MemberEffect.PutRelease.class));
        rig.tell(new MemberEvent.Failed(delete, "timeout"));
        rig.pass(600);
        rig.only(MemberEffect.DeleteLeftovers.class);
        rig.tell(new MemberEvent.LeftoversDeleted(D0));
        rig.opened(C1);
        assertEquals(1, rig.released().version());
    }

    @Test
    void if_the_id_has_gone_to_somebody_else_the_process_stands_by() {
        MemberRig rig = working();
        rig.beats = false;
        rig.tell(new MemberEvent.BrokerReachable(false));
        rig.pass(40_000);
        rig.take(MemberEffect.UpdateClaim.class).forEach(u -> rig.tell(new MemberEvent.Failed(u, "away")));
        rig.tell(new MemberEvent.BrokerReachable(true));
        rig.pass(600);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 80))));
        assertEquals(MemberState.STANDBY, rig.state());
        assertEquals(Optional.empty(), rig.core.view(rig.nanos).id());
    }

    @Test
    void heartbeats_are_sent_at_once_on_a_change_and_half_a_second_after_a_failure() {
        MemberRig rig = working();
        rig.beats = false;
        rig.tell(new MemberEvent.ElectionSeen(true, "defender-0@boota1x0"));
        MemberEffect.PutHeartbeat put = rig.only(MemberEffect.PutHeartbeat.class);
        assertTrue(put.heartbeat().leading());
        assertEquals(MemberState.LEADER, put.heartbeat().state());
        rig.tell(new MemberEvent.Failed(put, "timeout"));
        rig.pass(400);
        assertFalse(rig.has(MemberEffect.PutHeartbeat.class));
        rig.pass(100);
        assertTrue(rig.only(MemberEffect.PutHeartbeat.class).heartbeat().sequence()
                > put.heartbeat().sequence());
    }

    @Test
    void an_answer_for_an_earlier_candidate_makes_nobody_a_leader() {
        MemberRig rig = working();
        String own = rig.only(MemberEffect.Campaign.class).candidate();
        rig.tell(new MemberEvent.ElectionSeen(true, "defender-0@bootz9x0"));
        assertEquals(MemberState.STABLE, rig.state());
        rig.tell(new MemberEvent.ElectionSeen(true, own + "1"));
        assertEquals(MemberState.STABLE, rig.state());
        rig.tell(new MemberEvent.ElectionSeen(true, own + "~2"));
        assertEquals(MemberState.LEADER, rig.state(), "the same life, which stood a second time");
        rig.tell(new MemberEvent.ElectionSeen(true, own));
        assertEquals(MemberState.LEADER, rig.state());
    }
}
