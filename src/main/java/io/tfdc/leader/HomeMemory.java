package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Where chambers were before their owner vanished: if it comes back soon, it gets back what its caches may still know. */
final class HomeMemory {
    private final long duration;
    private final Map<ChamberId, Home> homes = new HashMap<>();

    private record Home(StableId id, long since) {}

    HomeMemory(Duration duration) {
        this.duration = duration.toNanos();
    }

    /** Remembers the moves away from members that are gone. */
    void scattered(Collection<Move> moves, Collection<StableId> gone, long nanos) {
        for (Move move : moves) {
            StableId from = move.from() == null ? null : StableId.parse(move.from());
            if (from != null && gone.contains(from)) {
                homes.put(move.chamber(), new Home(from, nanos));
            }
        }
    }

    Map<ChamberId, String> homes(long nanos) {
        homes.values().removeIf(home -> nanos - home.since() > duration);
        Map<ChamberId, String> known = new HashMap<>(homes.size() * 2);
        homes.forEach((chamber, home) -> known.put(chamber, home.id().toString()));
        return known;
    }
}
