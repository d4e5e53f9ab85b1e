package io.tfdc.leader;

import io.tfdc.leader.Move.Reason;
import io.tfdc.model.ChamberId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The hash ring with a weight phase: every plan starts from the bare ring, then the heaviest chambers that fit go from members above to
 * members below the tolerance. It needs no memory and pays for it: about a third of the chambers move when a cluster grows by half, twice
 * what {@link StickyPlanner} moves, and loads are less even.
 */
public final class RingPlanner implements AssignmentPlanner {
    /** Usually members may weigh 20 % more or less than the mean. */
    public static final double TOLERANCE = 0.20;

    private final double tolerance;
    private final PlanObserver observer;

    public RingPlanner() {
        this(TOLERANCE, PlanObserver.NONE);
    }

    /** @param tolerance how much more or less than the mean a member may weigh, 0 to 1 */
    public RingPlanner(double tolerance, PlanObserver observer) {
        this.tolerance = tolerance;
        this.observer = observer;
    }

    @Override
    public Plan plan(PlanRequest request) {
        observer.began();
        AssignmentTable table = new AssignmentTable(request);
        List<String> open = IntStream.range(0, table.members.length)
                .filter(m -> !table.closed.get(m))
                .mapToObj(m -> table.members[m])
                .toList();
        HashRing ring = new HashRing(open, request.options().virtualNodes());
        for (int c = 0; c < table.chamberCount(); c++) {
            String pin = request.pins().getOrDefault(table.chambers[c], "");
            int pinned = table.memberNumber(pin);
            int owner = table.owner(c);
            if (pinned < 0 && owner >= 0 && table.closed.get(owner)) {
                continue;
            }
            table.assign(
                    c,
                    pinned >= 0 ? pinned : table.memberNumber(ring.owner(table.chambers[c])),
                    pinned >= 0 ? Reason.PINNED : Reason.RING);
        }
        observer.placed();
        PlannerOptions o = request.options();
        PlannerOptions tolerant = new PlannerOptions(
                1 + tolerance,
                1 - tolerance,
                1 + tolerance,
                Double.MAX_VALUE,
                o.budget(),
                o.defaultWeight(),
                o.virtualNodes());
        LoadBounds bounds = LoadBounds.of(table, tolerant);
        observer.balanced(bounds.isBroken(table) ? new LoadBalancer(table, bounds, request).balance() : 0);
        return table.toPlan(request);
    }

    /** The ring's owners of all chambers, as homes for {@link StickyPlanner} when the map is lost. */
    public static Map<ChamberId, String> homes(PlanRequest request) {
        HashRing ring = new HashRing(request.members(), request.options().virtualNodes());
        Map<ChamberId, String> homes = new HashMap<>();
        request.chambers().forEach(c -> homes.put(c.chamber(), ring.owner(c.chamber())));
        return homes;
    }
}
