package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.StableId;
import java.util.HashMap;
import java.util.Map;

/** Nobody starts work or writes without a lease by true time, and no two processes that pull or work have a lease for the same id. */
final class LeaseCheck {
    private final World world;
    private final Checks checks;
    private final Map<SimulatedProcess, Long> acknowledged = new HashMap<>();

    LeaseCheck(World world, Checks checks) {
        this.world = world;
        this.checks = checks;
    }

    /** A heartbeat was acknowledged that was sent at this true time. */
    void acknowledged(SimulatedProcess process, long sentAt) {
        acknowledged.merge(process, sentAt, Math::max);
    }

    void started(SimulatedProcess process, Notification message) {
        demandLease(process, "starts " + message, message.chamber());
    }

    /** A result or an acknowledgement is sent. */
    void writes(SimulatedProcess process, Notification message) {
        demandLease(process, "writes for " + message, message.chamber());
    }

    private void demandLease(SimulatedProcess process, String what, int chamber) {
        long since = acknowledged.getOrDefault(process, Long.MIN_VALUE / 2);
        long age = world.time().now() - since;
        long lease = (long)
                (world.cluster().lease().toNanos() * (1 + 2 * world.scenario().clockSkew()));
        if (age > lease) {
            checks.fail(
                    Invariant.LEASE_BEFORE_WORK,
                    process.name() + ' ' + what + " although its last acknowledged heartbeat is "
                            + VirtualTime.seconds(age) + " s old",
                    chamber,
                    process.name());
        }
    }

    void sample() {
        Map<StableId, SimulatedProcess> holders = new HashMap<>();
        for (SimulatedProcess process : world.living()) {
            MemberView view = process.view();
            if (!view.leaseValid() || view.id().isEmpty() || process.workbench().isIdle()) {
                continue;
            }
            SimulatedProcess other = holders.putIfAbsent(view.id().get(), process);
            if (other != null) {
                checks.fail(
                        Invariant.UNIQUE_IDS,
                        other.name() + " and " + process.name() + " both work as "
                                + view.id().get(),
                        Timeline.EVERYBODY,
                        process.name());
            }
        }
    }
}
