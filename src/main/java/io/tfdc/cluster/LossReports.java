package io.tfdc.cluster;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.Transition.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tells the log of states who vanished, and who of those is back. Owned by the leader's context. */
final class LossReports {
    /** More than there are members; who is beyond it is told again. */
    private static final int MOST_KNOWN = 1_000;

    private final TransitionReports reports;
    private final Map<String, Heartbeat> lost = new HashMap<>();

    LossReports(TransitionReports reports) {
        this.reports = reports;
    }

    /**
     * Looks at all members.
     *
     * @param vanished last heartbeats of those that are dead
     * @param present newest heartbeats of the others
     */
    void look(Collection<Heartbeat> vanished, Collection<Heartbeat> present) {
        if (lost.size() > MOST_KNOWN) {
            lost.clear();
        }
        for (Heartbeat beat : vanished) {
            if (lost.put(beat.incarnation(), beat) == null) {
                reports.of(beat, Kind.LOST);
            }
        }
        if (!lost.isEmpty()) {
            for (Heartbeat beat : present) {
                if (lost.remove(beat.incarnation()) != null) {
                    reports.of(beat, Kind.STATE);
                }
            }
        }
        reports.tick();
    }
}
