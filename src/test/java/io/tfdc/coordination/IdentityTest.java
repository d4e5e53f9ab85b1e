package io.tfdc.coordination;

import static io.tfdc.coordination.MemberRig.C1;
import static io.tfdc.coordination.MemberRig.C2;
import static io.tfdc.coordination.MemberRig.D0;
import static io.tfdc.coordination.MemberRig.D1;
import static io.tfdc.coordination.MemberRig.D2;
import static io.tfdc.coordination.MemberRig.entry;
import static io.tfdc.coordination.MemberRig.map;
import static io.tfdc.coordination.MemberRig.member;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    private static MemberRig standby() {
        MemberRig rig = new MemberRig();
        rig.tell(new MemberEvent.MapSeen(map(1, Map.of(C1, D0)), 1));
        rig.connect();
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 5))));
        assertEquals(MemberState.STANDBY, rig.state());
        return rig;
    }

    @Test
    void nothing_is_asked_before_the_broker_is_there_and_the_bucket_read() {
        MemberRig rig = new MemberRig();
        rig.pass(1_000);
        assertEquals(MemberState.INITIALIZATION, rig.state());
        rig.tell(new MemberEvent.BrokerReachable(true));
        assertEquals(List.of(), rig.open);
        rig.tell(new MemberEvent.Replayed());
        rig.only(MemberEffect.ListClaims.class);
        assertEquals(MemberState.CLAIMING_ID, rig.state());
    }

    @Test
    void before_there_is_a_map_the_lowest_free_id_is_claimed() {
        MemberRig rig = new MemberRig();
        rig.connect();
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 5))));
        assertEquals(D1, rig.only(MemberEffect.CreateClaim.class).claim().id());
    }

    /** Everybody lists and writes in rounds: the hardest way to meet. */
    @ParameterizedTest
    @CsvSource({"30, 30, 75", "30, 0, 160", "150, 150, 375"})
    void many_that_start_together_need_few_attempts(int processes, int expected, int attempts) {
        ClusterSettings settings = withExpectedSize(expected);
        Map<StableId, IdClaim.Entry> taken = new HashMap<>();
        int used = 0;
        List<Identity> without = new ArrayList<>();
        Map<Identity, Integer> refusals = new HashMap<>();
        for (int p = 0; p < processes; p++) {
            without.add(new Identity("5f1c-pod-" + p, "pod-" + p, "boot" + (1_000 + p), "1"));
        }
        while (!without.isEmpty()) {
            List<IdClaim.Entry> listed = List.copyOf(taken.values());
            for (Identity identity : List.copyOf(without)) {
                ClaimChoice choice = ClaimChoice.of(
                                new ClaimChoice.Situation(
                                        identity,
                                        0,
                                        listed,
                                        Set.of(),
                                        refusals.getOrDefault(identity, 0),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()),
                                settings,
                                new ClaimWatch(settings),
                                0)
                        .orElseThrow();
                used++;
                IdClaim claim = new IdClaim(
                        choice.id(), identity.podUid(), "", identity.incarnation(0), Instant.EPOCH, Instant.EPOCH);
                if (taken.putIfAbsent(choice.id(), new IdClaim.Entry(claim, 1)) == null) {
                    without.remove(identity);
                } else {
                    refusals.merge(identity, 1, Integer::sum);
                }
            }
        }
        int sum = used;
        assertTrue(sum <= attempts, () -> sum + " attempts");
        if (expected > 0) {
            assertTrue(taken.containsKey(new StableId(processes - 1)), "no gaps");
        }
    }

    private static ClusterSettings withExpectedSize(int size) {
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
                d.crashCoalesce(),
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
                size);
    }

    @Test
    void with_a_map_only_its_ids_are_claimed_and_without_one_free_the_process_stands_by() {
        MemberRig rig = standby();
        Heartbeat beat = rig.only(MemberEffect.PutHeartbeat.class).heartbeat();
        assertEquals("standby.boota1x0", beat.key());
        rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", rig.nanos));
        rig.pass(1_300);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of()));
        assertEquals(D0, rig.only(MemberEffect.CreateClaim.class).claim().id());
        rig.tell(new MemberEvent.ClaimWritten(D0, 9, rig.nanos));
        rig.acknowledge();
        assertEquals(
                "standby.boota1x0", rig.only(MemberEffect.DeleteHeartbeat.class).key());
        assertEquals(Optional.of(D0), rig.core.view(rig.nanos).id());
    }

    @Test
    void a_restarted_container_takes_its_pod_s_claim_over_at_once() {
        MemberRig rig = new MemberRig();
        rig.connect();
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D2, "pod-a", "bootz9x0", 7))));
        assertEquals(7, rig.only(MemberEffect.UpdateClaim.class).revision());
    }

    @Test
    void a_process_replaced_by_its_pod_s_next_container_does_not_claim_back() {
        MemberRig rig = member(map(1, Map.of(C1, D0)));
        rig.beats = false;
        rig.pass(2_100);
        rig.only(MemberEffect.UpdateClaim.class);
        rig.tell(new MemberEvent.ClaimRefused(D0));
        rig.only(MemberEffect.AbandonSlices.class);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-a", "bootz9x0", 7))));
        assertEquals(MemberState.STANDBY, rig.state());
    }

    @Test
    void a_grant_is_claimed_if_it_is_meant_for_this_life() {
        MemberRig rig = standby();
        rig.tell(new MemberEvent.GrantReceived("boota1x9", D1));
        assertFalse(rig.has(MemberEffect.ListClaims.class));
        rig.tell(new MemberEvent.GrantReceived("boota1x0", D1));
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 5))));
        assertEquals(D1, rig.only(MemberEffect.CreateClaim.class).claim().id());
    }

    @Test
    void one_offer_is_accepted_and_taken_over_by_its_revision() {
        MemberRig rig = standby();
        rig.tell(new MemberEvent.OfferReceived("boota1x0", D0, 5, 77));
        assertEquals(new MemberEffect.AnswerOffer(77, true), rig.only(MemberEffect.AnswerOffer.class));
        rig.tell(new MemberEvent.OfferReceived("boota1x0", D1, 6, 78));
        assertFalse(rig.only(MemberEffect.AnswerOffer.class).accepted());
        assertEquals(5, rig.only(MemberEffect.UpdateClaim.class).revision());
        rig.tell(new MemberEvent.ClaimWritten(D0, 6, rig.nanos));
        rig.acknowledge();
        rig.tell(new MemberEvent.OfferReceived("boota1x0", D1, 6, 79));
        assertFalse(rig.only(MemberEffect.AnswerOffer.class).accepted(), "members have one");
    }

    @Test
    void a_claim_that_stands_still_on_the_own_clock_is_taken_over_whatever_its_time_of_day() {
        MemberRig rig = standby();
        for (int second = 0; second < 29; second++) {
            rig.pass(1_000);
            if (!rig.take(MemberEffect.ListClaims.class).isEmpty()) {
                rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 5))));
            }
        }
        assertFalse(rig.has(MemberEffect.UpdateClaim.class));
        rig.pass(2_000);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-b", "bootb1x0", 5))));
        assertEquals(5, rig.only(MemberEffect.UpdateClaim.class).revision());
    }

    @Test
    void after_a_write_with_unknown_outcome_the_bucket_is_read() {
        MemberRig rig = new MemberRig();
        rig.connect();
        rig.take(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of()));
        MemberEffect.CreateClaim create = rig.only(MemberEffect.CreateClaim.class);
        rig.tell(new MemberEvent.Failed(create, "timeout"));
        rig.pass(600);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-a", "boota1x0", 3))));
        assertEquals(3, rig.only(MemberEffect.UpdateClaim.class).revision());
    }

    @Test
    void a_renewal_with_unknown_outcome_goes_on_from_the_revision_that_is_there() {
        MemberRig rig = member(map(1, Map.of(C1, D0, C2, D1)));
        rig.opened(C1);
        rig.beats = false;
        rig.pass(2_000);
        rig.tell(new MemberEvent.Failed(rig.only(MemberEffect.UpdateClaim.class), "timeout"));
        rig.take(MemberEffect.PutHeartbeat.class)
                .forEach(put -> rig.tell(new MemberEvent.HeartbeatWritten("boota1x0", rig.nanos)));
        rig.pass(600);
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(List.of(entry(D0, "pod-a", "boota1x0", 444))));
        assertEquals(444, rig.only(MemberEffect.UpdateClaim.class).revision());
        assertTrue(rig.executes(C1));
    }

    @Test
    void an_answer_to_an_earlier_question_is_not_taken_for_the_present_one() {
        MemberRig rig = standby();
        rig.tell(new MemberEvent.OfferReceived("boota1x0", D0, 5, 77));
        rig.only(MemberEffect.UpdateClaim.class);
        rig.tell(new MemberEvent.ClaimWritten(D0, 6, rig.nanos - 1));
        assertEquals(Optional.empty(), rig.core.view(rig.nanos).id());
        rig.tell(new MemberEvent.ClaimWritten(D1, 6, rig.nanos));
        assertEquals(Optional.empty(), rig.core.view(rig.nanos).id());
    }

    @Test
    void a_choice_takes_the_earlier_id_even_if_the_map_has_forgotten_it() {
        Optional<ClaimChoice> choice = ClaimChoice.of(
                new ClaimChoice.Situation(
                        new Identity("pod-a", "pod", "boota1", "1"),
                        1,
                        List.of(),
                        Set.of(),
                        0,
                        Optional.of(D2),
                        Optional.empty(),
                        Optional.of(map(1, Map.of(C1, D0)))),
                ClusterSettings.DEFAULT,
                new ClaimWatch(ClusterSettings.DEFAULT),
                0);
        assertEquals(Optional.of(new ClaimChoice(D2, OptionalLong.empty())), choice);
    }
}
