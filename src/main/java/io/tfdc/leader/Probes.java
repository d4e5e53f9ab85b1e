package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import java.util.HashMap;
import java.util.Map;

/** Asks every member but the leader itself at intervals whether it is there; one question at a time each. */
final class Probes {
    private final String self;
    private final long interval;
    private final Map<String, Long> askedAt = new HashMap<>();
    private final Map<String, Long> unanswered = new HashMap<>();

    Probes(String self, ClusterSettings settings) {
        this.self = self;
        interval = settings.probeInterval().toNanos();
    }

    void ask(Roster roster, Turn turn) {
        long nanos = turn.real();
        for (Member member : roster.members()) {
            String incarnation = member.incarnation();
            Long last = askedAt.get(incarnation);
            boolean due = last == null || nanos - last >= interval;
            if (due && !incarnation.isEmpty() && !incarnation.equals(self) && !waiting(incarnation, nanos)) {
                askedAt.put(incarnation, nanos);
                unanswered.put(incarnation, nanos);
                turn.emit(new LeaderEffect.Probe(incarnation));
            }
        }
        askedAt.values().removeIf(at -> nanos - at > 2 * Errands.PATIENCE);
    }

    private boolean waiting(String incarnation, long nanos) {
        Long since = unanswered.get(incarnation);
        return since != null && nanos - since <= Errands.PATIENCE;
    }

    void answered(String incarnation) {
        unanswered.remove(incarnation);
    }
}
