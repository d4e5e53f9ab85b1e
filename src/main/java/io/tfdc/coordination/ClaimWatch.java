package io.tfdc.coordination;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Since when, on this process's monotonic clock, other processes' claims have stood still. A holder gives up its id well before
 * {@link ClusterSettings#claimTtl}, so a claim that was not renewed for so long is nobody's, whatever wall clocks say.
 */
final class ClaimWatch {
    private final long ttl;
    private final Map<StableId, Seen> seen = new HashMap<>();

    private record Seen(long revision, long sinceNanos) {}

    ClaimWatch(ClusterSettings settings) {
        ttl = settings.claimTtl().toNanos();
    }

    void listed(List<IdClaim.Entry> claims, long nanos) {
        Map<StableId, Seen> before = Map.copyOf(seen);
        seen.clear();
        for (IdClaim.Entry entry : claims) {
            Seen known = before.get(entry.claim().id());
            boolean still = known != null && known.revision() == entry.revision();
            seen.put(entry.claim().id(), still ? known : new Seen(entry.revision(), nanos));
        }
    }

    boolean stoodStill(IdClaim.Entry entry, long nanos) {
        Seen known = seen.get(entry.claim().id());
        return known != null && known.revision() == entry.revision() && nanos - known.sinceNanos() >= ttl;
    }
}
