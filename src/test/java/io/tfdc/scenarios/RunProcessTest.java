package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.processing.DeadLetters;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.SampleRuns;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.PlanCache;
import io.tfdc.uchart.TraceLimits;
import io.tfdc.uchart.UChartCalculator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The {@code run} process against a real nats-server and a real Cassandra. */
@Tag("integration")
class RunProcessTest extends SiteTest {
    private static final int CHAMBERS = 10;
    private static final int RUNS = 20;

    private final SampleRuns runs =
            new SampleRuns(10, 200, 4, SampleRuns.small().options());
    private final StrategyBook book = SampleStrategy.book();

    @Test
    void killedInTheMiddleAndStartedAgainItLeavesExactlyOneSetPerContext() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        storeAll();
        announceAll();
        for (int kill = 1; kill <= 3; kill++) {
            long left = CHAMBERS * RUNS - kill * 40L - random.nextInt(20);
            try (DefenderChild child = site.run()) {
                eventually("the stream shrinks to " + left, () -> site.waiting() <= left);
                child.kill();
            }
            assertTrue(site.waiting() > 0, "killed too late, seed " + seed);
        }
        try (DefenderChild child = site.run().awaitReady()) {
            eventually("all are processed", () -> site.waiting() == 0);
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
        }
        assertSameAsUninterrupted("seed " + seed);
        assertEquals(0, await(site.letters.size()));
    }

    @Test
    void aDamagedBlobIsADeadLetterWithItsReasonAndTheNextContextIsProcessedAtOnce() throws Exception {
        ChamberId chamber = chamber(0);
        TChart good = runs.run(chamber, 0);
        byte[] damaged = good.blobs().get(0).clone();
        damaged[0] ^= 0x40;
        damaged[1] ^= 0x13;
        site.store(new TChart(good.context(), good.svids(), good.stepSvid(), List.of(damaged)));
        site.store(runs.run(chamber, 1));
        try (DefenderChild child = site.run().awaitReady()) {
            site.announce(runs, chamber, 0);
            site.announce(runs, chamber, 1);
            eventually(
                    "the next context is processed", () -> site.charts(chamber).size() == 1);
            eventually("nothing is left", () -> site.waiting() == 0);
            DeadLetters.DeadLetter letter = await(new DeadLetters(site.letters, Clock.systemUTC()).list(10))
                    .get(0);
            assertEquals("TraceException", letter.error());
            assertEquals("header", letter.section());
            assertTrue(letter.reason().contains("blob 0: header at offset 0: expected magic"), letter.reason());
            assertEquals(1, letter.deliveries());
            assertEquals(runs.id(chamber, 1), site.charts(chamber).get(0).id());
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
        }
    }

    @Test
    void atTheSignalItFinishesWhatIsInWorkAndEndsWithZero() throws Exception {
        storeAll();
        try (DefenderChild child = site.run().awaitReady()) {
            announceAll();
            eventually("some are processed", () -> site.waiting() < CHAMBERS * RUNS - 20);
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
            assertFalse(child.output().contains("did not close in time"), child.output());
        }
        assertEquals(List.of(), await(site.notifications.consumers()));
        long stored = 0;
        for (int c = 0; c < CHAMBERS; c++) {
            stored += site.charts(chamber(c)).size();
        }
        assertEquals(CHAMBERS * RUNS, stored + site.waiting(), "acknowledged exactly what is stored");
    }

    @Test
    void itSurvivesTheBrokersRestart() throws Exception {
        storeAll();
        try (DefenderChild child = site.run().awaitReady()) {
            announceAll();
            eventually("some are processed", () -> site.waiting() < CHAMBERS * RUNS - 20);
            nats.kill();
            nats.restart();
            eventually("all are processed", () -> site.waiting() == 0);
            assertTrue(child.isAlive(), child.output());
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
        }
        for (int c = 0; c < CHAMBERS; c++) {
            assertEquals(RUNS, site.charts(chamber(c)).size());
        }
        List<String> alarms = site.alarmIds();
        assertEquals(new TreeSet<>(alarms).size(), alarms.size(), "an alarm was published twice");
    }

    @Test
    void itWaitsForTheStoreToComeBackAndLosesNothing() throws Exception {
        storeAll();
        try (DefenderChild child = site.run().awaitReady()) {
            announceAll();
            eventually("some are processed", () -> site.waiting() < CHAMBERS * RUNS - 20);
            CassandraServer.shared().stop();
            CassandraServer.shared().restart();
            eventually("all are processed", () -> site.waiting() == 0);
            child.terminate();
            assertEquals(0, child.awaitExit(), child.output());
        }
        eventually("the store answers", () -> await(site.store.ping().map(true).otherwise(false)));
        assertSameAsUninterrupted("after an outage of the store");
        assertEquals(0, await(site.letters.size()));
    }

    private void assertSameAsUninterrupted(String message) {
        List<String> expectedAlarms = new ArrayList<>();
        for (int c = 0; c < CHAMBERS; c++) {
            List<UChart> expected = new ArrayList<>();
            List<DefenseEvent> events = new ArrayList<>();
            judgeInOrder(chamber(c), expected, events);
            assertEquals(expected, site.charts(chamber(c)), message);
            assertEquals(ids(events), ids(site.events(chamber(c))), message);
            for (DefenseEvent event : events) {
                if (event.mode() == DefenseEvent.Mode.ACTIVE) {
                    expectedAlarms.add(event.id());
                }
            }
        }
        assertFalse(expectedAlarms.isEmpty());
        assertEquals(
                expectedAlarms.stream().sorted().toList(),
                site.alarmIds().stream().sorted().toList(),
                message);
    }

    private void judgeInOrder(ChamberId chamber, List<UChart> charts, List<DefenseEvent> events) {
        UChartCalculator calculator = new UChartCalculator(TraceLimits.DEFAULT, new PlanCache());
        Map<String, LimitSet> limits = new HashMap<>();
        for (int number = 0; number < RUNS; number++) {
            TChart chart = chart(chamber, number);
            CalculatedRun run = calculator.calculate(chart, book.match(chart.context()));
            Evaluation evaluation = run.plan().evaluate(run.data(), new History(charts, limits, List.of()));
            evaluation.newLimits().forEach(set -> limits.put(set.strategy(), set));
            charts.add(evaluation.uChart());
            events.addAll(evaluation.events());
        }
    }

    private void storeAll() {
        for (int c = 0; c < CHAMBERS; c++) {
            for (int number = 0; number < RUNS; number++) {
                site.store(chart(chamber(c), number));
            }
        }
    }

    private void announceAll() {
        for (int number = 0; number < RUNS; number++) {
            for (int c = 0; c < CHAMBERS; c++) {
                site.announce(runs, chamber(c), number);
            }
        }
    }

    private TChart chart(ChamberId chamber, int number) {
        return runs.run(chamber, number, number % 7 == 6 ? 60 : 0);
    }

    private static ChamberId chamber(int number) {
        return new ChamberId("ETCH0" + number / 4, "C" + number % 4);
    }

    private static List<String> ids(List<DefenseEvent> events) {
        return events.stream().map(DefenseEvent::id).sorted().toList();
    }
}
