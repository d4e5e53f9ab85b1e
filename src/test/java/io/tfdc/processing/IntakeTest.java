package io.tfdc.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.messaging.BrokerException;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.processing.RunFailed.Action;
import io.tfdc.storage.StoreException;
import io.tfdc.testing.VertxTestKit;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
    private static final RunOutcome DONE =
            new RunOutcome(RunCompleted.Outcome.PROCESSED, "g", Instant.EPOCH, 1, List.of(), Duration.ofMillis(1));

    private final VertxTestKit kit = new VertxTestKit();
    private final Vertx vertx = kit.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final FakeStream letters = new FakeStream();
    private final LinkedBlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RunFailed> failures = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<RunCompleted> completions = new LinkedBlockingQueue<>();
    private final Map<String, Promise<RunOutcome>> pending = new HashMap<>();
    private Function<String, Future<RunOutcome>> processor = context -> Future.succeededFuture(DONE);
    private Future<Void> probe = Future.succeededFuture();
    private int atWork;
    private Ownership ownership = Ownership.everything();
    private Intake intake;

    @BeforeEach
    void build() {
        EventCatalog.register(vertx);
        vertx.eventBus().<RunFailed>localConsumer(RunFailed.ADDRESS, message -> failures.add(message.body()));
        vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, message -> completions.add(message.body()));
        FailureRules rules = new FailureRules(ProcessingSettings.RETRY_DELAYS);
        DeadLetters deadLetters = new DeadLetters(letters, CLOCK);
        Intake[] self = new Intake[1];
        Outage outage = new Outage(vertx, () -> probe, () -> self[0].resume());
        RunProcessor recorded = (notification, attempt) -> {
            started.add(notification.run().context());
            return attempt.check(notification.run().chamber())
                    .compose(owned -> processor.apply(notification.run().context()));
        };
        Ownership asked = new Ownership() {
            @Override
            public Future<Boolean> begin(ChamberId chamber) {
                return ownership.begin(chamber).onSuccess(may -> atWork += may ? 1 : 0);
            }

            @Override
            public void end(ChamberId chamber) {
                atWork--;
            }

            @Override
            public Future<Boolean> mayStore(ChamberId chamber) {
                return ownership.mayStore(chamber);
            }

            @Override
            public boolean owns(ChamberId chamber) {
                return ownership.owns(chamber);
            }
        };
        intake = new Intake(
                vertx,
                ProcessingSettings.defaults(),
                message -> decode(new String(message.payload(), StandardCharsets.UTF_8)),
                recorded,
                asked,
                rules,
                new Settlement(rules, deadLetters),
                outage,
                new RunReports(vertx.eventBus(), new ProcessingMetrics(new SimpleMeterRegistry()), Tracing.OFF));
        self[0] = intake;
    }

    @AfterEach
    void close() throws Exception {
        kit.close();
    }

    @Test
    void runsOfAChamberFollowEachOtherWhileChambersDoNotWait() throws Exception {
        processor = this::later;
        FakeMessage first = deliver("A", "a1", 1, 1);
        FakeMessage second = deliver("A", "a2", 2, 1);
        FakeMessage other = deliver("B", "b1", 3, 1);

        assertEquals("a1", next(started));
        assertEquals("b1", next(started));
        finish("b1");
        assertEquals("b1", next(completions).run().context());
        assertTrue(started.isEmpty());
        finish("a1");
        assertEquals("a2", next(started));
        finish("a2");
        assertEquals("a1", next(completions).run().context());
        assertEquals("a2", next(completions).run().context());
        assertEquals(List.of("ack"), first.calls);
        assertEquals(List.of("ack"), second.calls);
        assertEquals(List.of("ack"), other.calls);
    }

    @Test
    void whatMayPassComesAgainAfterGrowingDelaysAndThenEndsAsADeadLetter() throws Exception {
        processor = run -> Future.failedFuture(new IllegalStateException("no luck"));
        List<String> calls = new ArrayList<>();
        for (int delivery = 1; delivery <= 4; delivery++) {
            FakeMessage message = deliver("A", "a1", 1, delivery);
            next(failures);
            onContext(() -> calls.addAll(message.calls));
        }
        assertEquals(List.of("nak 1000", "nak 5000", "nak 15000", "terminate no luck"), calls);
        assertEquals(1, letters.stored.size());
    }

    @Test
    void aMissingTChartIsTriedThreeTimes() throws Exception {
        processor = run -> Future.failedFuture(
                new Failure.Signal(FailureRules.tChartMissing(new RunId(new ChamberId("T", "A"), run))));
        assertEquals(List.of(Action.RETRIED, Action.RETRIED, Action.DEAD_LETTERED), actionsOfDeliveries(3));
        assertEquals("TChartMissing", letters.stored.get(0).headers().get("Dlq-Error"));
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsReasonAndTheNextRunStartsAtOnce() throws Exception {
        processor = run -> run.equals("a1")
                ? Future.failedFuture(new Failure.Signal(
                        new Failure.Poison("blob 0: header: caf\u00e9", "TraceException", "header", 12)))
                : Future.succeededFuture(DONE);
        FakeMessage bad = deliver("A", "a1", 41, 1);
        FakeMessage good = deliver("A", "a2", 42, 1);

        assertEquals("a2", next(completions).run().context());
        assertEquals(List.of("terminate blob 0: header: caf\u00e9"), bad.calls);
        assertEquals(List.of("ack"), good.calls);
        DeadLetters.DeadLetter letter =
                new DeadLetters(letters, CLOCK).list(10).result().get(0);
        assertEquals("blob 0: header: caf?", letter.reason());
        assertEquals("TraceException", letter.error());
        assertEquals("header", letter.section());
        assertEquals(12, letter.offset());
        assertEquals(1, letter.deliveries());
        assertEquals("dc.T.A.completed", letter.subject());
        assertEquals(CLOCK.instant(), letter.at());
        assertEquals("dlq.T.A", letters.stored.get(0).subject());
        assertEquals("A/a1", new String(letter.payload(), StandardCharsets.UTF_8));
        assertEquals("41", letter.headers().get("Dlq-Sequence"));
        assertEquals("00-1", letter.headers().get("traceparent"));
    }

    @Test
    void anUnreadableNotificationIsADeadLetter() throws Exception {
        FakeMessage message = deliver("A", "not/a/run", 7, 1);
        assertEquals(Action.DEAD_LETTERED, next(failures).action());
        onContext(() -> assertEquals(1, message.calls.size()));
        assertEquals("BadNotification", letters.stored.get(0).headers().get("Dlq-Error"));
    }

    @Test
    void messagesOfAChamberThatIsNoLongerOursAreLeftAlone() throws Exception {
        ownership =
                ownership(chamber -> Future.succeededFuture(!chamber.chamber().equals("A")), chamber -> yes());
        FakeMessage message = deliver("A", "a1", 1, 1);
        assertEquals(Action.LEFT, next(failures).action());
        deliver("B", "b1", 2, 1);
        assertEquals("b1", next(completions).run().context());
        assertEquals(List.of("leave"), message.calls);
    }

    @Test
    void whatIsDoneAfterTheChamberWasLostIsNotSettled() throws Exception {
        processor = this::later;
        boolean[] ours = {true};
        ownership = ownership(chamber -> yes(), chamber -> Future.succeededFuture(ours[0]));
        FakeMessage good = deliver("A", "a1", 1, 1);
        FakeMessage bad = deliver("B", "b1", 2, 1);
        next(started);
        next(started);
        onContext(() -> ours[0] = false);
        finish("a1");
        assertEquals(Action.LEFT, next(failures).action());
        onContext(() -> pending.get("b1").fail("no luck"));
        assertEquals(Action.LEFT, next(failures).action());
        onContext(() -> {
            assertEquals(List.of("leave"), good.calls);
            assertEquals(List.of("leave"), bad.calls);
            assertEquals(0, atWork);
        });
    }

    @Test
    void whileItIsNotCertainWhoseTheChamberIsRunsWaitAndAreNotLeft() throws Exception {
        Promise<Boolean> mayBegin = Promise.promise();
        Promise<Boolean> maySettle = Promise.promise();
        boolean[] evaluated = {false};
        ownership = ownership(chamber -> mayBegin.future(), chamber -> evaluated[0] ? maySettle.future() : yes());
        processor = run -> {
            evaluated[0] = true;
            return Future.succeededFuture(DONE);
        };
        FakeMessage first = deliver("A", "a1", 1, 1);
        FakeMessage second = deliver("A", "a2", 2, 1);
        onContext(() -> assertTrue(started.isEmpty()));
        onContext(() -> mayBegin.complete(true));
        assertEquals("a1", next(started));
        onContext(() -> assertEquals(List.of(), first.calls));
        onContext(() -> maySettle.complete(true));
        assertEquals("a1", next(completions).run().context());
        assertEquals("a2", next(completions).run().context());
        onContext(() -> {
            assertEquals(List.of("ack"), first.calls);
            assertEquals(List.of("ack"), second.calls);
            assertEquals(0, atWork);
        });
    }

    @Test
    void aRunThatIsLetGoOfWhileItWaitsForCertaintyDoesNotBegin() throws Exception {
        Promise<Boolean> mayBegin = Promise.promise();
        ownership = ownership(chamber -> mayBegin.future(), chamber -> yes());
        FakeMessage first = deliver("A", "a1", 1, 1);
        FakeMessage second = deliver("A", "a2", 2, 1);
        onContext(() -> intake.leave(chamber -> true));
        onContext(() -> mayBegin.complete(true));
        assertEquals(Action.LEFT, next(failures).action());
        onContext(() -> {
            assertEquals(Set.of("leave"), Set.copyOf(first.calls));
            assertEquals(List.of("leave"), second.calls);
            assertTrue(started.isEmpty());
            assertEquals(0, intake.size());
            assertEquals(0, atWork);
        });
        deliver("A", "a3", 3, 1);
        assertEquals("a3", next(completions).run().context());
    }

    @Test
    void chambersThatMoveAwayAreLetGoOfAndComeBackAsNew() throws Exception {
        processor = this::later;
        FakeMessage first = deliver("A", "a1", 1, 1);
        FakeMessage second = deliver("A", "a2", 2, 1);
        FakeMessage other = deliver("B", "b1", 3, 1);
        assertEquals("a1", next(started));
        assertEquals("b1", next(started));
        onContext(() -> intake.leave(chamber -> chamber.chamber().equals("A")));
        FakeMessage again = deliver("A", "a1", 1, 1);
        finish("b1");
        assertEquals("b1", next(completions).run().context());
        assertTrue(started.isEmpty(), "the earlier attempt is still at work");
        finish("a1");
        assertEquals(Action.LEFT, next(failures).action());
        assertEquals("a1", next(started));
        finish("a1");
        assertEquals("a1", next(completions).run().context());
        onContext(() -> {
            assertEquals("leave", first.calls.get(0));
            assertEquals(List.of("leave"), second.calls);
            assertEquals(List.of("ack"), other.calls);
            assertEquals(List.of("ack"), again.calls);
            assertEquals(0, intake.size());
            assertEquals(0, atWork);
        });
    }

    @Test
    void anOutageHoldsEverythingInOrderUntilStoreAndBrokerAnswer() throws Exception {
        boolean[] up = {false};
        probe = Future.failedFuture("down");
        processor = run ->
                up[0] ? Future.succeededFuture(DONE) : Future.failedFuture(new StoreException("no replica", true));
        FakeMessage first = deliver("A", "a1", 1, 1);
        FakeMessage second = deliver("A", "a2", 2, 1);
        assertEquals(Action.HELD, next(failures).action());
        onContext(() -> {
            intake.reportProgress();
            up[0] = true;
            probe = Future.succeededFuture();
        });
        assertEquals("a1", next(completions).run().context());
        assertEquals("a2", next(completions).run().context());
        assertEquals(List.of("progress", "ack"), first.calls);
        assertEquals(List.of("progress", "ack"), second.calls);
        assertTrue(letters.stored.isEmpty());
    }

    @Test
    void aRunThatAloneFailsForTheStoreIsRetriedLikeAnyOther() throws Exception {
        processor = run -> run.equals("a1")
                ? Future.failedFuture(new StoreException("row too wide", true))
                : Future.succeededFuture(DONE);
        FakeMessage odd = deliver("A", "a1", 1, 1);
        assertEquals(Action.HELD, next(failures).action());
        for (int i = 0; i < 3; i++) {
            deliver("B", "b" + i, 10 + i, 1);
        }
        Action action = Action.HELD;
        while (action == Action.HELD) {
            action = next(failures).action();
        }
        assertEquals(Action.RETRIED, action);
        onContext(() -> assertEquals("nak 1000", odd.calls.get(odd.calls.size() - 1)));
    }

    @Test
    void nothingIsTerminatedBeforeItsDeadLetterIsStored() throws Exception {
        processor = run -> Future.failedFuture(new Failure.Signal(new Failure.Poison("bad", "X", "", -1)));
        letters.failure = new BrokerException(BrokerException.Reason.UNAVAILABLE, "gone");
        probe = Future.failedFuture("down");
        FakeMessage message = deliver("A", "a1", 1, 1);
        assertEquals(Action.HELD, next(failures).action());
        onContext(() -> {
            assertEquals(List.of(), message.calls);
            letters.failure = null;
            probe = Future.succeededFuture();
        });
        assertEquals(Action.DEAD_LETTERED, next(failures).action());
        onContext(() -> assertEquals(List.of("terminate bad"), message.calls));
        assertEquals(1, letters.stored.size());
    }

    @Test
    void aRedeliveryOfARunAtWorkIsSettledWithIt() throws Exception {
        processor = this::later;
        FakeMessage first = deliver("A", "a1", 1, 1);
        assertEquals("a1", next(started));
        FakeMessage again = deliver("A", "a1", 1, 2);
        finish("a1");
        next(completions);
        assertEquals(List.of("ack"), first.calls);
        assertEquals(List.of("ack"), again.calls);
        assertTrue(started.isEmpty());
    }

    @Test
    void drainingFinishesWhatIsInFlightAndHandsBackWhatComesLater() throws Exception {
        processor = this::later;
        FakeMessage message = deliver("A", "a1", 1, 1);
        assertEquals("a1", next(started));
        CompletableFuture<Void> drained = drain(Duration.ofSeconds(20));
        FakeMessage late = deliver("B", "b1", 2, 1);
        assertFalse(drained.isDone());
        assertEquals(List.of("nak 0"), late.calls);
        finish("a1");
        drained.get(10, TimeUnit.SECONDS);
        assertEquals(List.of("ack"), message.calls);
    }

    @Test
    void theRestOfAChamberWaitsForARunThatComesAgain() throws Exception {
        processor = run -> run.equals("a1") && started.size() < 3
                ? Future.failedFuture(new IllegalStateException("no luck"))
                : Future.succeededFuture(DONE);
        deliver("A", "a1", 1, 1);
        assertEquals(Action.RETRIED, next(failures).action());
        deliver("A", "a2", 2, 1);
        deliver("B", "b1", 3, 1);
        assertEquals("b1", next(completions).run().context());
        processor = run -> Future.succeededFuture(DONE);
        deliver("A", "a1", 1, 2);
        assertEquals("a1", next(completions).run().context());
        assertEquals("a2", next(completions).run().context());
    }

    @Test
    void theRestOfAChamberDoesNotWaitForEverForARunThatIsDeliveredElsewhere() throws Exception {
        processor = run -> run.equals("a1")
                ? Future.failedFuture(new IllegalStateException("no luck"))
                : Future.succeededFuture(DONE);
        deliver("A", "a1", 1, 1);
        assertEquals(Action.RETRIED, next(failures).action());
        deliver("A", "a2", 2, 1);
        assertEquals("a2", next(completions).run().context());
    }

    @Test
    void whatIsNotDoneWithinTheDrainBudgetIsHandedBack() throws Exception {
        processor = this::later;
        FakeMessage running = deliver("A", "a1", 1, 1);
        FakeMessage waiting = deliver("A", "a2", 2, 1);
        drain(Duration.ofMillis(50)).get(10, TimeUnit.SECONDS);
        assertEquals(List.of("nak 0"), running.calls);
        assertEquals(List.of("nak 0"), waiting.calls);
    }

    private List<Action> actionsOfDeliveries(int deliveries) throws Exception {
        List<Action> actions = new ArrayList<>();
        for (int delivery = 1; delivery <= deliveries; delivery++) {
            deliver("A", "a1", 1, delivery);
            actions.add(next(failures).action());
            onContext(() -> {});
        }
        return actions;
    }

    private static Future<Boolean> yes() {
        return Future.succeededFuture(true);
    }

    private static Ownership ownership(
            Function<ChamberId, Future<Boolean>> begin, Function<ChamberId, Future<Boolean>> mayStore) {
        return new Ownership() {
            @Override
            public Future<Boolean> begin(ChamberId chamber) {
                return begin.apply(chamber);
            }

            @Override
            public void end(ChamberId chamber) {}

            @Override
            public Future<Boolean> mayStore(ChamberId chamber) {
                return mayStore.apply(chamber);
            }

            @Override
            public boolean owns(ChamberId chamber) {
                return true;
            }
        };
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) throws Exception {
        T item = queue.poll(10, TimeUnit.SECONDS);
        assertNotNull(item, "nothing came within 10 s");
        return item;
    }

    private Future<RunOutcome> later(String run) {
        Promise<RunOutcome> promise = Promise.promise();
        pending.put(run, promise);
        return promise.future();
    }

    private void finish(String run) throws Exception {
        onContext(() -> pending.get(run).complete(DONE));
    }

    private FakeMessage deliver(String chamber, String run, long sequence, int deliveries) throws Exception {
        byte[] payload = (chamber + '/' + run).getBytes(StandardCharsets.UTF_8);
        FakeMessage message = new FakeMessage("dc.T." + chamber + ".completed", payload, sequence, deliveries);
        onContext(() -> intake.accept(message));
        return message;
    }

    private CompletableFuture<Void> drain(Duration budget) throws Exception {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        onContext(() -> intake.drain(budget).onSuccess(drained::complete));
        return drained;
    }

    private void onContext(Runnable step) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(v -> {
            try {
                step.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        done.get(10, TimeUnit.SECONDS);
    }

    private static CompletionNotification decode(String text) {
        String[] parts = text.split("/", 2);
        return new CompletionNotification(new RunId(new ChamberId("T", parts[0]), parts[1]), Instant.EPOCH, Map.of());
    }
}
