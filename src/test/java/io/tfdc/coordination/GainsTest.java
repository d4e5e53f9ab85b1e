package io.tfdc.coordination;

import static io.tfdc.coordination.MemberRig.D0;
import static io.tfdc.coordination.MemberRig.map;
import static io.tfdc.coordination.MemberRig.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices that the broker refuses because somebody has one of their chambers. */
class GainsTest {
    private static final int MANY = 1_000;

    private static ChamberId chamber(int number) {
        return new ChamberId("T%04d".formatted(number / 2), "C" + number % 2);
    }

    private static MemberRig owner(int chambers) {
        Map<ChamberId, StableId> owners = new HashMap<>();
        for (int i = 0; i < chambers; i++) {
            owners.put(chamber(i), D0);
        }
        return member(map(1, owners));
    }

    /** A broker on which somebody else has the contested chambers. */
    private static void serve(MemberRig rig, Set<ChamberId> contested, Map<String, Set<ChamberId>> consumers) {
        rig.take(MemberEffect.Prefetch.class).forEach(p -> rig.tell(new MemberEvent.Prefetched(p.chambers())));
        for (MemberEffect.DeleteSlice delete : rig.take(MemberEffect.DeleteSlice.class)) {
            consumers.remove(delete.name());
            rig.tell(new MemberEvent.SliceDeleted(delete.name()));
        }
        for (MemberEffect.CreateSlice create : rig.take(MemberEffect.CreateSlice.class)) {
            if (create.chambers().stream().anyMatch(contested::contains)) {
                rig.tell(new MemberEvent.SliceRefused(create.name()));
            } else {
                consumers.put(create.name(), create.chambers());
                rig.tell(new MemberEvent.SliceCreated(create.name()));
            }
        }
        rig.take(MemberEffect.PutRelease.class)
                .forEach(put ->
                        rig.tell(new MemberEvent.ReleaseWritten(put.record().version())));
    }

    private static long served(MemberRig rig, int chambers) {
        long served = 0;
        for (int i = 0; i < chambers; i++) {
            served += rig.executes(chamber(i)) ? 1 : 0;
        }
        return served;
    }

    @Test
    void what_is_refused_once_is_tried_again_whole() {
        MemberRig rig = owner(4);
        Map<String, Set<ChamberId>> consumers = new HashMap<>();
        serve(rig, Set.of(chamber(1)), consumers);
        serve(rig, Set.of(chamber(1)), consumers);
        rig.pass(200);
        serve(rig, Set.of(), consumers);
        assertEquals(List.of(4), consumers.values().stream().map(Set::size).toList());
    }

    @Test
    void one_contested_chamber_holds_up_no_other_for_long() {
        MemberRig rig = owner(MANY);
        Set<ChamberId> contested = new HashSet<>(Set.of(chamber(333)));
        Map<String, Set<ChamberId>> consumers = new HashMap<>();
        for (int tick = 0; tick < 60; tick++) {
            rig.pass(100);
            serve(rig, contested, consumers);
        }
        assertEquals(MANY - 1, served(rig, MANY));
        assertFalse(rig.executes(chamber(333)));
        assertTrue(consumers.size() <= 11, () -> consumers.size() + " slices");
        contested.clear();
        for (int tick = 0; tick < 10; tick++) {
            rig.pass(100);
            serve(rig, contested, consumers);
        }
        assertEquals(MANY, served(rig, MANY));
        for (int tick = 0; tick < 6_000; tick++) {
            rig.pass(100);
            serve(rig, contested, consumers);
        }
        assertEquals(MANY, served(rig, MANY));
        assertTrue(consumers.size() <= ClusterSettings.DEFAULT.maxSlices(), () -> consumers.size() + " slices");
    }

    @Test
    void newcomers_do_not_wait_for_what_is_contested() {
        MemberRig rig = owner(2);
        Set<ChamberId> contested = Set.of(chamber(0));
        Map<String, Set<ChamberId>> consumers = new HashMap<>();
        for (int tick = 0; tick < 30; tick++) {
            rig.pass(100);
            serve(rig, contested, consumers);
        }
        Map<ChamberId, StableId> owners = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            owners.put(chamber(i), D0);
        }
        rig.tell(new MemberEvent.MapSeen(map(2, owners), 2));
        for (int tick = 0; tick < 4; tick++) {
            rig.pass(100);
            serve(rig, contested, consumers);
        }
        assertEquals(4, served(rig, 5));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void slices_stay_bounded_and_disjoint_and_everything_is_served_in_the_end(long seed) {
        Random random = new Random(seed);
        int chambers = 1 + random.nextInt(400);
        MemberRig rig = owner(chambers);
        List<ChamberId> contested = new ArrayList<>();
        for (int i = random.nextInt(40); i >= 0; i--) {
            contested.add(chamber(random.nextInt(chambers)));
        }
        Map<String, Set<ChamberId>> consumers = new HashMap<>();
        for (int tick = 0; tick < 300; tick++) {
            rig.pass(100);
            if (!contested.isEmpty() && (random.nextInt(10) == 0 || tick > 200)) {
                contested.remove(random.nextInt(contested.size()));
            }
            serve(rig, new HashSet<>(contested), consumers);
            Set<ChamberId> all = new HashSet<>();
            consumers.values().forEach(slice -> slice.forEach(chamber -> assertTrue(all.add(chamber), "seed " + seed)));
            assertTrue(consumers.size() <= ClusterSettings.DEFAULT.maxSlices() + 16, "seed " + seed);
        }
        assertEquals(chambers, served(rig, chambers), "seed " + seed);
    }
}
