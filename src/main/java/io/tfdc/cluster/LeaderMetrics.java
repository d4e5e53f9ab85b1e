package io.tfdc.cluster;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberState;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.IntSummaryStatistics;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Meters of a leader; gauges are 0 while this process does not lead. Safe for use from any thread. */
final class LeaderMetrics {
    private final Counter leaderships;
    private final Counter changes;
    private final Counter movements;
    private final Counter crashed;
    private final Counter emergencies;
    private final Counter scalings;
    private final Counter restarts;
    private final Timer calculation;
    private final Timer rebalancing;
    private final Timer emergency;
    private final Timer scaling;
    private final Timer coldStartWindow;
    private final Timer scaleWindow;
    private final Map<AssignmentMap.Cause, Counter> rebalances = new EnumMap<>(AssignmentMap.Cause.class);
    private volatile @Nullable LeaderView view;
    private volatile Balance balance = Balance.NONE;
    private volatile long leadingSince;
    private volatile int lastMoved;
    private long phaseSince;
    private long scalingSince;

    /** How chambers and weights are spread over the members. */
    private record Balance(IntSummaryStatistics chambers, LongSummaryStatistics weights, double variancePercent) {
        static final Balance NONE = new Balance(new IntSummaryStatistics(), new LongSummaryStatistics(), 0);

        static Balance of(Collection<AssignmentMap.Total> totals) {
            if (totals.isEmpty()) {
                return NONE;
            }
            LongSummaryStatistics weights =
                    totals.stream().mapToLong(AssignmentMap.Total::weight).summaryStatistics();
            double mean = weights.getAverage();
            double variance = totals.stream()
                    .mapToDouble(total -> (total.weight() - mean) * (total.weight() - mean))
                    .average()
                    .orElse(0);
            return new Balance(
                    totals.stream().mapToInt(AssignmentMap.Total::chambers).summaryStatistics(),
                    weights,
                    mean == 0 ? 0 : 100 * Math.sqrt(variance) / mean);
        }
    }

    LeaderMetrics(MeterRegistry registry) {
        leaderships = counter(registry, "defender.assignment.controller.started", "Times this process began to lead");
        changes = counter(
                registry,
                "defender.leader.changes",
                "Times this process began to lead; over all processes, changes of the leader");
        movements = counter(registry, "defender.chamber.movements", "Chambers that got another owner");
        crashed = counter(registry, "defender.crashed.chambers.redistributed", "Chambers of the dead given to others");
        emergencies = counter(registry, "defender.emergency.events", "Losses of members");
        scalings = counter(registry, "defender.scaling.events", "Windows for joins and leaves opened");
        restarts = counter(registry, "defender.restart.detected", "Cold starts with a map of earlier times");
        calculation =
                timer(registry, "defender.assignment.calculation.duration", "Steps of the leader that gave a new map");
        rebalancing = timer(registry, "defender.rebalance.duration", "Time spent writing new maps");
        emergency = timer(registry, "defender.emergency.duration", "From the loss of members to the new map");
        scaling = timer(registry, "defender.scaling.duration", "From the first join or leave to the new map");
        coldStartWindow = window(registry, "cold_start");
        scaleWindow = window(registry, "planned_scale");
        for (AssignmentMap.Cause cause : AssignmentMap.Cause.values()) {
            rebalances.put(
                    cause,
                    Counter.builder("defender.rebalance.events")
                            .description("Decisions that moved chambers, by cause")
                            .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        Gauge.builder("defender.is.leader", () -> leadingSince == 0 ? 0 : 1)
                .description("1 while this process leads")
                .register(registry);
        Gauge.builder("defender.leadership.duration", this::leadingSeconds)
                .baseUnit("seconds")
                .description("How long this process has been leading")
                .register(registry);
        gauges(registry);
        balances(registry);
    }

    private void gauges(MeterRegistry registry) {
        gauge(registry, "defender.active.defenders", "Members heard of", LeaderView::activeMembers);
        gauge(
                registry,
                "defender.active.heartbeat.count",
                "Processes heard of, standbys included",
                seen -> seen.activeMembers() + seen.standbys());
        gauge(
                registry,
                "defender.intended.defenders",
                "Intended members, 0 if not known",
                seen -> seen.intended().orElse(0));
        gauge(registry, "defender.pending.topology.changes", "Joins and leaves that wait", LeaderView::pendingChanges);
        gauge(registry, "defender.releasing.chambers", "Chambers on the move", LeaderView::releasing);
        gauge(registry, "defender.leader.deaf", "1 while the leader does not hear itself", seen -> seen.deaf() ? 1 : 0);
        for (String trigger : new String[] {"cold_start", "planned_scale", "crash"}) {
            Gauge.builder("defender.trigger.state", () -> {
                        LeaderView now = view;
                        return now != null && trigger.equals(trigger(now)) ? 1 : 0;
                    })
                    .description("1 for what the leader deals with now")
                    .tag("state", trigger)
                    .register(registry);
        }
    }

    private void balances(MeterRegistry registry) {
        balance(
                registry,
                "defender.assignment.min.chambers",
                now -> finite(now.chambers().getMin()));
        balance(
                registry,
                "defender.assignment.max.chambers",
                now -> finite(now.chambers().getMax()));
        balance(
                registry,
                "defender.assignment.avg.chambers",
                now -> now.chambers().getAverage());
        balance(
                registry,
                "defender.assignment.min.weight",
                now -> finite(now.weights().getMin()));
        balance(
                registry,
                "defender.assignment.max.weight",
                now -> finite(now.weights().getMax()));
        balance(registry, "defender.assignment.avg.weight", now -> now.weights().getAverage());
        balance(registry, "defender.assignment.weight.variance.percent", Balance::variancePercent);
        Gauge.builder("defender.assignment.chambers.moved", () -> leadingSince == 0 ? 0 : lastMoved)
                .description("Chambers moved by the last decision that moved any")
                .register(registry);
    }

    /** Takes the view of the leader when it has changed; called by one thread at a time. */
    void seen(@Nullable LeaderView before, LeaderView now) {
        view = now;
        long at = System.nanoTime();
        if (before != null && before.phase() == now.phase()) {
            return;
        }
        Duration spent = Duration.ofNanos(at - phaseSince);
        phaseSince = at;
        if (before != null) {
            switch (before.phase()) {
                case SCALING -> ("cold_start".equals(trigger(before)) ? coldStartWindow : scaleWindow).record(spent);
                case REBALANCING -> rebalancing.record(spent);
                case EMERGENCY -> emergency.record(spent);
                default -> {
                    // nothing is measured of other phases
                }
            }
        }
        if (now.phase() == MemberState.STABLE && scalingSince != 0) {
            scaling.record(Duration.ofNanos(at - scalingSince));
            scalingSince = 0;
        }
        if (now.phase() == MemberState.SCALING) {
            scalings.increment();
            scalingSince = scalingSince == 0 ? at : scalingSince;
        } else if (now.phase() == MemberState.EMERGENCY) {
            emergencies.increment();
        }
    }

    void leading(boolean leads) {
        leadingSince = leads ? System.nanoTime() : 0;
        phaseSince = System.nanoTime();
        scalingSince = 0;
        if (leads) {
            leaderships.increment();
            changes.increment();
        } else {
            view = null;
            balance = Balance.NONE;
        }
    }

    /** A map was made in a step of the leader that took so long. */
    void planned(AssignmentMap map, Duration took) {
        calculation.record(took);
        balance = Balance.of(map.totals().values());
    }

    void decided(Decision decision) {
        if (decision.moves().isEmpty()) {
            return;
        }
        Counter events = rebalances.get(decision.cause());
        if (events != null) {
            events.increment();
        }
        // A chamber that gets its first owner moves from nobody: the first map of a site is no storm of moves.
        lastMoved = (int)
                decision.moves().stream().filter(move -> move.from() != null).count();
        movements.increment(lastMoved);
        if (decision.cause() == AssignmentMap.Cause.CRASH) {
            crashed.increment(decision.moves().size());
        } else if (decision.cause() == AssignmentMap.Cause.COLD_START && decision.version() > 1) {
            restarts.increment();
        }
    }

    private static String trigger(LeaderView seen) {
        if (seen.phase() == MemberState.EMERGENCY) {
            return "crash";
        } else if (seen.phase() == MemberState.SCALING) {
            return seen.lifecycle() == AssignmentMap.Lifecycle.COLD_START ? "cold_start" : "planned_scale";
        }
        return "";
    }

    private double leadingSeconds() {
        long since = leadingSince;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1e9;
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<LeaderView> value) {
        Gauge.builder(name, () -> {
                    LeaderView now = view;
                    return now == null ? 0 : value.applyAsDouble(now);
                })
                .description(description)
                .register(registry);
    }

    private void balance(MeterRegistry registry, String name, ToDoubleFunction<Balance> value) {
        Gauge.builder(name, () -> value.applyAsDouble(balance))
                .description("Of the members, as the leader planned last")
                .register(registry);
    }

    /** Statistics of nothing have extreme values. */
    private static double finite(long extreme) {
        return extreme == Long.MAX_VALUE
                        || extreme == Long.MIN_VALUE
                        || extreme == Integer.MAX_VALUE
                        || extreme == Integer.MIN_VALUE
                ? 0
                : extreme;
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000))
                .register(registry);
    }

    private static Timer window(MeterRegistry registry, String type) {
        return Timer.builder("defender.stabilization.window")
                .description("Time waited for further joins and leaves")
                .tag("type", type)
                .serviceLevelObjectives(millis(500, 1000, 2000, 3000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000))
                .register(registry);
    }

    static Duration[] millis(long... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofMillis(bounds[i]);
        }
        return durations;
    }
}
