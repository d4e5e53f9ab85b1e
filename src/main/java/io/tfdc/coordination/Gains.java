package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * When the chambers that this process may take become its next slice: when their history is loaded, and when no further release is likely to
 * follow at once, so that slices stay few. History is loaded after the last holder's release, since earlier it would lack that holder's last runs.
 */
final class Gains {
    /** Releases that follow one another so closely make one slice. */
    private static final long QUIET = Duration.ofMillis(50).toNanos();

    /** Longest wait for further releases. */
    private static final long CEILING = Duration.ofMillis(250).toNanos();

    private static final Duration BACKOFF = Duration.ofMillis(50);
    private static final int BACKOFF_DOUBLINGS = 3;

    private final Outbox out;
    private final Jitter jitter;
    private final long prefetchBudget;

    private final Map<ChamberId, Long> loading = new HashMap<>();
    private final Set<ChamberId> loaded = new HashSet<>();
    private int seen;
    private long firstSeen;
    private long lastSeen;
    private long createAt;
    private int refusals;

    Gains(ClusterSettings settings, Outbox out, Jitter jitter) {
        this.out = out;
        this.jitter = jitter;
        this.prefetchBudget = settings.prefetchBudget().toNanos();
    }

    void clear(long nanos) {
        loading.clear();
        loaded.clear();
        seen = 0;
        refusals = 0;
        createAt = nanos;
    }

    /** Their history is loaded, or can't be: the work itself will show. */
    void prefetched(Set<ChamberId> chambers) {
        for (ChamberId chamber : chambers) {
            if (loading.remove(chamber) != null) {
                loaded.add(chamber);
            }
        }
    }

    /** Their history is known, as they were this process's all along. */
    void known(Set<ChamberId> chambers) {
        loaded.addAll(chambers);
    }

    /** The broker refused a slice: 50 ms or more until the next attempt, up to 400 ms. */
    void refused(long nanos) {
        Duration longest = BACKOFF.multipliedBy(1L << Math.min(++refusals, BACKOFF_DOUBLINGS));
        createAt = nanos + jitter.between(BACKOFF, longest);
    }

    void created() {
        refusals = 0;
    }

    /**
     * Says whether the chambers shall become a slice now, and has their history loaded until then.
     *
     * @param takeable chambers that nobody else may have and no slice of this process has
     * @param complete whether no others are awaited
     */
    boolean isDue(Set<ChamberId> takeable, boolean complete, long nanos) {
        loading.keySet().retainAll(takeable);
        loaded.retainAll(takeable);
        if (takeable.isEmpty()) {
            seen = 0;
            return false;
        }
        if (seen == 0) {
            firstSeen = nanos;
        }
        if (takeable.size() != seen) {
            lastSeen = nanos;
            seen = takeable.size();
        }
        load(takeable, nanos);
        boolean gathered = complete || nanos - lastSeen >= QUIET || nanos - firstSeen >= CEILING;
        boolean warm = loading.values().stream().allMatch(since -> nanos - since >= prefetchBudget);
        return gathered && warm && nanos - createAt >= 0;
    }

    private void load(Set<ChamberId> takeable, long nanos) {
        Set<ChamberId> cold = new HashSet<>();
        for (ChamberId chamber : takeable) {
            if (!loaded.contains(chamber) && !loading.containsKey(chamber)) {
                cold.add(chamber);
                loading.put(chamber, nanos);
            }
        }
        if (!cold.isEmpty()) {
            out.tell(new MemberEffect.Prefetch(Set.copyOf(cold)));
        }
    }
}
