package io.tfdc.clustersim;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs scenarios. */
public final class Simulation {
    /** The cluster must be at rest so long after the last fault: a release deadline, a merge's quiet time, and recovery. */
    static final long SETTLE = 120 * VirtualTime.SECOND;

    private static final long SAMPLE = 200 * VirtualTime.MILLI;
    private static final int MANY_CHAMBERS = 1_000;
    private static final int FRAMES = 14;

    private final Scenario scenario;
    private final World world;
    private final FaultInjector injector;
    private final ConvergenceCheck convergence;
    private final long feedEnd;
    private long atRest = -1;
    private @Nullable String flaw;

    private Simulation(Scenario scenario, boolean recording) {
        this.scenario = scenario;
        this.world = new World(scenario, recording);
        long faultEnd = scenario.duration().toNanos();
        this.injector = world.injector();
        this.feedEnd = faultEnd + 10 * VirtualTime.SECOND;
        this.convergence = new ConvergenceCheck(world);
    }

    /** Runs a scenario; if it breaks a promise, runs it again to tell how. */
    public static Outcome run(Scenario scenario) {
        Outcome outcome = new Simulation(scenario, false).play();
        return outcome.passed() ? outcome : new Simulation(scenario, true).play();
    }

    private Outcome play() {
        world.orchestrator().start(scenario.members());
        world.checks().coverage().shock(FaultKind.COLD_START);
        new Feed(world, feedEnd).start();
        injector.start();
        world.time().after(SAMPLE, this::sample);
        try {
            while (atRest < 0
                    && world.checks().violation().isEmpty()
                    && world.time().step()) {}
        } catch (RuntimeException e) {
            world.checks().fail(Invariant.NO_EXCEPTION, describe(e), Timeline.EVERYBODY, "");
        }
        return outcome();
    }

    private static String describe(RuntimeException e) {
        return e
                + Arrays.stream(e.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    private void sample() {
        world.time().after(scenario.chambers() > MANY_CHAMBERS ? 5 * SAMPLE : SAMPLE, this::sample);
        world.checks().sample();
        long now = world.time().now();
        if (now < feedEnd || now < injector.lastEffect()) {
            return;
        }
        Optional<String> found = convergence.flaw();
        flaw = found.orElse(null);
        if (found.isEmpty()) {
            atRest = now;
        } else if (now > settleFrom() + SETTLE) {
            world.checks()
                    .fail(
                            Invariant.CONVERGENCE,
                            VirtualTime.seconds(now - settleFrom()) + " s after the last fault " + flaw,
                            Timeline.EVERYBODY,
                            "");
        }
    }

    private long settleFrom() {
        return Math.max(
                Math.max(feedEnd, injector.lastEffect()),
                world.checks().coverage().calmFrom());
    }

    private Outcome outcome() {
        Checks checks = world.checks();
        return new Outcome(
                scenario,
                checks.violation(),
                world.time().hash(),
                world.time().now(),
                world.time().happened(),
                injector.injected(),
                checks.effects().publishedCount(),
                checks.effects().executions(),
                world.store().writes(),
                checks.maps().leaders(),
                checks.maps().versions(),
                checks.maps().moves(),
                checks.maps().plannedMoves(),
                atRest < 0 ? -1 : Math.max(0, atRest - Math.max(injector.lastEffect(), feedEnd)),
                checks.coverage().uncovered(),
                checks.maps().detected());
    }
}
