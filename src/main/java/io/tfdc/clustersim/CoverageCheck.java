package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every chamber has an active consumer: one that a healthy process pulls from which may execute. Nobody waits longer for that than
 * the bounds of the faults allow. And what is pending at an idle active owner does not stay there.
 */
final class CoverageCheck {
    /** Planned pauses of a single chamber, as for a merge of slices, wait for the run at work. */
    private static final long PAUSE = 10 * VirtualTime.SECOND;

    private static final long STRANDED = 15 * VirtualTime.SECOND;
    private static final long STRANDED_IN_FLIGHT = SimulatedConsumer.ACK_WAIT + STRANDED;
    private static final int SAMPLES_PER_BACKLOG = 5;

    private final World world;
    private final Checks checks;
    private final long[] uncoveredSince;
    private final long[] coveredSince;
    private final long[] deadlines;
    private final FaultKind[] causes;
    private final Map<FaultKind, Figures> uncovered = new EnumMap<>(FaultKind.class);
    private FaultKind latest = FaultKind.COLD_START;
    private long calmFrom;
    private long horizon;
    private int samples;

    CoverageCheck(World world, Checks checks) {
        this.world = world;
        this.checks = checks;
        int chambers = world.scenario().chambers();
        this.uncoveredSince = new long[chambers];
        this.coveredSince = new long[chambers];
        this.deadlines = new long[chambers];
        this.causes = new FaultKind[chambers];
        Arrays.fill(causes, FaultKind.COLD_START);
        Arrays.fill(coveredSince, -1);
    }

    /** Something happens that may leave chambers without an active consumer for a while. */
    void shock(FaultKind kind) {
        shock(kind, world.time().now());
    }

    /** Something happens that may do so until a time, and for the bound of its kind after that. */
    void shock(FaultKind kind, long until) {
        long bound = kind.bound().toNanos();
        // Recoveries that overlap wait for each other in part.
        calmFrom = world.time().now() < calmFrom ? Math.max(calmFrom, until + bound) + bound / 2 : until + bound;
        horizon = Math.max(horizon, until + bound);
        for (int chamber = 0; chamber < deadlines.length; chamber++) {
            if (coveredSince[chamber] < 0) {
                deadlines[chamber] = Math.max(deadlines[chamber], until + bound) + bound / 2;
            }
        }
        latest = kind;
    }

    /** Nobody with an id is left: the claims of the dead have to expire before anybody can follow. */
    void nobodyLeft() {
        long until = world.time().now()
                + world.cluster().claimTtl().toNanos()
                + FaultKind.NODE_LOSS.bound().toNanos();
        calmFrom = Math.max(calmFrom, until);
        horizon = Math.max(horizon, until);
        for (int chamber = 0; chamber < deadlines.length; chamber++) {
            deadlines[chamber] = Math.max(deadlines[chamber], until);
        }
    }

    /** From when on everything should be covered if nothing else happens. */
    long calmFrom() {
        return calmFrom;
    }

    Map<FaultKind, Figures> uncovered() {
        return uncovered;
    }

    void sample() {
        long now = world.time().now();
        for (int chamber = 0; chamber < uncoveredSince.length; chamber++) {
            if (coveredBy(chamber) != null) {
                covered(chamber, now);
            } else {
                uncovered(chamber, now);
            }
        }
        if (++samples % SAMPLES_PER_BACKLOG == 0) {
            backlog(now);
        }
    }

    private void covered(int chamber, long now) {
        if (coveredSince[chamber] < 0) {
            coveredSince[chamber] = now;
            uncovered.computeIfAbsent(causes[chamber], kind -> new Figures()).add(now - uncoveredSince[chamber]);
        }
    }

    private void uncovered(int chamber, long now) {
        if (coveredSince[chamber] >= 0) {
            coveredSince[chamber] = -1;
            uncoveredSince[chamber] = now;
            deadlines[chamber] = Math.max(now, horizon);
            causes[chamber] = latest;
        }
        if (now > deadlines[chamber] + PAUSE) {
            checks.fail(
                    Invariant.COVERAGE,
                    world.chamber(chamber) + " (#" + chamber + ") has had no active consumer for "
                            + VirtualTime.seconds(now - uncoveredSince[chamber])
                            + " s, longer than what has happened allows; consumers "
                            + world.stream().holders(chamber).stream()
                                    .map(SimulatedConsumer::name)
                                    .toList(),
                    chamber,
                    ownerName(chamber));
        }
    }

    private String ownerName(int chamber) {
        io.tfdc.coordination.AssignmentMap map = checks.maps().current();
        return world.living().stream()
                .filter(process -> map != null
                        && process.view()
                                .id()
                                .equals(java.util.Optional.ofNullable(
                                        map.owners().get(world.chamber(chamber)))))
                .map(SimulatedProcess::name)
                .findFirst()
                .orElse("");
    }

    /** Who works on a chamber now, null if nobody does. */
    @Nullable
    SimulatedProcess coveredBy(int chamber) {
        List<SimulatedConsumer> holders = world.stream().holders(chamber);
        for (int i = 0; i < holders.size(); i++) {
            SimulatedConsumer holder = holders.get(i);
            SimulatedProcess process = holder.puller();
            if (process != null
                    && process.isHealthy()
                    && process.workbench().has(holder.name())
                    && process.serves(world.chamber(chamber))) {
                return process;
            }
        }
        return null;
    }

    private void backlog(long now) {
        if (now < calmFrom) {
            return;
        }
        for (Notification message : world.stream().unsettled()) {
            int chamber = message.chamber();
            if (coveredSince[chamber] < 0) {
                continue;
            }
            long since = Math.max(message.publishedAt(), Math.max(coveredSince[chamber], calmFrom));
            if (now - since < STRANDED) {
                continue;
            }
            SimulatedProcess owner = coveredBy(chamber);
            if (owner == null || !owner.workbench().isWithoutWork()) {
                continue;
            }
            boolean inFlight = world.stream().holders(chamber).stream()
                    .anyMatch(consumer -> consumer.hasInFlight(message.sequence()));
            if (now - since > (inFlight ? STRANDED_IN_FLIGHT : STRANDED)) {
                checks.fail(
                        Invariant.NO_STRANDED_BACKLOG,
                        message + " has been waiting for " + VirtualTime.seconds(now - message.publishedAt())
                                + " s although its owner " + owner.name() + " is idle",
                        chamber,
                        owner.name());
            }
        }
    }
}
