package io.tfdc.coordination;

import static io.tfdc.coordination.MemberRig.C1;
import static io.tfdc.coordination.MemberRig.C2;
import static io.tfdc.coordination.MemberRig.C3;
import static io.tfdc.coordination.MemberRig.D0;
import static io.tfdc.coordination.MemberRig.D1;
import static io.tfdc.coordination.MemberRig.D2;
import static io.tfdc.coordination.MemberRig.map;
import static io.tfdc.coordination.MemberRig.member;
import static io.tfdc.coordination.MemberRig.release;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private static List<Releasing> from(StableId id, long since) {
        return List.of(new Releasing(id, since));
    }

    @Test
    void what_the_map_gives_is_opened_once_its_history_is_loaded() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D0, C3, D1)));
        assertEquals(Set.of(C1, C2), rig.only(MemberEffect.Prefetch.class).chambers());
        rig.pass(500);
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.Prefetched(Set.of(C1, C2)));
        rig.opened(C1, C2);
        assertTrue(rig.executes(C1) && rig.stores(C1) && !rig.executes(C3));
    }

    @Test
    void what_a_slice_delivers_before_the_answer_to_its_creation_is_worked_on() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        assertFalse(rig.executes(C1));
        rig.tell(new MemberEvent.Prefetched(Set.of(C1)));
        if (!rig.has(MemberEffect.CreateSlice.class)) {
            rig.pass(300);
        }
        String slice = rig.only(MemberEffect.CreateSlice.class).name();
        assertTrue(rig.executes(C1) && rig.stores(C1));
        rig.tell(new MemberEvent.SliceRefused(slice));
        assertFalse(rig.executes(C1) || rig.stores(C1));
    }

    @Test
    void a_chamber_that_was_given_away_without_waiting_is_lost_with_what_is_at_work_for_it() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D0)));
        rig.opened(C1, C2);
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.tell(new MemberEvent.MapSeen(map(1, 2, Map.of(C1, D1, C2, D0), Map.of(C1, from(D0, 2))), 2));
        assertTrue(rig.stores(C1), "the next owner waits");
        rig.tell(new MemberEvent.MapSeen(map(1, 3, Map.of(C1, D1, C2, D0), Map.of()), 3));
        assertFalse(rig.stores(C1), "the leader has deleted the consumer and waits no longer");
        assertTrue(rig.stores(C2));
    }

    @Test
    void history_that_does_not_come_is_waited_for_no_longer_than_its_budget() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.pass(1_100);
        assertTrue(rig.has(MemberEffect.CreateSlice.class));
    }

    @Test
    void a_chamber_is_not_opened_before_its_holder_has_released_it() {
        MemberRig rig = member(map(1, 2, Map.of(C1, D0), Map.of(C1, from(D1, 2))));
        rig.pass(3_000);
        assertFalse(rig.has(MemberEffect.Prefetch.class), "history lacks the holder's last runs");
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 1)));
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 2, C1)));
        rig.pass(3_000);
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 2)));
        rig.opened(C1);
    }

    @Test
    void a_release_seen_before_its_map_counts_when_the_map_comes() {
        MemberRig rig = member(map(1, 2, Map.of(C1, D0), Map.of(C1, from(D1, 2))));
        // As of version 3 the other has nothing besides what version 3 gives it, which may be this chamber.
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 3)));
        rig.pass(2_000);
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.MapSeen(map(1, 3, Map.of(C1, D0, C2, D1), Map.of(C1, from(D1, 2))), 2));
        rig.opened(C1);
    }

    @Test
    void every_holder_of_a_chamber_that_moved_twice_has_to_release_it() {
        MemberRig rig =
                member(map(1, 3, Map.of(C1, D0), Map.of(C1, List.of(new Releasing(D1, 2), new Releasing(D2, 3)))));
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 3)));
        rig.tell(new MemberEvent.ReleaseSeen(release(D2, 2)));
        rig.pass(1_000);
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.ReleaseSeen(release(D2, 3)));
        rig.opened(C1);
    }

    @Test
    void releases_close_together_make_one_slice() {
        MemberRig rig = member(map(
                1,
                2,
                Map.of(C1, D0, C2, D0, C3, D0),
                Map.of(C1, from(D1, 2), C2, from(D2, 2), C3, from(new StableId(3), 2))));
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 2)));
        rig.nanos += 20_000_000;
        rig.tell(new MemberEvent.ReleaseSeen(release(D2, 2)));
        rig.opened(C1, C2);
        rig.tell(new MemberEvent.ReleaseSeen(release(new StableId(3), 2)));
        rig.opened(C3);
        assertEquals(2, rig.core.view(rig.nanos).slices());
    }

    @Test
    void what_goes_away_is_let_go_of_when_its_work_is_done() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D0, C3, D0)));
        String slice = rig.opened(C1, C2, C3);
        assertEquals(1, rig.released().version());
        rig.tell(new MemberEvent.RunStarted(C1));
        Map<ChamberId, List<Releasing>> waiting = Map.of(C1, from(D0, 2), C2, from(D0, 2));
        rig.tell(new MemberEvent.MapSeen(map(1, 2, Map.of(C1, D1, C2, D1, C3, D0), waiting), 2));

        assertFalse(rig.executes(C1) || rig.executes(C2));
        assertTrue(rig.stores(C1), "work at hand may be stored");
        assertFalse(rig.stores(C2), "nothing of it is at hand");
        assertEquals(new MemberEffect.ShrinkSlice(slice, Set.of(C1, C3)), rig.only(MemberEffect.ShrinkSlice.class));
        assertEquals(Set.of(C1, C2), rig.released().holding());
        rig.tell(new MemberEvent.SliceShrunk(slice));
        assertEquals(Set.of(C1), rig.released().holding());
        rig.tell(new MemberEvent.RunFinished(C1));
        assertEquals(Set.of(C3), rig.only(MemberEffect.ShrinkSlice.class).remaining());
        rig.tell(new MemberEvent.SliceShrunk(slice));
        assertEquals(Set.of(), rig.released().holding());
    }

    @Test
    void a_slice_with_nothing_left_is_deleted_and_never_emptied() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        String slice = rig.opened(C1);
        rig.tell(new MemberEvent.MapSeen(map(2, Map.of(C1, D1)), 2));
        assertEquals(slice, rig.only(MemberEffect.DeleteSlice.class).name());
        rig.tell(new MemberEvent.SliceDeleted(slice));
        assertEquals(0, rig.core.view(rig.nanos).slices());
        assertEquals(MemberState.STABLE, rig.state());
    }

    @Test
    void a_chamber_that_comes_back_while_it_is_being_taken_out_gets_a_new_slice() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D0)));
        String slice = rig.opened(C1, C2);
        rig.tell(new MemberEvent.MapSeen(map(2, Map.of(C1, D1, C2, D0)), 2));
        MemberEffect.ShrinkSlice shrink = rig.only(MemberEffect.ShrinkSlice.class);
        rig.tell(new MemberEvent.MapSeen(map(1, 3, Map.of(C1, D0, C2, D0), Map.of(C1, from(D1, 3))), 3));
        rig.tell(new MemberEvent.Failed(shrink, "timeout"));
        assertFalse(rig.executes(C1));
        rig.pass(600);
        assertEquals(Set.of(C2), rig.only(MemberEffect.ShrinkSlice.class).remaining(), "it may have happened");
        rig.tell(new MemberEvent.SliceShrunk(slice));
        rig.pass(1_000);
        assertFalse(rig.has(MemberEffect.CreateSlice.class), "the other has to release it first");
        rig.tell(new MemberEvent.ReleaseSeen(release(D1, 3)));
        assertNotEquals(slice, rig.opened(C1));
    }

    @Test
    void a_refused_slice_is_tried_again_under_another_name_for_as_long_as_it_takes() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.only(MemberEffect.Prefetch.class);
        rig.pass(1_100);
        String last = "";
        for (int i = 0; i < 20; i++) {
            MemberEffect.CreateSlice create = rig.only(MemberEffect.CreateSlice.class);
            assertNotEquals(last, create.name());
            last = create.name();
            rig.tell(new MemberEvent.SliceRefused(last));
            assertFalse(rig.has(MemberEffect.CreateSlice.class), "not at once");
            rig.take(MemberEffect.Prefetch.class).forEach(p -> rig.tell(new MemberEvent.Prefetched(p.chambers())));
            rig.pass(500);
        }
    }

    @Test
    void a_slice_with_an_unknown_fate_is_deleted_before_another_is_opened() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.pass(1_100);
        MemberEffect.CreateSlice create = rig.only(MemberEffect.CreateSlice.class);
        rig.pass(10_100);
        assertEquals(create.name(), rig.only(MemberEffect.DeleteSlice.class).name());
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.SliceCreated(create.name()));
        assertFalse(rig.executes(C1));
        rig.tell(new MemberEvent.SliceDeleted(create.name()));
        assertNotEquals(create.name(), rig.opened(C1));
    }

    @Test
    void a_slice_that_somebody_deleted_is_replaced() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        String slice = rig.opened(C1);
        rig.tell(new MemberEvent.SliceLost(slice));
        assertFalse(rig.executes(C1) || rig.stores(C1));
        assertNotEquals(slice, rig.opened(C1));
    }

    @Test
    void maps_of_a_deposed_leader_and_older_ones_are_ignored() {
        MemberRig rig = member(map(5, 7, Map.of(C1, D0), Map.of()));
        rig.opened(C1);
        rig.tell(new MemberEvent.MapSeen(map(5, 6, Map.of(C1, D1), Map.of()), 2));
        rig.tell(new MemberEvent.MapSeen(map(5, 8, Map.of(C1, D1), Map.of()), 1));
        rig.tell(new MemberEvent.LeaderSeen(new LeaderRecord(6, D1, "x", Instant.EPOCH)));
        rig.tell(new MemberEvent.MapSeen(map(5, 8, Map.of(C1, D1), Map.of()), 3));
        assertTrue(rig.executes(C1));
        rig.tell(new MemberEvent.MapSeen(map(6, 8, Map.of(C1, D1), Map.of()), 4));
        assertFalse(rig.executes(C1));
    }

    @Test
    void too_many_slices_are_merged_two_at_a_time_in_a_quiet_cluster() {
        MemberRig rig = member(map(1, Map.of()));
        for (int n = 1; n <= 5; n++) {
            Map<ChamberId, StableId> owners = new HashMap<>();
            for (int c = 1; c <= n; c++) {
                owners.put(ChamberId.parse("T:C" + c), D0);
            }
            rig.tell(new MemberEvent.MapSeen(map(1 + n, owners), 1 + n));
            rig.opened(ChamberId.parse("T:C" + n));
        }
        rig.pass(25_000);
        assertFalse(rig.has(MemberEffect.PauseSlice.class));
        rig.tell(new MemberEvent.RunStarted(C1));
        rig.pass(6_000);
        assertEquals(2, rig.take(MemberEffect.PauseSlice.class).size());
        assertFalse(rig.has(MemberEffect.DeleteSlice.class), "something is at work");
        rig.tell(new MemberEvent.RunFinished(C1));
        rig.pass(100);
        List<MemberEffect.DeleteSlice> deleted = rig.take(MemberEffect.DeleteSlice.class);
        assertEquals(2, deleted.size());
        rig.tell(new MemberEvent.SliceDeleted(deleted.get(0).name()));
        assertFalse(rig.has(MemberEffect.CreateSlice.class));
        rig.tell(new MemberEvent.SliceDeleted(deleted.get(1).name()));
        rig.opened(C1, C2);
        assertEquals(4, rig.core.view(rig.nanos).slices());
    }
}
