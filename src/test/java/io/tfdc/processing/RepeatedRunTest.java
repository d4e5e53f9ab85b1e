package io.tfdc.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.messaging.MessageStream;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import io.tfdc.processing.RunCompleted.Outcome;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.storage.cache.CachedChartStore;
import io.tfdc.storage.cache.HistoryCache;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.testing.SampleRuns;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
import io.tfdc.tracing.Step;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is cut off anywhere and comes again leaves the same charts, limits, events and alarms as one that wasn't. */
class RepeatedRunTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");
    private static final Clock CLOCK = Clock.fixed(SampleRuns.BEGIN.plusSeconds(86_400), ZoneOffset.UTC);
    private static final int RUNS = 14;

    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final StrategyBook strategies = SampleStrategy.book();
    private final SampleRuns runs = SampleRuns.small();

    @TempDir
    private Path folder;

    private CalculationPool calculation;

    /** All that a sequence of runs leaves behind. */
    private record Traces(List<UChart> charts, List<DefenseEvent> events, List<LimitSet> limits, List<String> alarms) {}

    /** One process's view: the store behind faults, its cache and its pipeline. */
    private record Process(NotificationPipeline pipeline, HistoryCache cache) {}

    @BeforeEach
    void open() {
        calculation =
                new CalculationPool(vertx, 2, ProcessingSettings.defaults().limits());
    }

    @AfterEach
    void close() throws Exception {
        await(calculation::close);
        kit.close();
    }

    @Test
    void whereverARunIsCutOffItsRepetitionEndsTheSame() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Traces expected = traces("clean.db", (number, operations) -> 0, random);
        assertEquals(RUNS, expected.charts().size());
        assertFalse(expected.alarms().isEmpty(), "the runs must raise alarms");
        assertFalse(expected.limits().isEmpty(), "the runs must freeze limits");
        for (int cut = 1; cut <= 14; cut++) {
            int operation = cut;
            Traces repeated = traces("cut" + cut + ".db", (number, tries) -> tries == 0 ? operation : 0, random);
            assertEquals(expected, repeated, "cut off at operation " + cut + ", seed " + seed);
        }
        for (int round = 0; round < 5; round++) {
            Traces repeated = traces(
                    "random" + round + ".db",
                    (number, tries) -> tries < 3 && random.nextInt(4) > 0 ? 1 + random.nextInt(12) : 0,
                    random);
            assertEquals(expected, repeated, "round " + round + ", seed " + seed);
        }
    }

    @Test
    void aRunThatIsDoneIsNotEvaluatedAgainButItsAlarmsArePublishedUnderTheSameIds() throws Exception {
        FakeStream alarms = new FakeStream();
        ChartStore store = openStore("done.db");
        Process process = process(store, alarms);
        await(() -> store.putTChart(runs.run(CHAMBER, 0, 40)));
        RunOutcome first = process(process, 0, 1);
        int published = alarms.stored.size();
        RunOutcome again = process(process, 0, 1);
        RunOutcome elsewhere = process(process(store, alarms), 0, 2);

        assertEquals(Outcome.PROCESSED, first.outcome());
        assertEquals(Outcome.REPEATED, again.outcome());
        assertEquals(Outcome.REPEATED, elsewhere.outcome());
        assertEquals(first.events(), again.events());
        assertEquals(published, alarms.stored.size());
        assertEquals(1, await(() -> charts(store)).size());
        await(store::close);
    }

    /** @param cut operation to cut a try off at, given the run's number and the tries before; 0 for none */
    private Traces traces(String file, IntBinaryOperator cut, Random random) throws Exception {
        ChartStore store = openStore(file);
        FakeStream alarms = new FakeStream();
        FaultyStore faults = new FaultyStore();
        ChartStore faulty = faults.around(store);
        MessageStream faultyAlarms = faults.around(MessageStream.class, alarms);
        Process process = process(faulty, faultyAlarms);
        for (int number = 0; number < RUNS; number++) {
            int current = number;
            await(() -> store.putTChart(runs.run(CHAMBER, current, current > 6 && current % 3 > 0 ? 40 : 0)));
            for (int tries = 0; ; tries++) {
                faults.failAt(cut.applyAsInt(number, tries), random.nextBoolean());
                boolean done;
                try {
                    process(process, number, tries + 1);
                    done = true;
                } catch (ExecutionException cutOff) {
                    done = false;
                }
                boolean died = faults.isDead();
                faults.failAt(0, false);
                if (died) {
                    await(process.cache()::close);
                    process = process(faulty, faultyAlarms);
                }
                if (done && !died) {
                    break;
                }
            }
        }
        await(process.cache()::close);
        List<UChart> charts = await(() -> charts(store));
        Traces left = new Traces(
                charts,
                await(() -> store.defenseEvents(CHAMBER, Instant.EPOCH, CLOCK.instant(), 1000)),
                await(() -> store.limits(CHAMBER, charts.get(0).group(), SampleStrategy.ID, 10)),
                alarms.stored.stream()
                        .map(alarm -> new String(alarm.payload(), StandardCharsets.UTF_8))
                        .toList());
        await(store::close);
        return left;
    }

    private static Future<List<UChart>> charts(ChartStore store) {
        return store.uCharts(CHAMBER, Instant.EPOCH, CLOCK.instant(), 1000);
    }

    private ChartStore openStore(String file) throws Exception {
        return await(() -> SqliteChartStore.open(vertx, folder.resolve(file), Retention.DEFAULT, CLOCK));
    }

    private Process process(ChartStore store, MessageStream alarms) throws Exception {
        HistoryCache cache = await(() -> HistoryCache.open(vertx, store, CacheOptions.DEFAULT));
        ChartStore cached = new CachedChartStore(store, cache);
        NotificationPipeline pipeline = new NotificationPipeline(
                cached,
                new Histories(cached, new LimitCache(cached, System::nanoTime)),
                () -> strategies,
                calculation,
                new AlarmStream(alarms),
                new ByteGate(1 << 30),
                new ProcessingMetrics(new SimpleMeterRegistry()),
                new WeightUpdates(store, Ownership.everything(), CLOCK, Duration.ZERO));
        return new Process(pipeline, cache);
    }

    private RunOutcome process(Process process, int number, int deliveries) throws Exception {
        return await(() -> process.pipeline()
                .process(
                        runs.notification(CHAMBER, number),
                        new Attempt(
                                deliveries > 1,
                                Ownership.everything(),
                                Tracing.OFF.begin(Step.PROCESS, runs.id(CHAMBER, number)))));
    }

    private <T> T await(Supplier<Future<T>> step) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        context.runOnContext(v -> step.get().onSuccess(result::complete).onFailure(result::completeExceptionally));
        return result.get(20, TimeUnit.SECONDS);
    }
}
