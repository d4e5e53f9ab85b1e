package io.tfdc.cluster;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.StableId;
import io.tfdc.coordination.Transition;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitionReportsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean away = new AtomicBoolean();
    private VertxTestKit kit;
    private Context context;
    private MessageBroker broker;
    private TransitionReports reports;
    private ClusterHistory history;

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        context = kit.vertx().getOrCreateContext();
        broker = EmbeddedBroker.create(kit.vertx());
        Moments moments = new Moments(nanos::get, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        TransitionLog log = await(TransitionLog.open(faulty(broker), ClusterNames.DEFAULT, 1));
        reports = new TransitionReports(log, moments, "pod", "member-x");
        history = await(ClusterHistory.open(broker, ClusterNames.DEFAULT, 1));
    }

    @AfterEach
    void close() {
        await(broker.close());
        kit.close();
    }

    /** Its streams take nothing while the broker is away. */
    private MessageBroker faulty(MessageBroker real) {
        return proxy(MessageBroker.class, (name, call) -> {
            Object result = call.on(real);
            return name.equals("stream") ? ((Future<?>) result).map(stream -> faulty((MessageStream) stream)) : result;
        });
    }

    private MessageStream faulty(MessageStream real) {
        return proxy(
                MessageStream.class,
                (name, call) -> away.get() && name.equals("publish")
                        ? Future.failedFuture(new BrokerException(BrokerException.Reason.UNAVAILABLE, "away"))
                        : call.on(real));
    }

    private interface Call {
        Object on(Object target) throws ReflectiveOperationException;
    }

    private interface Behaviour {
        Object answer(String method, Call call) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        behaviour.answer(method.getName(), target -> method.invoke(target, arguments))));
    }

    private static MemberView view(MemberState state) {
        return new MemberView(state, Optional.of(new StableId(3)), "bootx0", true, 1, 7, 0, 0, 0, 0, 0, 1);
    }

    private void on(Runnable action) {
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> {
            action.run();
            done.complete();
        });
        await(done.future());
    }

    private List<String> told() {
        return await(history.transitions()).stream()
                .map(one -> one.kind() + " " + one.state() + (one.leading() ? "*" : ""))
                .toList();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        on(reports::tick);
    }

    private void eventually(String... expected) {
        VertxTestKit.eventually("told", () -> told().equals(List.of(expected)));
    }

    @Test
    void aStateIsToldWhenItChangesAndAgainAfterAWhile() {
        on(() -> reports.seen(view(MemberState.FOLLOWER), false));
        on(() -> reports.seen(view(MemberState.STABLE), false));
        on(() -> reports.seen(view(MemberState.STABLE), false));
        on(() -> reports.seen(view(MemberState.STABLE), true));
        eventually("STATE FOLLOWER", "STATE STABLE", "STATE STABLE*");
        pass(Duration.ofMinutes(21));
        on(() -> reports.seen(view(MemberState.STABLE), true));
        eventually("STATE FOLLOWER", "STATE STABLE", "STATE STABLE*", "STATE STABLE*");
    }

    @Test
    void whatIsSeenWhileTheBrokerIsAwayIsToldInItsOrder() {
        away.set(true);
        on(() -> reports.seen(view(MemberState.STABLE), false));
        on(() -> reports.seen(view(MemberState.DEGRADED), false));
        pass(Duration.ofMillis(500));
        assertEquals(List.of(), told());
        away.set(false);
        VertxTestKit.eventually("told", () -> {
            pass(Duration.ofSeconds(2));
            return told().equals(List.of("STATE STABLE", "STATE DEGRADED"));
        });
    }

    @Test
    void whoHasLeftSaysNothingMore() {
        on(() -> reports.seen(view(MemberState.SHUTDOWN), false));
        await(reports.left(view(MemberState.SHUTDOWN)));
        on(() -> reports.seen(view(MemberState.INITIALIZATION), false));
        eventually("STATE SHUTDOWN", "LEFT SHUTDOWN");
    }

    @Test
    void whoVanishesIsToldOnceAndWhenItIsBack() {
        LossReports losses = new LossReports(reports);
        Heartbeat beat = new Heartbeat(
                Optional.of(new StableId(5)),
                1,
                "bootx1",
                "uid",
                "pod-5",
                "test",
                MemberState.STABLE,
                true,
                1,
                1,
                7,
                0,
                0,
                Progress.NONE,
                Instant.EPOCH);
        on(() -> losses.look(List.of(), List.of(beat)));
        on(() -> losses.look(List.of(beat), List.of()));
        on(() -> losses.look(List.of(beat), List.of()));
        on(() -> losses.look(List.of(), List.of(beat)));
        on(() -> losses.look(List.of(), List.of(beat)));
        eventually("LOST STABLE", "STATE STABLE*");
        assertEquals("pod-5", await(history.transitions()).get(0).podName());
    }

    @Test
    void theTailOfAStreamIsReadOn() {
        MessageStream stream = await(broker.stream(ClusterNames.DEFAULT.transitionsStream(1)));
        StreamTail<Integer> tail = new StreamTail<>(
                stream, 10, payload -> payload[0] % 7 == 0 ? Optional.empty() : Optional.of((int) payload[0]));
        assertEquals(List.of(), await(tail.read()));
        List<Integer> expected = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            await(stream.publish(ClusterNames.DEFAULT.transitionSubject(), new byte[] {(byte) i}, "", Map.of()));
            if (i % 7 != 0) {
                expected.add(i);
            }
            if (i == 25 || i == 26 || i == 40) {
                List<Integer> read = await(tail.read());
                assertEquals(expected.subList(expected.size() - read.size(), expected.size()), read);
                assertEquals(i == 25 ? 9 : 10, read.size(), "of the ten newest the first time one can't be read");
            }
        }
        assertEquals(await(tail.read()), await(tail.read()));
    }

    @Test
    void aTransitionReadsAsItWasWritten() {
        Transition told = new Transition(
                Instant.parse("2026-03-01T10:00:00Z"),
                Optional.empty(),
                "bootx0",
                "pod",
                Transition.Kind.LEFT,
                MemberState.SHUTDOWN,
                false,
                3);
        TransitionLog log = await(TransitionLog.open(broker, ClusterNames.DEFAULT, 1));
        await(log.append(told, "a"));
        await(log.append(told, "a"));
        assertEquals(List.of(told), await(history.transitions()), "written again under its name it is one");
    }
}
