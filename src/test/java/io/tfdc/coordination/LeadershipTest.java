package io.tfdc.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.ElectionAction.Campaign;
import io.tfdc.coordination.ElectionAction.Extend;
import io.tfdc.coordination.ElectionAction.Resign;
import io.tfdc.coordination.ToyElection.Faults;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeadershipTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;
    /** Near the end of the number range, since monotonic clocks may start anywhere; no compile-time constant, as the overflow is meant. */
    private static final long START = Long.valueOf(Long.MAX_VALUE - SECOND);

    private final Leadership leadership = new Leadership(ElectionTimes.DEFAULT, 7);

    @Test
    void leads_from_the_answer_until_the_term_after_the_question_less_the_margin() {
        Campaign campaign = enterAndCampaign(START);
        assertFalse(leadership.leads(START));
        leadership.campaigned(campaign, true, "a", 12, START + 400 * MILLI);
        assertTrue(leadership.leads(START + 400 * MILLI));
        assertTrue(leadership.leads(START + 2_499 * MILLI));
        assertFalse(leadership.leads(START + 2_500 * MILLI));
        assertEquals(12, leadership.token());
        assertEquals("a", leadership.leader());
    }

    @Test
    void a_follower_campaigns_with_jitter_and_a_leader_extends() {
        Campaign first = enterAndCampaign(0);
        leadership.campaigned(first, false, "b", 3, 10 * MILLI);
        assertEquals("b", leadership.leader());
        assertEquals(0, leadership.token());
        assertTrue(leadership.next(259 * MILLI).isEmpty(), "before half of the interval");
        Campaign second = (Campaign) leadership.next(761 * MILLI).orElseThrow();
        leadership.campaigned(second, true, "a", 4, 770 * MILLI);
        assertTrue(leadership.next(1_760 * MILLI).isEmpty());
        Extend extend = (Extend) leadership.next(1_761 * MILLI).orElseThrow();
        leadership.extended(extend, true, 1_800 * MILLI);
        assertTrue(leadership.leads(1_761 * MILLI + 2_499 * MILLI));
    }

    @Test
    void one_action_is_under_way_at_most() {
        enterAndCampaign(0);
        assertTrue(leadership.next(100 * SECOND).isEmpty());
    }

    @Test
    void a_refused_extension_ends_leadership_at_once() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 0);
        Extend extend = (Extend) leadership.next(SECOND).orElseThrow();
        assertTrue(leadership.leads(SECOND));
        leadership.extended(extend, false, SECOND + MILLI);
        assertFalse(leadership.leads(SECOND + MILLI));
        assertEquals("", leadership.leader());
        assertInstanceOf(Campaign.class, leadership.next(2 * SECOND).orElseThrow());
    }

    @Test
    void an_extension_with_unknown_outcome_leaves_what_was_won_and_is_repeated() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 0);
        leadership.failed(leadership.next(SECOND).orElseThrow(), 1_100 * MILLI);
        assertTrue(leadership.leads(2_499 * MILLI));
        assertFalse(leadership.leads(2_500 * MILLI));
        assertInstanceOf(Extend.class, leadership.next(1_900 * MILLI).orElseThrow());
    }

    @Test
    void an_answer_after_its_time_wins_nothing() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 20 * SECOND);
        assertFalse(leadership.leads(20 * SECOND));
    }

    @Test
    void a_new_name_drops_everything_of_the_old_and_the_old_one_resigns() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 0);
        ElectionAction late = leadership.next(SECOND).orElseThrow();
        leadership.enter("b", SECOND);
        assertFalse(leadership.leads(SECOND));
        assertEquals(0, leadership.token());
        leadership.extended((Extend) late, true, SECOND);
        assertFalse(leadership.leads(SECOND));
        Resign resign = (Resign) leadership.next(SECOND).orElseThrow();
        assertEquals("a", resign.candidate());
        leadership.resigned(resign);
        assertEquals("b", leadership.next(SECOND).orElseThrow().candidate());
    }

    @Test
    void a_campaign_of_an_earlier_name_that_won_late_is_given_back() {
        Campaign campaign = enterAndCampaign(0);
        leadership.enter("b", 0);
        leadership.campaigned(campaign, true, "a", 1, MILLI);
        assertFalse(leadership.leads(MILLI));
        assertEquals("a", leadership.next(MILLI).orElseThrow().candidate());
    }

    @Test
    void leaving_resigns_and_repeats_that_until_the_term_is_over() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 0);
        leadership.leave(SECOND);
        int tries = 0;
        for (long nanos = SECOND; nanos < 10 * SECOND; nanos += 50 * MILLI) {
            long now = nanos;
            tries += leadership
                    .next(now)
                    .map(action -> {
                        leadership.failed(action, now);
                        return 1;
                    })
                    .orElse(0);
        }
        assertTrue(tries >= 4 && tries <= 14, "tries: " + tries);
        assertTrue(leadership.hasLeft());
    }

    @Test
    void who_has_never_asked_has_nothing_to_resign() {
        leadership.enter("a", 0);
        leadership.leave(0);
        assertTrue(leadership.next(SECOND).isEmpty());
        assertTrue(leadership.hasLeft());
    }

    @Test
    void a_name_that_comes_back_is_another_to_the_service() {
        leadership.campaigned(enterAndCampaign(0), true, "a", 1, 0);
        leadership.leave(0);
        leadership.enter("a", 0);
        leadership.failed(leadership.next(0).orElseThrow(), 0);
        assertEquals("a~2", leadership.next(0).orElseThrow().candidate());
    }

    @Test
    void times_that_can_not_work_are_refused() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new ElectionTimes(Duration.ofSeconds(3), second.multipliedBy(3), second, second));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ElectionTimes(Duration.ofSeconds(30), second, second, second));
    }

    @Test
    void two_never_lead_at_one_time_whatever_happens() {
        ElectionTimes documented =
                new ElectionTimes(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(1), SECOND_LONG);
        int led = 0;
        for (long seed = 0; seed < 200; seed++) {
            ElectionTimes times = seed % 4 == 3 ? documented : ElectionTimes.DEFAULT;
            Faults faults = new Faults(0.15 * (seed % 3), seed % 2 == 0 ? 900 : 40, 0.006, 0.002, 0.02);
            ToyElection election = new ToyElection(times, 2 + (int) (seed % 4), faults, seed);
            election.run(60_000);
            assertEquals(0, election.doubles, "two leaders, seed " + seed);
            led += election.led;
            election.heal();
            election.run(25_000);
            assertTrue(election.hasLeader(), "nobody leads after the faults, seed " + seed);
            assertEquals(0, election.doubles, "two leaders, seed " + seed);
        }
        assertTrue(led > 200 * 60_000 / 4, "led for " + led + " ms in all");
    }

    @Test
    void the_toy_finds_two_leaders_where_clocks_differ_by_more_than_the_margin_covers() {
        int doubles = 0;
        int led = 0;
        for (long seed = 0; seed < 20; seed++) {
            ToyElection election =
                    new ToyElection(ElectionTimes.DEFAULT, 5, new Faults(0.3, 50, 0.01, 0.002, 0.4), seed);
            election.run(60_000);
            doubles += election.doubles;
            led += election.led;
        }
        assertTrue(doubles > 0, "doubles " + doubles + " led " + led);
    }

    @Test
    void a_leader_that_leaves_is_followed_within_a_campaign_interval() {
        for (long seed = 0; seed < 20; seed++) {
            ToyElection election = new ToyElection(ElectionTimes.DEFAULT, 5, Faults.NONE, seed);
            election.run(2_000);
            assertTrue(election.hasLeader());
            election.leaderLeaves();
            election.run(850);
            assertTrue(election.hasLeader(), "seed " + seed);
        }
    }

    private static final Duration SECOND_LONG = Duration.ofSeconds(1);

    private Campaign enterAndCampaign(long nanos) {
        leadership.enter("a", nanos);
        return (Campaign) leadership.next(nanos).orElseThrow();
    }
}
