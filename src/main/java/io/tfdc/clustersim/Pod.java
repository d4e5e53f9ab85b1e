package io.tfdc.clustersim;

import io.tfdc.coordination.Identity;
import io.tfdc.coordination.MemberState;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pod and the container that runs in it. */
final class Pod {
    private static final Set<MemberState> NOT_READY =
            EnumSet.of(MemberState.INITIALIZATION, MemberState.CLAIMING_ID, MemberState.DEGRADED);

    private final World world;
    private final Orchestrator orchestrator;
    private final String name;
    private @Nullable SimulatedProcess process;
    private boolean terminating;
    private boolean gone;

    Pod(World world, Orchestrator orchestrator, String name) {
        this.world = world;
        this.orchestrator = orchestrator;
        this.name = name;
    }

    String name() {
        return name;
    }

    void startContainer() {
        if (gone || terminating) {
            return;
        }
        SimulatedProcess started = new SimulatedProcess(
                world, new Identity("uid-" + name, name, world.nextBoot(), "1"), () -> orchestrator.ended(this));
        process = started;
        started.start();
    }

    boolean isRunning(SimulatedProcess candidate) {
        return process == candidate;
    }

    boolean isTerminating() {
        return terminating;
    }

    boolean isGone() {
        return gone;
    }

    boolean isReady() {
        SimulatedProcess running = process;
        return !terminating
                && running != null
                && running.isAlive()
                && !running.isFrozen()
                && !NOT_READY.contains(running.view().state());
    }

    /** SIGTERM, and SIGKILL when the grace is over. */
    void delete(long grace) {
        if (terminating) {
            return;
        }
        terminating = true;
        SimulatedProcess running = process;
        if (running == null || !running.isAlive()) {
            orchestrator.ended(this);
            return;
        }
        running.terminate();
        world.time().after(grace, () -> running.end("is killed after its grace"));
    }

    /** Gone with its node. */
    void lose() {
        terminating = true;
        SimulatedProcess running = process;
        if (running != null && running.isAlive()) {
            running.end("is lost");
        } else {
            orchestrator.ended(this);
        }
    }

    void markGone() {
        gone = true;
    }
}
