package io.tfdc.cluster;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderCore;
import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import io.tfdc.leader.LeaderView;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The leader on one event loop, from winning the election to losing it: hears heartbeats, releases and operators, and ticks. */
final class LeaderVerticle extends VerticleBase {
    private static final long SIZE_INTERVAL = 5_000;

    private final ClusterParts parts;
    private final ClusterMetrics metrics;
    private final String incarnation;
    private final BooleanSupplier election;
    private final Consumer<MemberState> phases;
    private final LeaderCore core;
    private final LeaderEffects effects;
    private final OperatorPort operators;
    private final LossReports losses;
    private final List<Subscription> open = new ArrayList<>();
    private volatile boolean quit;
    private volatile boolean steppedDown;
    private @Nullable LeaderView view;
    private @Nullable Boolean reachable;

    /** @param election whether this process leads now */
    LeaderVerticle(
            ClusterParts parts,
            ClusterMetrics metrics,
            StableId id,
            String incarnation,
            BooleanSupplier election,
            Consumer<MemberState> phases) {
        this.parts = parts;
        this.metrics = metrics;
        this.incarnation = incarnation;
        this.election = election;
        this.phases = phases;
        this.core = new LeaderCore(id, incarnation, parts.settings(), parts.planning(), metrics.plans());
        this.effects = new LeaderEffects(
                parts,
                new ChamberSource(
                        parts.store(), parts.notifications(), parts.subjects(), parts.weightTtl(), parts.moments()),
                this::leads,
                this::handle);
        this.operators = new OperatorPort(this::handle);
        this.losses = new LossReports(new TransitionReports(
                parts.transitions(), parts.moments(), parts.identity().podName(), "leader-" + incarnation));
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().<JsonObject>localConsumer(ClusterEvents.OPERATOR, operators::receive);
        carryOut(core.start(parts.moments().now()));
        connection();
        vertx.setPeriodic(ClusterSettings.TICK.toMillis(), id -> tick());
        vertx.setPeriodic(
                1,
                SIZE_INTERVAL,
                id -> parts.intended().get().onSuccess(size -> handle(new LeaderEvent.SizeSeen(size))));
        return Future.all(
                keep(parts.buckets().heartbeats().watch(this::heartbeat)),
                keep(parts.buckets().assignments().watch(this::assignment)),
                keep(parts.broker().subscribe(parts.names().operatorSubject(), operators::receive)));
    }

    private Future<Subscription> keep(Future<Subscription> subscription) {
        return subscription.onSuccess(open::add);
    }

    @Override
    public Future<?> stop() {
        quit();
        return Future.join(open.stream().map(Subscription::cancel).toList());
    }

    String incarnation() {
        return incarnation;
    }

    /** Writes nothing from now on; any thread. */
    void quit() {
        quit = true;
    }

    /** Whether it has given up of its own accord; any thread. */
    boolean hasSteppedDown() {
        return steppedDown;
    }

    private boolean leads() {
        return !quit && !steppedDown && election.getAsBoolean();
    }

    private void connection() {
        boolean now = parts.broker().status() == BrokerStatus.CONNECTED;
        if (!Boolean.valueOf(now).equals(reachable)) {
            reachable = now;
            handle(new LeaderEvent.BrokerReachable(now));
        }
    }

    private void tick() {
        connection();
        handle(new LeaderEvent.Tick());
        LeaderView now = core.view(parts.moments().now());
        LeaderView before = view;
        if (leads()) {
            losses.look(core.vanished(), core.present());
        }
        if (!now.equals(before)) {
            view = now;
            metrics.leader().seen(before, now);
            vertx.eventBus().publish(ClusterEvents.LEADER_VIEW, now);
            if (before == null || before.phase() != now.phase()) {
                phases.accept(now.phase());
            }
        }
    }

    private void heartbeat(Entry entry) {
        if (entry.deleted()) {
            handle(new LeaderEvent.HeartbeatGone(entry.key()));
        } else {
            StoredRecord.read("heartbeat", entry.value(), CoordinationJson::decodeHeartbeat)
                    .ifPresent(beat -> handle(new LeaderEvent.HeartbeatSeen(beat)));
        }
    }

    private void assignment(Entry entry) {
        if (!entry.deleted() && entry.key().startsWith(ReleaseRecord.PREFIX)) {
            StoredRecord.read("release", entry.value(), CoordinationJson::decodeReleaseRecord)
                    .ifPresent(release -> handle(new LeaderEvent.ReleaseSeen(release)));
        }
    }

    /** On the leader's context. */
    private void handle(LeaderEvent event) {
        if (!quit) {
            long start = System.nanoTime();
            List<LeaderEffect> wanted = core.handle(event, parts.moments().now());
            for (LeaderEffect effect : wanted) {
                if (effect instanceof LeaderEffect.WriteMap write) {
                    metrics.leader().planned(write.map(), Duration.ofNanos(System.nanoTime() - start));
                }
            }
            carryOut(wanted);
        }
    }

    private void carryOut(List<LeaderEffect> wanted) {
        for (LeaderEffect effect : wanted) {
            if (effect instanceof LeaderEffect.Reply reply) {
                operators.reply(reply);
            } else if (effect instanceof LeaderEffect.StepDown) {
                steppedDown = true;
            } else {
                if (effect instanceof LeaderEffect.LogDecision log) {
                    metrics.leader().decided(log.decision());
                    vertx.eventBus().publish(ClusterEvents.DECISION, log.decision());
                }
                effects.carryOut(effect);
            }
        }
    }
}
