package io.tfdc.cluster;

import static io.tfdc.testing.VertxTestKit.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.coordination.Identity;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.Progress;
import io.tfdc.election.natskv.KeyValueElection;
import io.tfdc.leader.LeaderSettings;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.ChamberId;
import io.tfdc.processing.NotificationFeed;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Slices;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A member whose processing is a stub: it asks for ownership as the real one does, works for some milliseconds, writes the execution into a
 * ledger that all members of a test share, and acknowledges.
 */
final class TestMember implements NotificationFeed.Receiver {
    static final Subjects SUBJECTS = new Subjects(Subjects.DEFAULT_TEMPLATE);
    static final ClusterSettings SETTINGS = settings(0);

    private static final long WORK_MILLIS = 5;

    private final Vertx vertx;
    private final String name;
    private final ExecutionLedger ledger;
    private final Map<Long, WorkMessage> inFlight = new HashMap<>();
    private final Slices slices;
    private Ownership ownership;
    final Cluster cluster;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Times as in production, but for windows. */
    static ClusterSettings settings(int expectedSize) {
        ClusterSettings d = ClusterSettings.DEFAULT;
        return new ClusterSettings(
                d.heartbeatInterval(),
                d.missedHeartbeats(),
                d.leaseMargin(),
                d.claimTtl(),
                d.claimDeadline(),
                d.maxMembers(),
                d.probeInterval(),
                d.probeConfirm(),
                d.crashCoalesce(),
                d.massLossShare(),
                d.massLossConfirm(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                d.prefetchBudget(),
                d.maxSlices(),
                d.mergeQuiet(),
                d.grayAfter(),
                expectedSize);
    }

    private TestMember(
            Vertx vertx, MessageBroker broker, int replicas, ChartStore store, String name, ExecutionLedger ledger) {
        this.vertx = vertx;
        this.name = name;
        this.ledger = ledger;
        MessageStream stream = await(broker.stream(Streams.notifications("dc-notifications", SUBJECTS, replicas)));
        slices = new Slices(stream, SUBJECTS, Duration.ofSeconds(30), 10);
        await(onContext(() -> slices.start(vertx, this)));
        ClusterNames names = ClusterNames.DEFAULT;
        ClusterBuckets buckets = await(ClusterBuckets.open(broker, names, SETTINGS, replicas));
        cluster = await(Cluster.join(
                vertx,
                new ClusterParts(
                        new Identity("uid-" + name, name, name + "boot", "test"),
                        SETTINGS,
                        LeaderSettings.DEFAULT,
                        ElectionTimes.DEFAULT,
                        names,
                        broker,
                        buckets,
                        await(DecisionLog.open(broker, names, replicas)),
                        await(TransitionLog.open(broker, names, replicas)),
                        stream,
                        SUBJECTS,
                        store,
                        Duration.ofHours(1),
                        await(broker.bucket(KeyValueElection.bucket(replicas))
                                .map(bucket -> new KeyValueElection(
                                        bucket, "defender", Duration.ofMillis(800), System::nanoTime))),
                        slices,
                        chambers -> Future.succeededFuture(),
                        () -> Progress.NONE,
                        () -> Future.succeededFuture(OptionalInt.empty()),
                        meters,
                        Moments.SYSTEM,
                        name.hashCode())));
        ownership = cluster.ownership();
    }

    /** @param name 1 to 12 of a-z 0-9 */
    static TestMember join(
            Vertx vertx, MessageBroker broker, int replicas, ChartStore store, String name, ExecutionLedger ledger) {
        return new TestMember(vertx, broker, replicas, store, name, ledger);
    }

    MemberView view() {
        return cluster.view();
    }

    /** Leaves in order. */
    void leave() {
        await(cluster.leave(Duration.ofSeconds(30)));
    }

    /** Is gone from one moment to the next. */
    void crash() {
        await(cluster.abandon());
        await(slices.abandon());
    }

    @Override
    public void accept(WorkMessage message) {
        ChamberId chamber = SUBJECTS.chamber(message.subject()).orElseThrow();
        ownership.begin(chamber).onSuccess(may -> {
            if (may) {
                inFlight.put(message.sequence(), message);
                vertx.setTimer(WORK_MILLIS, id -> ownership.mayStore(chamber).onSuccess(ours -> settle(message, ours)));
            } else {
                message.leave();
            }
        });
    }

    private void settle(WorkMessage message, boolean ours) {
        ChamberId chamber = SUBJECTS.chamber(message.subject()).orElseThrow();
        inFlight.remove(message.sequence(), message);
        if (ours) {
            ledger.executed(name, chamber, new String(message.payload(), StandardCharsets.UTF_8));
            message.ack().onComplete(done -> ownership.end(chamber));
        } else {
            message.leave();
            ownership.end(chamber);
        }
    }

    @Override
    public void leave(Predicate<ChamberId> chambers) {
        inFlight.values().removeIf(message -> {
            boolean gone = chambers.test(SUBJECTS.chamber(message.subject()).orElseThrow());
            if (gone) {
                message.leave();
            }
            return gone;
        });
    }

    private Future<Void> onContext(java.util.function.Supplier<Future<Void>> action) {
        io.vertx.core.Promise<Void> promise = io.vertx.core.Promise.promise();
        vertx.getOrCreateContext().runOnContext(v -> action.get().onComplete(promise));
        return promise.future();
    }
}
