package io.tfdc.processing;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightUpdatesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ChamberId OURS = new ChamberId("ETCH01", "A");
    private static final ChamberId THEIRS = new ChamberId("ETCH01", "B");
    private static final Duration DAY = Duration.ofDays(1);

    private final VertxTestKit kit = new VertxTestKit();
    private final Moving clock = new Moving();

    @TempDir
    private Path folder;

    private ChartStore store;
    private WeightUpdates weights;

    /** A clock moved by hand. */
    private static final class Moving extends Clock {
        private Instant now = BEGIN;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** Owns one chamber. */
    private static final Ownership OWNERSHIP = new Ownership() {
        @Override
        public Future<Boolean> begin(ChamberId chamber) {
            return Future.succeededFuture(true);
        }

        @Override
        public void end(ChamberId chamber) {
            // nobody waits for it
        }

        @Override
        public Future<Boolean> mayStore(ChamberId chamber) {
            return Future.succeededFuture(owns(chamber));
        }

        @Override
        public boolean owns(ChamberId chamber) {
            return chamber.equals(OURS);
        }
    };

    @BeforeEach
    void open() {
        store = await(SqliteChartStore.open(kit.vertx(), folder.resolve("w.db"), Retention.DEFAULT, clock));
        weights = new WeightUpdates(store, OWNERSHIP, clock, DAY);
    }

    @AfterEach
    void close() {
        await(store.close());
        kit.close();
    }

    private void run(ChamberId chamber, int svids, long points, Duration time) {
        weights.ran(new RunContext(new RunId(chamber, "c"), BEGIN, BEGIN.plus(time), Map.of()), svids, points);
    }

    private List<ChamberMetadata> stored() {
        await(weights.look());
        return await(store.chamberMetadata());
    }

    @Test
    void aChamberWithoutAWeightGetsTheMeanOfItsRunsFromTheThirdOn() {
        run(OURS, 100, 100_000, Duration.ofSeconds(1_000));
        run(OURS, 100, 200_000, Duration.ofSeconds(2_000));
        assertEquals(List.of(), stored(), "two runs say little");
        run(OURS, 100, 300_000, Duration.ofSeconds(3_000));
        assertEquals(List.of(new ChamberMetadata(OURS, 100, 1.0, Duration.ofSeconds(2_000), 200_000, BEGIN)), stored());
    }

    @Test
    void aWeightIsReplacedWhenItIsOlderThanTheIntervalAndNotBefore() {
        await(store.putChamberMetadata(new ChamberMetadata(OURS, 1, 1, Duration.ofSeconds(60), 60, BEGIN)));
        for (int i = 0; i < 3; i++) {
            run(OURS, 10, 6_000, Duration.ofSeconds(600));
        }
        clock.now = BEGIN.plus(DAY);
        assertEquals(60, stored().get(0).weight());
        clock.now = BEGIN.plus(DAY).plusSeconds(1);
        assertEquals(6_000, stored().get(0).weight());
        assertEquals(clock.now, stored().get(0).updatedAt());
    }

    @Test
    void onlyTheOwnerWeighs() {
        for (int i = 0; i < 5; i++) {
            run(THEIRS, 10, 6_000, Duration.ofSeconds(600));
        }
        assertEquals(List.of(), stored());
    }

    @Test
    void withoutAnIntervalNothingIsWritten() {
        weights = new WeightUpdates(store, OWNERSHIP, clock, Duration.ZERO);
        for (int i = 0; i < 5; i++) {
            run(OURS, 10, 6_000, Duration.ofSeconds(600));
        }
        assertEquals(List.of(), stored());
        assertEquals(Duration.ZERO, weights.lookInterval());
    }
}
