package io.tfdc.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters of coordination, leadership and subscriptions; docs/metrics.md lists them. Labels have few values. Safe for use from any thread. */
final class ClusterMetrics {
    private final MeterRegistry registry;
    private final Timer subscriptions;
    private final Counter subscriptionErrors;
    private final Counter added;
    private final Counter heartbeatErrors;
    private final Counter claimAttempts;
    private final Timer claimDuration;
    private final Timer startDuration;
    private final Counter leaderships;
    private final Counter movements;
    private final Counter crashed;
    private final DistributionSummary moved;
    private final Map<AssignmentMap.Cause, Counter> rebalances = new EnumMap<>(AssignmentMap.Cause.class);
    private final Map<MemberState, Counter> transitions = new EnumMap<>(MemberState.class);
    private final Map<MemberState, Timer> durations = new EnumMap<>(MemberState.class);
    private final long createdAt = System.nanoTime();
    private volatile @Nullable MemberView member;
    private volatile @Nullable LeaderView leader;
    private volatile long stateSince = createdAt;
    private volatile long leadingSince;
    private volatile double balance;
    private volatile boolean started;

    ClusterMetrics(MeterRegistry registry) {
        this.registry = registry;
        subscriptions = timer("defender.subscription.update.duration", "Changes of consumers at the broker");
        subscriptionErrors =
                counter("defender.subscription.errors", "Changes of consumers that failed or were refused");
        added = counter("defender.subscription.added", "Chambers put into new consumers");
        heartbeatErrors = counter("defender.heartbeat.errors", "Heartbeats that could not be written");
        claimAttempts = counter("defender.id.claim.attempts", "Writes of claims");
        claimDuration = timer("defender.id.claim.duration", "From the start or the loss of an id to having one");
        startDuration = timer("defender.initialization.duration", "From the start to an id or standby");
        leaderships = counter("defender.assignment.controller.started", "Times this process began to lead");
        movements =
                counter("defender.chamber.movements", "Chambers that got another owner by decisions of this leader");
        crashed = counter("defender.crashed.chambers.redistributed", "Chambers of the dead given to others");
        moved = DistributionSummary.builder("defender.assignment.chambers.moved")
                .description("Chambers moved by one version of the map")
                .register(registry);
        for (AssignmentMap.Cause cause : AssignmentMap.Cause.values()) {
            rebalances.put(
                    cause,
                    Counter.builder("defender.rebalance.events")
                            .description("Versions of the map written, by cause")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (MemberState state : MemberState.values()) {
            transitions.put(
                    state,
                    Counter.builder("defender.state.transitions")
                            .description("Changes to a state")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .register(registry));
            durations.put(
                    state,
                    Timer.builder("defender.state.duration")
                            .description("Time spent in a state")
                            .tag("state", state.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        memberGauges();
        leaderGauges();
    }

    private void memberGauges() {
        gauge(
                "defender.state",
                "State, 0 to 11 in the order of docs/metrics.md",
                view -> view.state().ordinal());
        gauge(
                "defender.stable.id",
                "Number of the id, -1 without",
                view -> view.id().map(id -> (double) id.number()).orElse(-1.0));
        gauge("defender.assigned.chambers", "Chambers that the map gives to this process", MemberView::owned);
        gauge("defender.active.chambers", "Of these, chambers in consumers of this process", MemberView::active);
        gauge("defender.draining.chambers", "Chambers that this process is letting go of", MemberView::draining);
        gauge("defender.awaited.chambers", "Chambers not released by others yet", MemberView::awaited);
        gauge("defender.current.subscriptions", "Consumers of this process", MemberView::slices);
        gauge("defender.assignment.version", "Version of the map that is followed", MemberView::version);
        gauge("defender.assignment.epoch", "Epoch of that map", MemberView::epoch);
        gauge("defender.lease.valid", "Whether this process may work", view -> view.leaseValid() ? 1 : 0);
        Gauge.builder("defender.is.leader", () -> leadingSince == 0 ? 0 : 1)
                .description("Whether this process leads")
                .register(registry);
        Gauge.builder("defender.leadership.duration", this::leadingSeconds)
                .baseUnit("seconds")
                .description("How long this process has been leading, 0 if it does not")
                .register(registry);
    }

    private void leaderGauges() {
        leaderGauge("defender.active.defenders", "Members heard of; of a leader only", LeaderView::activeMembers);
        leaderGauge("defender.standby.defenders", "Processes without an id", LeaderView::standbys);
        leaderGauge(
                "defender.intended.defenders",
                "Intended number of members, 0 if not known",
                view -> view.intended().orElse(0));
        leaderGauge("defender.pending.topology.changes", "Joins and leaves that wait", LeaderView::pendingChanges);
        leaderGauge("defender.releasing.chambers", "Chambers on the move", LeaderView::releasing);
        leaderGauge("defender.leader.deaf", "Whether the leader does not hear itself", view -> view.deaf() ? 1 : 0);
        Gauge.builder("defender.assignment.weight.balance", () -> leadingSince == 0 ? Double.NaN : balance)
                .description("Greatest weight of a member relative to the mean at the last decision")
                .register(registry);
    }

    /** Takes the view of a member when it has changed. */
    void seen(@Nullable MemberView before, MemberView now) {
        member = now;
        long at = System.nanoTime();
        claimAttempts.increment(now.claimAttempts() - (before == null ? 0 : before.claimAttempts()));
        if (before == null || before.state() != now.state()) {
            count(transitions, now.state());
            if (before != null) {
                Timer spent = durations.get(before.state());
                if (spent != null) {
                    spent.record(Duration.ofNanos(at - stateSince));
                }
            }
            boolean had = before != null && before.id().isPresent();
            if (!had && now.id().isPresent()) {
                claimDuration.record(Duration.ofNanos(at - stateSince));
            }
            stateSince = at;
        }
        if (!started && (now.id().isPresent() || now.state() == MemberState.STANDBY)) {
            started = true;
            startDuration.record(Duration.ofNanos(at - createdAt));
        }
    }

    /** Takes the view of a leader when it has changed. */
    void seen(@Nullable LeaderView before, LeaderView now) {
        leader = now;
        boolean scaling = now.phase() == MemberState.SCALING;
        boolean emergency = now.phase() == MemberState.EMERGENCY;
        if (scaling && (before == null || before.phase() != MemberState.SCALING)) {
            counter("defender.scaling.events", "Windows for joins and leaves opened")
                    .increment();
        }
        if (emergency && (before == null || before.phase() != MemberState.EMERGENCY)) {
            counter("defender.emergency.events", "Losses of members").increment();
        }
    }

    void leading(boolean leads) {
        leadingSince = leads ? System.nanoTime() : 0;
        if (leads) {
            leaderships.increment();
        } else {
            leader = null;
        }
    }

    void decided(Decision decision) {
        balance = decision.maxOverMean();
        if (decision.moves().isEmpty()) {
            return;
        }
        Counter events = rebalances.get(decision.cause());
        if (events != null) {
            events.increment();
        }
        movements.increment(decision.moves().size());
        moved.record(decision.moves().size());
        if (decision.cause() == AssignmentMap.Cause.CRASH) {
            crashed.increment(decision.moves().size());
        }
    }

    Future<Void> subscription(Future<Void> change) {
        long start = System.nanoTime();
        return change.onSuccess(done -> subscriptions.record(Duration.ofNanos(System.nanoTime() - start)))
                .onFailure(error -> subscriptionErrors.increment());
    }

    void added(int chambers) {
        added.increment(chambers);
    }

    void heartbeatFailed() {
        heartbeatErrors.increment();
    }

    private double leadingSeconds() {
        long since = leadingSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1e9;
    }

    private static void count(Map<MemberState, Counter> counters, MemberState state) {
        Counter counter = counters.get(state);
        if (counter != null) {
            counter.increment();
        }
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram(false)
                .register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<MemberView> value) {
        Gauge.builder(name, () -> {
                    MemberView view = member;
                    return view == null ? 0 : value.applyAsDouble(view);
                })
                .description(description)
                .register(registry);
    }

    private void leaderGauge(String name, String description, ToDoubleFunction<LeaderView> value) {
        Gauge.builder(name, () -> {
                    LeaderView view = leader;
                    return view == null ? Double.NaN : value.applyAsDouble(view);
                })
                .description(description)
                .register(registry);
    }
}
