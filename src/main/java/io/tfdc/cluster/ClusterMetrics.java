package io.tfdc.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.MemberView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters of a member and its consumers; docs/metrics.md lists them. Labels have few values. Safe for use from any thread. */
final class ClusterMetrics {
    private final MeterRegistry registry;
    private final LeaderMetrics leader;
    private final PlanMetrics plans;
    private final Timer subscriptions;
    private final Counter subscriptionErrors;
    private final Counter added;
    private final Counter removed;
    private final Counter heartbeatErrors;
    private final Counter claimAttempts;
    private final Counter participations;
    private final Timer claimDuration;
    private final Timer startDuration;
    private final Timer followerWait;
    private final MultiGauge claimed;
    private final Map<MemberState, Counter> transitions = new EnumMap<>(MemberState.class);
    private final Map<MemberState, Timer> durations = new EnumMap<>(MemberState.class);
    private final long createdAt = System.nanoTime();
    private volatile @Nullable MemberView member;
    private volatile long stateSince = createdAt;
    private volatile long totalSubjects;
    private boolean started;

    /** @param build version of the program */
    ClusterMetrics(MeterRegistry registry, String build) {
        this.registry = registry;
        leader = new LeaderMetrics(registry);
        plans = new PlanMetrics(registry);
        subscriptions = Timer.builder("defender.subscription.update.duration")
                .description("Changes of consumers at the broker")
                .serviceLevelObjectives(LeaderMetrics.millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000))
                .register(registry);
        subscriptionErrors =
                counter("defender.subscription.errors", "Changes of consumers that failed or were refused");
        added = counter("defender.subscription.added", "Chambers put into new consumers");
        removed = counter("defender.subscription.removed", "Chambers taken out of consumers, deleted ones included");
        heartbeatErrors = counter("defender.heartbeat.errors", "Heartbeats that could not be written");
        claimAttempts = counter("defender.id.claim.attempts", "Writes of claims");
        participations = counter("defender.election.participated", "Times this process entered the election");
        claimDuration = Timer.builder("defender.id.claim.duration")
                .description("Time spent looking for an id until there was one")
                .register(registry);
        startDuration = Timer.builder("defender.initialization.duration")
                .description("From the start to an id or standby")
                .register(registry);
        followerWait = Timer.builder("defender.follower.wait.duration")
                .description("Time spent as a follower until there was something to do")
                .register(registry);
        claimed = MultiGauge.builder("defender.stable.id.claimed")
                .description("1 for the id that this process holds")
                .register(registry);
        Gauge.builder("defender.version", () -> 1)
                .description("1 for the version of the program")
                .tag("version", build)
                .register(registry);
        Gauge.builder("defender.total.subjects", () -> totalSubjects)
                .description("Chambers in the map")
                .register(registry);
        for (MemberState state : MemberState.values()) {
            String label = state.name().toLowerCase(Locale.ROOT);
            transitions.put(
                    state,
                    Counter.builder("defender.state.transitions")
                            .description("Changes to a state")
                            .tag("state", label)
                            .register(registry));
            durations.put(
                    state,
                    Timer.builder("defender.state.duration")
                            .description("Time spent in a state")
                            .tag("state", label)
                            .register(registry));
        }
        gauges();
    }

    private void gauges() {
        gauge("defender.state", "State, see above", view -> view.state().ordinal());
        gauge(
                "defender.stable.id",
                "Number of the id, -1 without",
                view -> view.id().map(id -> (double) id.number()).orElse(-1.0));
        gauge("defender.assigned.chambers", "Chambers that the map gives to this process", MemberView::owned);
        gauge("defender.assigned.subjects", "Chambers of this process that its consumers deliver", MemberView::active);
        gauge("defender.draining.chambers", "Chambers that this process is letting go of", MemberView::draining);
        gauge("defender.awaited.chambers", "Chambers of this process not released by others yet", MemberView::awaited);
        gauge("defender.current.subscriptions", "Consumers of this process", MemberView::slices);
        gauge("defender.assignment.version", "Version of the map that is followed", MemberView::version);
        gauge("defender.assignment.epoch", "Epoch of the map that is followed", MemberView::epoch);
        gauge("defender.lease.valid", "1 while this process may work", view -> view.leaseValid() ? 1 : 0);
    }

    /** Those of this process as a leader. */
    LeaderMetrics leader() {
        return leader;
    }

    /** Those of the plans that it makes. */
    PlanMetrics plans() {
        return plans;
    }

    /** Takes the view of a member when it has changed; called by one thread at a time. */
    void seen(@Nullable MemberView before, MemberView now) {
        member = now;
        long at = System.nanoTime();
        claimAttempts.increment(now.claimAttempts() - (before == null ? 0 : before.claimAttempts()));
        if (before == null || !before.id().equals(now.id())) {
            claimed.register(
                    now.id().stream()
                            .map(id -> MultiGauge.Row.of(Tags.of("id", Integer.toString(id.number())), 1))
                            .toList(),
                    true);
        }
        if (before == null || before.state() != now.state()) {
            changed(before, now, Duration.ofNanos(at - stateSince));
            stateSince = at;
        }
        if (!started && (now.id().isPresent() || now.state() == MemberState.STANDBY)) {
            started = true;
            startDuration.record(Duration.ofNanos(at - createdAt));
        }
    }

    private void changed(@Nullable MemberView before, MemberView now, Duration spent) {
        Counter entered = transitions.get(now.state());
        if (entered != null) {
            entered.increment();
        }
        Timer left = before == null ? null : durations.get(before.state());
        if (left != null) {
            left.record(spent);
        }
        if (before != null && before.state() == MemberState.FOLLOWER && now.state() == MemberState.STABLE) {
            followerWait.record(spent);
        }
        if (before != null && before.id().isEmpty() && now.id().isPresent()) {
            claimDuration.record(spent);
        }
    }

    void mapSeen(int chambers) {
        totalSubjects = chambers;
    }

    void participates() {
        participations.increment();
    }

    Future<Void> subscription(Future<Void> change) {
        long start = System.nanoTime();
        return change.onSuccess(done -> subscriptions.record(Duration.ofNanos(System.nanoTime() - start)))
                .onFailure(error -> subscriptionErrors.increment());
    }

    void added(int chambers) {
        added.increment(chambers);
    }

    void removed(int chambers) {
        removed.increment(chambers);
    }

    void heartbeatFailed() {
        heartbeatErrors.increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<MemberView> value) {
        Gauge.builder(name, () -> {
                    MemberView view = member;
                    return view == null ? 0 : value.applyAsDouble(view);
                })
                .description(description)
                .register(registry);
    }
}
