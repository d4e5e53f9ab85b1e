package io.tfdc.election.lease;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseClock.Stamp;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseCommand.Handover;
import io.tfdc.election.lease.LeaseCommand.Resign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
    private static final LeaseKey KEY = new LeaseKey("", "cluster");
    private static final LeaseAnswer NOBODY = new LeaseAnswer(Verdict.NOT_HELD, "", 0);

    private final LeaseTable table = new LeaseTable();

    @Test
    void the_first_campaign_wins_until_the_term_ends() {
        assertEquals(granted("a", 1), campaign("a", 0));
        assertEquals(other("a"), campaign("b", 2_999));
        assertEquals(Optional.of("a"), table.leader(KEY, 2_999));
        assertEquals(Optional.empty(), table.leader(KEY, 3_000));
        assertEquals(granted("b", 2), campaign("b", 3_000));
    }

    @Test
    void the_leader_campaigns_and_extends_under_its_token() {
        campaign("a", 0);
        assertEquals(granted("a", 1), campaign("a", 1_000));
        assertEquals(granted("a", 1), extend("a", 3_900));
        assertEquals(other("a"), campaign("b", 6_899));
    }

    @Test
    void an_ended_lease_can_be_taken_up_again_while_nobody_else_had_it() {
        campaign("a", 0);
        assertEquals(granted("a", 1), extend("a", 60_000));
        assertEquals(granted("b", 2), campaign("b", 63_000));
        assertEquals(other("b"), extend("a", 63_001));
        assertEquals(NOBODY, extend("a", 66_000));
    }

    @Test
    void nothing_can_be_extended_where_nothing_is() {
        assertEquals(NOBODY, extend("a", 0));
    }

    @Test
    void resigning_frees_at_once_and_only_the_leader_can() {
        campaign("a", 0);
        assertEquals(other("a"), table.apply(new Resign(KEY, "b"), 1));
        assertEquals(new LeaseAnswer(Verdict.GRANTED, "", 0), table.apply(new Resign(KEY, "a"), 1));
        assertEquals(new LeaseAnswer(Verdict.GRANTED, "", 0), table.apply(new Resign(KEY, "a"), 1));
        assertEquals(NOBODY, extend("a", 2));
        assertEquals(granted("b", 2), campaign("b", 2));
    }

    @Test
    void a_hand_over_waits_for_the_leaders_term_and_lets_nobody_in_between() {
        campaign("a", 0);
        assertEquals(new LeaseAnswer(Verdict.GRANTED, "a", 0), table.apply(new Handover(KEY, "b", 5_000), 1_000));
        assertEquals(Optional.of("b"), table.leader(KEY, 1_000));
        assertEquals(other("b"), extend("a", 1_001));
        assertEquals(other("b"), campaign("a", 1_001));
        assertEquals(other("a"), campaign("b", 2_999));
        assertEquals(other("b"), campaign("c", 3_000));
        assertEquals(granted("b", 2), campaign("b", 3_000));
    }

    @Test
    void a_hand_over_takes_effect_when_the_leader_resigns() {
        campaign("a", 0);
        table.apply(new Handover(KEY, "b", 5_000), 1_000);
        table.apply(new Resign(KEY, "a"), 1_001);
        assertEquals(other("b"), campaign("a", 1_001));
        assertEquals(granted("b", 2), extend("b", 6_000));
    }

    @Test
    void a_hand_over_to_nobodys_election_elects() {
        assertEquals(granted("b", 1), table.apply(new Handover(KEY, "b", 5_000), 0));
        assertEquals(granted("b", 1), table.apply(new Handover(KEY, "b", 5_000), 0));
    }

    @Test
    void a_successor_that_never_came_gives_way_to_others() {
        campaign("a", 0);
        table.apply(new Handover(KEY, "b", 1_000), 1);
        assertEquals(Optional.empty(), table.leader(KEY, 4_000));
        assertEquals(granted("c", 3), campaign("c", 4_000));
    }

    @Test
    void elections_do_not_mix_and_kinds_neither() {
        campaign("a", 0);
        LeaseKey otherKind = new LeaseKey("special", "cluster");
        table.apply(new Campaign(otherKind, "b", 1_000), 0);
        assertEquals(Map.of("cluster", "a"), table.leaders("default", 0));
        assertEquals(Map.of("cluster", "b"), table.leaders("special", 0));
        assertEquals(Map.of(), table.leaders("special", 1_000));
    }

    @Test
    void there_is_room_for_so_many_elections_and_ended_ones_give_way() {
        for (int i = 0; i < LeaseTable.MAX_ELECTIONS; i++) {
            table.apply(new Campaign(new LeaseKey("", "e" + i), "a", 1_000), 0);
        }
        assertEquals(Verdict.FULL, campaign("a", 1_000).verdict());
        assertEquals(
                Verdict.GRANTED, campaign("a", 1_000 + LeaseTable.RETENTION).verdict());
    }

    @Test
    void a_lease_is_given_to_nobody_else_before_its_end_whatever_is_asked() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String seedShown = "seed " + seed;
            LeaseTable any = new LeaseTable();
            Map<String, Long> promised = new HashMap<>();
            long now = 0;
            long lastToken = 0;
            for (int i = 0; i < 200; i++) {
                now += random.nextInt(800);
                LeaseCommand command = randomCommand(random);
                boolean refused = any.refusal(KEY, command.name(), now).isPresent();
                LeaseAnswer answer = any.apply(command, now);
                boolean leads = answer.verdict() == Verdict.GRANTED && answer.token() > 0;
                if (leads) {
                    long at = now;
                    promised.forEach((name, end) ->
                            assertTrue(name.equals(answer.leader()) || end <= at, "two leaders, " + seedShown));
                    promised.put(answer.leader(), now + term(command));
                    assertTrue(answer.token() >= lastToken, "a token went back, seed " + seed);
                    lastToken = answer.token();
                    assertTrue(!refused || !(command instanceof Campaign), "refused but won, seed " + seed);
                } else if (command instanceof Resign && answer.verdict() == Verdict.GRANTED) {
                    promised.remove(command.name());
                }
            }
        }
    }

    @Test
    void the_clock_of_a_log_stands_still_from_one_process_to_the_next() {
        LeaseClock clock = new LeaseClock();
        assertEquals(0, clock.advance(new Stamp(7, 1_000_000)));
        assertEquals(500, clock.advance(new Stamp(7, 1_000_500)));
        assertEquals(500, clock.advance(new Stamp(7, 1_000_200)), "never back");
        assertEquals(600, clock.at(new Stamp(7, 1_000_600)));
        assertEquals(500, clock.advance(new Stamp(8, 5)));
        assertEquals(500, clock.advance(new Stamp(7, 1_009_999)));
        assertEquals(501, clock.advance(new Stamp(7, 1_010_000)));
    }

    @Test
    void a_snapshot_reads_back_as_the_same_state() throws IOException {
        Random random = new Random(3);
        LeaseState state = new LeaseState();
        long millis = 0;
        for (int i = 0; i < 300; i++) {
            millis += random.nextInt(900);
            state.apply(randomCommand(random), new Stamp(random.nextInt(20) == 0 ? 2 : 1, millis));
            LeaseState copy = LeaseState.read(new DataInputStream(new ByteArrayInputStream(bytes(state))));
            assertArrayEquals(bytes(state), bytes(copy));
            state = random.nextBoolean() ? copy : state;
        }
    }

    private static byte[] bytes(LeaseState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static LeaseCommand randomCommand(Random random) {
        String name = String.valueOf((char) ('a' + random.nextInt(3)));
        long term = 1_000 + random.nextInt(2_000);
        return switch (random.nextInt(10)) {
            case 0 -> new Resign(KEY, name);
            case 1 -> new Handover(KEY, name, term);
            case 2, 3, 4 -> new Extend(KEY, name, term);
            default -> new Campaign(KEY, name, term);
        };
    }

    private static long term(LeaseCommand command) {
        if (command instanceof Campaign campaign) {
            return campaign.term();
        }
        return command instanceof Extend extend ? extend.term() : ((Handover) command).term();
    }

    private LeaseAnswer campaign(String name, long now) {
        return table.apply(new Campaign(KEY, name, 3_000), now);
    }

    private LeaseAnswer extend(String name, long now) {
        return table.apply(new Extend(KEY, name, 3_000), now);
    }

    private static LeaseAnswer granted(String leader, long token) {
        return new LeaseAnswer(Verdict.GRANTED, leader, token);
    }

    private static LeaseAnswer other(String leader) {
        return new LeaseAnswer(Verdict.HELD_BY_OTHER, leader, 0);
    }
}
