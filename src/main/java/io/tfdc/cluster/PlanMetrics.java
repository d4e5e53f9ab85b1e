package io.tfdc.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tfdc.leader.PlanObserver;
import java.time.Duration;

/** Times the phases of every plan that this process makes while it leads, dry runs included. Called by the leader's thread. */
final class PlanMetrics implements PlanObserver {
    private final Timer placing;
    private final Timer balancing;
    private volatile int lastRounds;
    private long since;

    PlanMetrics(MeterRegistry registry) {
        placing = phase(registry, 1, "Giving every chamber an owner, of each plan");
        balancing = phase(registry, 2, "Evening out weights and numbers, of each plan");
        Gauge.builder("defender.weight.rebalance.iterations", () -> lastRounds)
                .description("Rounds of the weight phase of the last plan, 0 if all were within bounds")
                .register(registry);
    }

    private static Timer phase(MeterRegistry registry, int number, String description) {
        return Timer.builder("defender.assignment.phase" + number + ".duration")
                .description(description)
                .serviceLevelObjectives(LeaderMetrics.millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000))
                .register(registry);
    }

    @Override
    public void began() {
        since = System.nanoTime();
    }

    @Override
    public void placed() {
        long now = System.nanoTime();
        placing.record(Duration.ofNanos(now - since));
        since = now;
    }

    @Override
    public void balanced(int rounds) {
        balancing.record(Duration.ofNanos(System.nanoTime() - since));
        lastRounds = rounds;
    }
}
