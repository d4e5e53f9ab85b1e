package io.tfdc.cluster;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.MemberCore;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.processing.Ownership;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The member on one event loop: wires its parts, watches the map, ticks, and deploys a leader while the election is won. */
final class CoordinationVerticle extends VerticleBase {
    private final ClusterParts parts;
    private final ClusterMetrics metrics;
    private final ElectionDriver election;
    private final LeaderTenure tenure;
    private final LeavingSteps leaving = new LeavingSteps();
    private final Promise<Void> left = Promise.promise();
    private volatile @Nullable MemberHost member;
    private volatile @Nullable MemberBeat beat;
    private final TransitionReports reports;
    private @Nullable Peers peers;
    private MessageBroker.@Nullable Subscription watch;
    private boolean stopped;

    CoordinationVerticle(ClusterParts parts, ClusterMetrics metrics) {
        this.parts = parts;
        this.metrics = metrics;
        this.election = new ElectionDriver(
                parts.times(), parts.seed(), parts.election(), parts.moments(), this::followElection);
        this.reports = new TransitionReports(
                parts.transitions(),
                parts.moments(),
                parts.identity().podName(),
                "member-" + parts.identity().boot());
        this.tenure = new LeaderTenure(parts, metrics, election, this::phase);
    }

    @Override
    public void init(Vertx vertx, Context context) {
        super.init(vertx, context);
        Peers talk = new Peers(parts.broker(), parts.names(), parts.buckets(), this::tell);
        MemberEffects effects = new MemberEffects(
                new BucketWrites(parts.buckets(), parts.moments(), metrics, this::tell),
                new SliceCommands(
                        parts.slices(),
                        new Consumers(parts.notifications(), parts.subjects()),
                        parts.prefetch(),
                        metrics),
                talk,
                election,
                metrics,
                this::tell,
                left::tryComplete);
        MemberCore core = new MemberCore(parts.identity(), parts.settings(), parts.seed());
        MemberHost host = new MemberHost(core, parts.moments(), context, effect -> {
            leaving.sees(effect);
            effects.carryOut(effect);
        });
        peers = talk;
        member = host;
        beat = new MemberBeat(host, election, talk, parts.progress(), metrics, vertx.eventBus(), reports);
    }

    @Override
    public Future<?> start() {
        parts.slices().onLost(name -> tell(new MemberEvent.SliceLost(name)));
        AssignmentsWatch watcher = new AssignmentsWatch(this::tell, vertx.eventBus(), metrics);
        Reachability reachability = new Reachability(parts.buckets().assignments(), watcher, context, this::tell);
        parts.broker().onStatus(reachability::changed);
        reachability.changed(parts.broker().status());
        return parts.buckets().assignments().watch(watcher).onSuccess(open -> {
            watch = open;
            vertx.setPeriodic(ClusterSettings.TICK.toMillis(), id -> tick());
        });
    }

    private void tick() {
        MemberBeat beating = beat;
        if (beating != null) {
            beating.tick();
            followElection();
        }
    }

    /** At each tick, and at once when the election service has answered: the next leader is not to lose a tick. */
    private void followElection() {
        MemberHost host = member;
        if (host != null && !stopped) {
            tenure.follow(vertx, host.view());
        }
    }

    /** Any thread. */
    private void tell(MemberEvent event) {
        MemberHost host = member;
        if (host != null) {
            host.tell(event);
        }
    }

    /** Any thread. */
    private void phase(MemberState phase) {
        tell(new MemberEvent.PhaseSeen(phase));
    }

    /** Says whose chambers are whose; any thread, once deployed. */
    Ownership ownership() {
        return require(member);
    }

    /** Any thread, once deployed. */
    MemberView view() {
        return require(beat).view();
    }

    /** Whether this process leads now; any thread. */
    boolean leads() {
        return election.leads();
    }

    /**
     * Begins to leave the cluster; completes when it has left. Any thread.
     *
     * @param done told the steps that have come to their end
     */
    Future<Void> leave(Consumer<String> done) {
        leaving.begin(done);
        tell(new MemberEvent.ShutdownRequested());
        return left.future().compose(gone -> reports.left(view()));
    }

    /** Without a word to anybody: whoever is to leave in order is told so first. */
    @Override
    public Future<?> stop() {
        stopped = true;
        MemberHost host = member;
        if (host != null) {
            host.abandon();
        }
        Future<Void> led = tenure.end(vertx);
        Future<Void> talked = peers == null ? Future.succeededFuture() : peers.close();
        Future<Void> watched = watch == null ? Future.succeededFuture() : watch.cancel();
        return Future.join(led, talked, watched)
                .transform(done -> parts.election().close());
    }

    private static <T> T require(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not deployed");
        }
        return part;
    }
}
