package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import io.tfdc.model.ChamberId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches the world from outside and notes the first promise that is broken. */
final class Checks {
    private static final int EXCERPT = 5_000;

    private final World world;
    private final LeaseCheck lease;
    private final WriterCheck writers;
    private final MapCheck maps;
    private final CoverageCheck coverage;
    private final EffectLedger effects;
    private @Nullable Violation violation;

    Checks(World world) {
        this.world = world;
        this.lease = new LeaseCheck(world, this);
        this.writers = new WriterCheck(world, this);
        this.maps = new MapCheck(world, this);
        this.coverage = new CoverageCheck(world, this);
        this.effects = new EffectLedger(world, this);
    }

    LeaseCheck lease() {
        return lease;
    }

    MapCheck maps() {
        return maps;
    }

    CoverageCheck coverage() {
        return coverage;
    }

    EffectLedger effects() {
        return effects;
    }

    Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    void fail(Invariant invariant, String text, int chamber, String who) {
        if (violation == null) {
            List<String> excerpt = world.timeline().excerpt(chamber, who, EXCERPT).stream()
                    .map(Timeline.Entry::toString)
                    .toList();
            violation = new Violation(invariant, world.time().now(), text, excerpt);
        }
    }

    /** Work on a run begins. */
    void started(SimulatedProcess process, Notification message) {
        world.timeline().note(process.name(), "executes", message, message.chamber());
        effects.executed();
        lease.started(process, message);
        writers.started(process, message);
    }

    /** A process sends a result or an acknowledgement. */
    void writes(SimulatedProcess process, Notification message) {
        lease.writes(process, message);
        writers.writes(process, message);
    }

    void finished(SimulatedProcess process, Notification message) {
        writers.finished(process, message);
    }

    void acknowledged(SimulatedProcess process, Notification message, boolean accepted) {
        if (accepted) {
            world.timeline().note(process.name(), "has settled", message, message.chamber());
            effects.settled(process, message);
        }
    }

    /** A process begins to lead. */
    void leads(SimulatedProcess process) {
        maps.leads();
    }

    void ended(SimulatedProcess process) {
        writers.ended(process);
        if (world.living().stream().allMatch(other -> other.view().id().isEmpty())) {
            coverage.nobodyLeft();
        }
    }

    /** Looks at everything; comes several times a second. */
    void sample() {
        lease.sample();
        coverage.sample();
    }

    ChamberId chamber(int number) {
        return world.chamber(number);
    }
}
