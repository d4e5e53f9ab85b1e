package io.tfdc.election;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.election.ElectionService.CampaignResult;
import io.tfdc.election.natskv.KeyValueElection;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.testing.VertxTestKit;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A leader that was frozen for longer than its term, two hundred times, on clocks that the test moves. */
class KeyValueFencingTest {
    private static final Duration TERM = Duration.ofSeconds(3);

    @Test
    void whoWasFrozenFindsItselfReplacedAndTheReplacementWaitedForAWholeTerm() {
        try (VertxTestKit kit = new VertxTestKit()) {
            EmbeddedBroker broker = EmbeddedBroker.create(kit.vertx());
            KeyValueBucket bucket = await(kit.onContext(() -> broker.bucket(KeyValueElection.bucket(1))));
            AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10_000_000_000L);
            ElectionService[] members = new ElectionService[2];
            for (int i = 0; i < 2; i++) {
                members[i] = new KeyValueElection(bucket, "e", Duration.ofSeconds(30), nanos::get);
            }
            assertTrue(campaign(kit, members[0], "n0").elected());
            long token = 0;
            for (int round = 0; round < 200; round++) {
                ElectionService frozen = members[round % 2];
                ElectionService other = members[(round + 1) % 2];
                String next = "n" + (round + 1);
                assertFalse(campaign(kit, other, next).elected(), "seen for the first time");
                nanos.addAndGet(TERM.toNanos() - 1);
                assertFalse(campaign(kit, other, next).elected(), "a nanosecond early");
                nanos.addAndGet(1);
                CampaignResult won = campaign(kit, other, next);
                assertTrue(won.elected());
                assertTrue(won.token() > token, "token of round " + round);
                token = won.token();
                String zombie = "n" + round;
                assertFalse(await(kit.onContext(() -> frozen.extend(zombie, TERM))));
                await(kit.onContext(() -> frozen.resign(zombie)));
                assertEquals(next, campaign(kit, frozen, zombie).leader());
            }
            await(kit.onContext(broker::close));
        }
    }

    private static CampaignResult campaign(VertxTestKit kit, ElectionService service, String name) {
        return await(kit.onContext(() -> service.campaign(name, TERM)));
    }
}
