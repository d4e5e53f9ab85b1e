package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One writer per chamber: whoever began the latest run of a chamber. A store write or an acknowledgement that another process sends afterwards
 * is a violation, and so is a run that begins while another process still may store results of the chamber's run that it has at work. With
 * planned faults alone a chamber's runs also begin in the order in which they were published.
 */
final class WriterCheck {
    private final World world;
    private final Checks checks;
    private final @Nullable SimulatedProcess[] writers;
    private final long[] contexts;
    private final Map<Integer, SimulatedProcess> atWork = new HashMap<>();
    private final boolean ordered;

    WriterCheck(World world, Checks checks) {
        this.world = world;
        this.checks = checks;
        int chambers = world.scenario().chambers();
        this.writers = new SimulatedProcess[chambers];
        this.contexts = new long[chambers];
        this.ordered = world.scenario().faults().stream().allMatch(FaultKind::isPlanned);
    }

    void started(SimulatedProcess process, Notification message) {
        int chamber = message.chamber();
        SimulatedProcess other = atWork.get(chamber);
        if (other != null && other != process && other.isAlive() && other.mayStore(world.chamber(chamber))) {
            checks.fail(
                    Invariant.ONE_WRITER,
                    process.name() + " starts " + message + " while " + other.name()
                            + " has the chamber at work and may store",
                    chamber,
                    process.name());
        }
        if (ordered && message.context() < contexts[chamber]) {
            checks.fail(
                    Invariant.ORDER,
                    process.name() + " starts run " + message.context() + " of " + world.chamber(chamber)
                            + " after run " + contexts[chamber],
                    chamber,
                    process.name());
        }
        contexts[chamber] = Math.max(contexts[chamber], message.context());
        writers[chamber] = process;
        atWork.put(chamber, process);
    }

    void finished(SimulatedProcess process, Notification message) {
        atWork.remove(message.chamber(), process);
    }

    void ended(SimulatedProcess process) {
        atWork.values().removeIf(worker -> worker == process);
    }

    void writes(SimulatedProcess process, Notification message) {
        SimulatedProcess writer = writers[message.chamber()];
        if (writer != null && writer != process) {
            checks.fail(
                    Invariant.ONE_WRITER,
                    process.name() + " writes for " + message + " although " + writer.name()
                            + " has begun a later run of the chamber",
                    message.chamber(),
                    process.name());
        }
    }
}
