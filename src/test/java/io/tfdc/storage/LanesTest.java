package io.tfdc.storage;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int MANY = 200_000;

    @Test
    void manyStepsEndOnAnEventLoop() {
        try (VertxTestKit kit = new VertxTestKit()) {
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            AtomicInteger under = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            await(kit.onContext(() -> Lanes.each(10, MANY, 8, number -> {
                Promise<Void> later = Promise.promise();
                most.accumulateAndGet(under.incrementAndGet(), Math::max);
                seen.add(number);
                kit.vertx().runOnContext(v -> {
                    under.decrementAndGet();
                    later.complete();
                });
                return later.future();
            })));
            assertEquals(MANY - 10, seen.size());
            assertEquals(8, most.get());
        }
    }

    @Test
    void stepsThatAreDoneAtOnceNeedNoStack() {
        AtomicInteger steps = new AtomicInteger();
        await(Lanes.each(0, MANY, 2, number -> {
            steps.incrementAndGet();
            return Future.succeededFuture();
        }));
        assertEquals(MANY, steps.get());
        await(Lanes.each(5, 5, 2, number -> Future.failedFuture("nothing to do")));
    }

    @Test
    void theFirstFailureEndsIt() {
        AtomicInteger steps = new AtomicInteger();
        Future<Void> failing = Lanes.each(0, MANY, 1, number -> {
            steps.incrementAndGet();
            return number == 7 ? Future.failedFuture(new StoreException("no", false)) : Future.succeededFuture();
        });
        assertTrue(assertThrows(StoreException.class, () -> await(failing))
                .getMessage()
                .contains("no"));
        assertEquals(8, steps.get());
    }
}
