package io.tfdc.election.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tfdc.election.raft.LeaseLog;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The meters of the agent, under the names that its dashboards expect. Safe for use from several threads. */
final class CallMetrics {
    private static final String IN_FLIGHT = "election.agent.requests.in.flight";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter unavailable;
    private final Map<String, AtomicInteger> inFlight = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry, String agent, String zone, LeaseLog log) {
        this.registry = registry;
        this.tags = Tags.of("agent", agent, "zone", zone);
        unavailable = Counter.builder("election.agent.unavailable")
                .description("Calls that no majority of the replicas answered")
                .tags(tags)
                .register(registry);
        gauge("election.agent.disconnected.peers", "Replicas that do not answer the log's leader", log::silentPeers);
        gauge("election.agent.log.leader", "1 where this replica leads the log", () -> log.leadsLog() ? 1 : 0);
        gauge("election.agent.log.has.leader", "1 where this replica knows a leader", () -> log.hasLeader() ? 1 : 0);
        String without = "Always 0: kept for dashboards, this agent has none";
        gauge("election.agent.zone.coordinator.is.disconnected", without, () -> 0);
        gauge("election.agent.disconnected.redis.backends", without, () -> 0);
    }

    /** Runs a call; what it throws fails the future. */
    <T> Future<T> timed(String action, Supplier<Future<T>> call) {
        AtomicInteger running = inFlight.computeIfAbsent(action, this::inFlight);
        running.incrementAndGet();
        long begin = System.nanoTime();
        Future<T> answer;
        try {
            answer = call.get();
        } catch (StatusException refused) {
            answer = Future.failedFuture(refused);
        }
        return answer.onComplete((done, error) -> {
            running.decrementAndGet();
            duration(action, error == null ? GrpcStatus.OK : status(error))
                    .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        });
    }

    /** Counts a call that no majority answered. */
    void unavailable() {
        unavailable.increment();
    }

    private Timer duration(String action, GrpcStatus status) {
        return Timer.builder("election.agent.request.duration")
                .description("Arrival of a call to its answer")
                .tags(tags.and("action", action, "status", status.name()))
                .serviceLevelObjectives(
                        Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1))
                .register(registry);
    }

    private AtomicInteger inFlight(String action) {
        AtomicInteger running = new AtomicInteger();
        Gauge.builder(IN_FLIGHT, running, AtomicInteger::get)
                .description("Calls at work")
                .tags(tags.and("action", action))
                .register(registry);
        return running;
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
    }

    private static GrpcStatus status(Throwable error) {
        return error instanceof StatusException refused ? refused.status() : GrpcStatus.UNKNOWN;
    }
}
