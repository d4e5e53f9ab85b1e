package io.tfdc.election;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.ElectionService.CampaignResult;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every election service does. */
abstract class ElectionContract {
    private static final Duration TERM = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private VertxTestKit kit;
    private ElectionService first;
    private ElectionService second;

    /** A client of an election that is the same for all clients of a test and new in each test. */
    abstract ElectionService connect(Vertx vertx, String election);

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        String election = "e" + Long.toString(System.nanoTime(), 36);
        first = connect(kit.vertx(), election);
        second = connect(kit.vertx(), election);
    }

    @AfterEach
    void close() {
        await(first.close());
        await(second.close());
        kit.close();
    }

    @Test
    void theFirstCampaignWinsAndOthersLearnWhoLeads() {
        assertTrue(campaign(first, "a", LONG).elected());
        CampaignResult lost = campaign(second, "b", LONG);
        assertFalse(lost.elected());
        assertEquals("a", lost.leader());
    }

    @Test
    void theLeaderWinsAgainUnderItsToken() {
        long token = campaign(first, "a", LONG).token();
        assertTrue(token > 0);
        assertTrue(extend(first, "a", LONG));
        CampaignResult again = campaign(first, "a", LONG);
        assertTrue(again.elected());
        assertEquals(token, again.token());
    }

    @Test
    void onlyTheLeaderExtends() {
        assertFalse(extend(first, "a", LONG));
        campaign(first, "a", LONG);
        assertFalse(extend(second, "b", LONG));
        assertTrue(extend(first, "a", LONG));
    }

    @Test
    void anotherClientExtendsForTheLeader() {
        campaign(first, "a", LONG);
        assertTrue(extend(second, "a", LONG));
        assertTrue(extend(first, "a", LONG));
    }

    @Test
    void whoResignsMakesRoomAtOnceAndOthersCanNotDoItForHim() {
        long token = campaign(first, "a", LONG).token();
        await(on(() -> second.resign("b")));
        assertFalse(campaign(second, "b", LONG).elected());
        await(on(() -> first.resign("a")));
        CampaignResult won = campaign(second, "b", LONG);
        assertTrue(won.elected());
        assertTrue(won.token() > token);
        await(on(() -> first.resign("a")));
        assertTrue(extend(second, "b", LONG));
    }

    @Test
    void aTermThatEndsIsTakenOverAndNotEarlier() {
        campaign(first, "a", TERM);
        long begin = System.nanoTime();
        assertTrue(extend(first, "a", TERM));
        eventually("b wins", () -> campaign(second, "b", LONG).elected());
        // A service counts whole milliseconds, so a term may be one short; candidates' margin is far more.
        assertTrue(System.nanoTime() - begin > TERM.minusMillis(1).toNanos(), "before the term was over");
        assertFalse(extend(first, "a", TERM));
        assertEquals("b", campaign(first, "a", TERM).leader());
    }

    @Test
    void ofTwoAtOnceOneWins() {
        for (int round = 0; round < 50; round++) {
            String a = "a" + round;
            String b = "b" + round;
            Future<CampaignResult> one = on(() -> first.campaign(a, LONG));
            Future<CampaignResult> other = on(() -> second.campaign(b, LONG));
            boolean aLeads = await(one).elected();
            boolean bLeads = await(other).elected();
            assertTrue(aLeads ^ bLeads, List.of(one.result(), other.result()).toString());
            await(on(() -> aLeads ? first.resign(a) : second.resign(b)));
        }
    }

    private CampaignResult campaign(ElectionService service, String candidate, Duration term) {
        return await(on(() -> service.campaign(candidate, term)));
    }

    private boolean extend(ElectionService service, String candidate, Duration term) {
        return await(on(() -> service.extend(candidate, term)));
    }

    private <T> Future<T> on(Supplier<Future<T>> action) {
        return kit.onContext(action);
    }
}
