package io.tfdc.clustersim;

import io.tfdc.leader.OperatorCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Draws faults by the seed and makes them happen. */
final class FaultInjector {
    private static final long EARLIEST = 2 * VirtualTime.SECOND;

    private final World world;
    private final Chance chance;
    private final List<FaultKind> kinds;
    private final long until;
    private long lastEffect;
    private int injected;

    /** @param until virtual time after which nothing new goes wrong */
    FaultInjector(World world, long until) {
        this.world = world;
        this.chance = world.chance().split();
        this.kinds = List.copyOf(new java.util.TreeSet<>(world.scenario().faults()));
        this.until = until;
    }

    void start() {
        if (!kinds.isEmpty()) {
            // Mostly into a cluster at work, now and then into its start.
            next(chance.happens(0.15) ? EARLIEST : chance.millis(12_000, 25_000));
        }
        world.time().at(until, () -> {
            world.failPoints().disarm();
            takeBackWishes();
        });
    }

    /** When the last fault ended or will end. */
    long lastEffect() {
        return lastEffect;
    }

    int injected() {
        return injected;
    }

    private void next(long delay) {
        world.time().after(delay, () -> {
            if (world.time().now() < until) {
                inject(chance.pick(kinds));
                long gap = world.scenario().faultGap().toNanos();
                next(chance.happens(0.2) ? chance.millis(0, 2_000) : chance.between(gap / 4, 7 * gap / 4));
            }
        });
    }

    private void inject(FaultKind kind) {
        injected++;
        world.timeline().note("fault", kind.word(), null);
        switch (kind) {
            case CRASH -> once(kind, anybody(), process -> kill(kind, process));
            case POD_LOSS -> once(kind, anybody(), process -> losePod(kind, process));
            case NODE_LOSS -> loseNode();
            case FREEZE -> freeze(kind, anybody());
            case LEADER_FREEZE -> freeze(kind, leader());
            case PARTITION -> partition(kind, anybody(), chance.millis(1_000, 35_000));
            case LEADER_PARTITION -> partition(kind, leader(), chance.millis(1_000, 35_000));
            case BLIP -> partition(kind, anybody(), chance.millis(10, 400));
            case HALF_OPEN -> once(kind, anybody(), process -> forget(kind, process));
            case STORE_PARTITION -> cut(kind, anybody().map(SimulatedProcess::storeLink));
            case ELECTION_PARTITION -> cut(kind, anybody().map(SimulatedProcess::electionLink));
            case SLOW -> slow();
            case SIGTERM -> once(kind, anybody(), this::delete);
            case ROLLING_SURGE, ROLLING_UNAVAILABLE -> roll(kind);
            case SCALE_UP -> scale(kind, chance.between(1, 3));
            case SCALE_DOWN -> scale(kind, -chance.between(1, 2));
            case OPERATOR -> operate();
            case STALE_WATCH -> holdNews();
            case CONSUMER_DELETED -> deleteConsumer();
            case BROKER_OUTAGE -> outage();
            case BROKER_FLAKY -> flaky();
            case LEADER_CRASH -> once(kind, leader(), process -> kill(kind, process));
            case LEADER_STEP -> arm(kind, true);
            case MEMBER_STEP -> arm(kind, false);
            case COLD_START -> throw new IllegalArgumentException("a cluster starts but once");
        }
    }

    private Optional<SimulatedProcess> anybody() {
        List<SimulatedProcess> candidates =
                world.living().stream().filter(process -> !process.isFrozen()).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(chance.pick(candidates));
    }

    private Optional<SimulatedProcess> leader() {
        return world.living().stream()
                .filter(process -> !process.isFrozen() && process.leads())
                .findFirst();
    }

    private void once(FaultKind kind, Optional<SimulatedProcess> victim, Consumer<SimulatedProcess> act) {
        victim.ifPresent(process -> {
            shock(kind, world.time().now());
            act.accept(process);
        });
    }

    private void shock(FaultKind kind, long end) {
        world.checks().coverage().shock(kind, end);
        lastEffect = Math.max(lastEffect, end);
    }

    private void kill(FaultKind kind, SimulatedProcess process) {
        world.checks().maps().lost(process, kind);
        process.end("is killed");
    }

    private void losePod(FaultKind kind, SimulatedProcess process) {
        world.checks().maps().lost(process, kind);
        world.orchestrator().podOf(process).ifPresent(Pod::lose);
    }

    private void delete(SimulatedProcess process) {
        world.orchestrator().podOf(process).filter(pod -> !pod.isTerminating()).ifPresent(world.orchestrator()::delete);
    }

    private void loseNode() {
        int count = chance.between(1, Math.max(1, world.living().size() / 2));
        for (int i = 0; i < count; i++) {
            anybody().ifPresent(process -> {
                shock(FaultKind.NODE_LOSS, world.time().now());
                world.time().after(chance.millis(0, 120), () -> losePod(FaultKind.NODE_LOSS, process));
            });
        }
    }

    private void freeze(FaultKind kind, Optional<SimulatedProcess> victim) {
        victim.ifPresent(process -> {
            world.timeline().note(process.name(), "freezes", null);
            freeze(kind, process, freezeLength());
        });
    }

    private long freezeLength() {
        return chance.happens(0.3) ? chance.millis(100, 6_000) : chance.millis(6_000, 40_000);
    }

    /** Stops a process, and lets it go on after so many nanoseconds. */
    void freeze(FaultKind kind, SimulatedProcess process, long length) {
        shock(kind, world.time().now());
        world.checks().maps().lost(process, kind);
        process.freeze();
        if (chance.happens(0.3)) {
            world.time().after(chance.between(0, length), () -> forget(kind, process));
        }
        world.time().after(length, () -> {
            world.timeline().note(process.name(), "goes on", null);
            shock(kind, world.time().now());
            process.thaw();
        });
        lastEffect = Math.max(lastEffect, world.time().now() + length);
    }

    private void holdNews() {
        anybody().ifPresent(process -> {
            long end = world.time().now() + chance.millis(500, 40_000);
            shock(FaultKind.STALE_WATCH, end);
            world.timeline().note(process.name(), "hears no news", null);
            process.broker().holdNews(end);
        });
    }

    private void operate() {
        leader().map(SimulatedProcess::leader).ifPresent(leader -> {
            shock(FaultKind.OPERATOR, world.time().now());
            OperatorWishes.draw(world, chance).forEach(leader::command);
        });
    }

    /** Everything that operators have asked for is taken back, as soon as there is a leader to tell. */
    private void takeBackWishes() {
        Optional<LeaderDriver> leader = leader().map(SimulatedProcess::leader);
        List<OperatorCommand> undone = OperatorWishes.undone(world);
        if (!undone.isEmpty()) {
            leader.ifPresent(driver -> {
                shock(FaultKind.OPERATOR, world.time().now());
                undone.forEach(driver::command);
            });
            world.time().after(2 * VirtualTime.SECOND, this::takeBackWishes);
        }
    }

    private void partition(FaultKind kind, Optional<SimulatedProcess> victim, long length) {
        victim.ifPresent(process -> {
            boolean silent = chance.happens(0.5);
            shock(kind, world.time().now());
            world.checks().maps().lost(process, kind);
            world.timeline().note(process.name(), silent ? "is cut off silently" : "is cut off", null);
            process.cutBroker(silent);
            world.time().after(length, () -> {
                world.timeline().note(process.name(), "has a network again", null);
                shock(kind, world.time().now());
                if (!world.isBrokerOut()) {
                    process.broker().heal();
                }
            });
            lastEffect = Math.max(lastEffect, world.time().now() + length);
        });
    }

    private void forget(FaultKind kind, SimulatedProcess process) {
        world.timeline().note(process.name(), "is forgotten by the broker", null);
        world.checks().maps().lost(process, kind);
        process.forgetAtBroker();
    }

    private void cut(FaultKind kind, Optional<Link> victim) {
        victim.ifPresent(link -> {
            long end = world.time().now() + chance.millis(1_000, 20_000);
            shock(kind, end);
            world.timeline().note(link.process().name(), "is cut off by " + kind.word(), null);
            link.cut(false);
            world.time().at(end, link::heal);
        });
    }

    private void slow() {
        anybody().ifPresent(process -> {
            long end = world.time().now() + chance.millis(5_000, 30_000);
            shock(FaultKind.SLOW, end);
            world.timeline().note(process.name(), "becomes slow", null);
            process.slow(chance.millis(50, 600));
            process.workbench().slowDown(chance.between(2.0, 5.0));
            world.time().at(end, () -> {
                process.slow(0);
                process.workbench().slowDown(1);
            });
        });
    }

    private void roll(FaultKind kind) {
        Orchestrator orchestrator = world.orchestrator();
        if (orchestrator.isRolling()) {
            return;
        }
        int batch = Math.max(1, orchestrator.desired() / 3);
        orchestrator.roll(
                kind == FaultKind.ROLLING_SURGE ? batch : 0, kind == FaultKind.ROLLING_UNAVAILABLE ? batch : 0);
        watchRoll(kind);
    }

    private void watchRoll(FaultKind kind) {
        shock(kind, world.time().now());
        if (world.orchestrator().isRolling()) {
            world.time().after(VirtualTime.SECOND, () -> watchRoll(kind));
        }
    }

    private void scale(FaultKind kind, int change) {
        int wanted = world.orchestrator().desired() + change;
        if (wanted >= 1 && wanted <= 2 * world.scenario().members() + 1) {
            shock(kind, world.time().now());
            world.orchestrator().scale(wanted);
        }
    }

    private void deleteConsumer() {
        List<String> names = new ArrayList<>(world.stream().consumers().keySet());
        if (!names.isEmpty()) {
            String name = chance.pick(names);
            shock(FaultKind.CONSUMER_DELETED, world.time().now());
            world.timeline().note("fault", "deletes consumer", name);
            world.stream().delete(name);
        }
    }

    private void outage() {
        long end = world.time().now() + chance.millis(500, 45_000);
        shock(FaultKind.BROKER_OUTAGE, end);
        world.brokerOut(true);
        List.copyOf(world.living()).forEach(process -> process.cutBroker(false));
        world.time().at(end, () -> {
            world.timeline().note("broker", "is back", null);
            world.brokerOut(false);
            List.copyOf(world.living()).forEach(process -> process.broker().heal());
        });
    }

    private void flaky() {
        long end = world.time().now() + chance.millis(500, 6_000);
        shock(FaultKind.BROKER_FLAKY, end);
        world.living().forEach(process -> process.broker().flaky(end));
    }

    private void arm(FaultKind kind, boolean atLeader) {
        lastEffect = Math.max(lastEffect, world.time().now());
        world.timeline().note("fault", "arms " + kind.word(), null);
        world.failPoints()
                .arm(atLeader, chance.between(1, 12), chance.happens(0.5), chance.happens(0.4) ? freezeLength() : 0);
    }
}
