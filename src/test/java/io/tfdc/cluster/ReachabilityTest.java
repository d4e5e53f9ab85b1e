package io.tfdc.cluster;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.model.ChamberId;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member's watch that never catches up, so that whatever it hears was read after the reconnect. */
class ReachabilityTest {
    private static final StableId D0 = new StableId(0);
    private static final StableId D1 = new StableId(1);
    private static final ChamberId CHAMBER = ChamberId.parse("T:C1");

    private final List<MemberEvent> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private VertxTestKit kit;
    private MessageBroker broker;
    private KeyValueBucket bucket;
    private Context context;
    private Reachability reachability;

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        ClusterEvents.register(kit.vertx());
        broker = EmbeddedBroker.create(kit.vertx());
        bucket = await(ClusterBuckets.open(broker, ClusterNames.DEFAULT, ClusterSettings.DEFAULT, 1))
                .assignments();
        context = kit.vertx().getOrCreateContext();
        AssignmentsWatch watcher = new AssignmentsWatch(
                told::add, kit.vertx().eventBus(), new ClusterMetrics(new SimpleMeterRegistry(), "test"));
        reachability = new Reachability(refusing(bucket), watcher, context, told::add);
        map(1, D0);
        leader(1);
    }

    @AfterEach
    void close() {
        await(broker.close());
        kit.close();
    }

    /** The bucket, whose watches fail at first. */
    private KeyValueBucket refusing(KeyValueBucket real) {
        return (KeyValueBucket) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueBucket.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("watch")) {
                        reads.incrementAndGet();
                        if (refusals.getAndDecrement() > 0) {
                            return Future.failedFuture(new BrokerException(Reason.TIMEOUT, "made to fail"));
                        }
                    }
                    return method.invoke(real, arguments);
                });
    }

    private void map(long version, StableId owner) {
        AssignmentMap map = new AssignmentMap(
                version,
                version,
                Lifecycle.STABLE,
                Cause.CRASH,
                Instant.EPOCH,
                Instant.EPOCH,
                Set.of(D0, D1),
                new TreeMap<>(Map.of(CHAMBER, owner)),
                new TreeMap<>(),
                new TreeMap<>());
        await(bucket.put(AssignmentMap.KEY, CoordinationJson.encode(map)));
    }

    private void leader(long epoch) {
        LeaderRecord record = new LeaderRecord(epoch, D1, "b1x0", Instant.EPOCH);
        await(bucket.put(LeaderRecord.KEY, CoordinationJson.encode(record)));
    }

    private void awaitReachable() {
        eventually(
                "the broker can be reached: " + told,
                () -> !told.isEmpty() && told.get(told.size() - 1).equals(new MemberEvent.BrokerReachable(true)));
    }

    @Test
    void thePresentIsToldBeforeTheBrokerCanBeReachedAgain() {
        reachability.changed(BrokerStatus.CONNECTED);
        awaitReachable();
        reachability.changed(BrokerStatus.DISCONNECTED);
        assertEquals(new MemberEvent.BrokerReachable(false), told.get(told.size() - 1), "at once");
        leader(2);
        map(2, D1);
        ReleaseRecord release = new ReleaseRecord(D1, "b1x0", 2, 2, Set.of());
        await(bucket.put(release.key(), CoordinationJson.encode(release)));
        told.clear();
        reachability.changed(BrokerStatus.CONNECTED);
        awaitReachable();
        assertEquals(4, told.size(), told::toString);
        assertEquals(2, ((MemberEvent.LeaderSeen) told.get(0)).leader().epoch());
        assertEquals(D1, ((MemberEvent.MapSeen) told.get(1)).map().owners().get(CHAMBER));
        assertEquals(new MemberEvent.ReleaseSeen(release), told.get(2));
    }

    @Test
    void whatWasReadBeforeTheConnectionWasLostAgainIsNotThePresent() {
        // On the context, so that nothing of the first read is told before the connection is lost again.
        Promise<Void> lostAgain = Promise.promise();
        context.runOnContext(v -> {
            reachability.changed(BrokerStatus.CONNECTED);
            reachability.changed(BrokerStatus.DISCONNECTED);
            lostAgain.complete();
        });
        await(lostAgain.future());
        map(2, D1);
        reachability.changed(BrokerStatus.CONNECTED);
        awaitReachable();
        assertEquals(
                1,
                told.stream()
                        .filter(new MemberEvent.BrokerReachable(true)::equals)
                        .count());
        assertEquals(
                D1,
                told.stream()
                        .filter(MemberEvent.MapSeen.class::isInstance)
                        .reduce((first, last) -> last)
                        .map(event ->
                                ((MemberEvent.MapSeen) event).map().owners().get(CHAMBER))
                        .orElseThrow());
    }

    @Test
    void aReadThatFailsIsRepeated() {
        refusals.set(2);
        reachability.changed(BrokerStatus.CONNECTED);
        awaitReachable();
        assertEquals(3, reads.get());
        assertEquals(3, told.size(), told::toString);
    }
}
