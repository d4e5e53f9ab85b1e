package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * When the chambers that this process may take become its next slices: when their history is loaded, and when no further release is likely to
 * follow at once, so that slices stay few. History is loaded after the last holder's release, since earlier it would lack that holder's last runs.
 *
 * <p>The broker refuses a slice as a whole if somebody has one of its chambers. What was refused twice is tried in halves, so that soon all but
 * the contested chambers are served; halves are merged later as any slices are.
 */
final class Gains {
    /** Releases that follow one another so closely make one slice. */
    private static final long QUIET = Duration.ofMillis(50).toNanos();

    /** Longest wait for further releases. */
    private static final long CEILING = Duration.ofMillis(250).toNanos();

    private static final Duration BACKOFF = Duration.ofMillis(50);
    private static final int BACKOFF_DOUBLINGS = 3;

    /** Refusals after which it's no longer likely that a holder is just about to let go. */
    private static final int SPLIT_AFTER = 2;

    /** As many slices above the wanted number as it takes to find one contested chamber among 32,000, and one to spare. */
    private static final int HALVINGS = 16;

    private final Outbox out;
    private final Jitter jitter;
    private final long prefetchBudget;
    private final int maxBatches;

    private final Map<ChamberId, Long> loading = new HashMap<>();
    private final Set<ChamberId> loaded = new HashSet<>();
    private final List<Batch> refused = new ArrayList<>();
    private final Map<String, Batch> asked = new HashMap<>();
    private int seen;
    private long firstSeen;
    private long lastSeen;

    /**
     * Chambers that become one slice.
     *
     * @param refusals how often the broker refused these, or a batch that they were part of
     * @param notBefore when to try, monotonic; of a batch never refused any time
     */
    record Batch(Set<ChamberId> chambers, int refusals, long notBefore) {}

    Gains(ClusterSettings settings, Outbox out, Jitter jitter) {
        this.out = out;
        this.jitter = jitter;
        this.prefetchBudget = settings.prefetchBudget().toNanos();
        this.maxBatches = settings.maxSlices() + HALVINGS;
    }

    void clear() {
        loading.clear();
        loaded.clear();
        refused.clear();
        asked.clear();
        seen = 0;
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

    /** A slice of the batch is asked for. */
    void asked(String slice, Batch batch) {
        asked.put(slice, batch);
    }

    /** The broker has the slice, or its fate is open: then it is deleted first, and its chambers come anew. */
    void ended(String slice) {
        asked.remove(slice);
    }

    /**
     * The broker refused a slice: 50 ms or more until the next attempt, up to 400 ms.
     *
     * @param slices how many this process has without this one
     */
    void refused(String slice, int slices, long nanos) {
        Batch batch = asked.remove(slice);
        if (batch == null) {
            return;
        }
        int refusals = batch.refusals() + 1;
        boolean split =
                refusals >= SPLIT_AFTER && batch.chambers().size() > 1 && slices + refused.size() + 2 <= maxBatches;
        if (split) {
            List<ChamberId> sorted = List.copyOf(new TreeSet<>(batch.chambers()));
            int middle = sorted.size() / 2;
            putOff(sorted.subList(0, middle), refusals, nanos);
            putOff(sorted.subList(middle, sorted.size()), refusals, nanos);
        } else {
            putOff(batch.chambers(), refusals, nanos);
        }
    }

    private void putOff(Collection<ChamberId> chambers, int refusals, long nanos) {
        Duration longest = BACKOFF.multipliedBy(1L << Math.min(refusals, BACKOFF_DOUBLINGS));
        refused.add(new Batch(new HashSet<>(chambers), refusals, nanos + jitter.between(BACKOFF, longest)));
    }

    /**
     * Says which chambers shall become slices now, and has their history loaded until then.
     *
     * @param takeable chambers that nobody else may have and no slice of this process has
     * @param complete whether no others are awaited
     */
    List<Batch> due(Set<ChamberId> takeable, boolean complete, long nanos) {
        loading.keySet().retainAll(takeable);
        loaded.retainAll(takeable);
        load(takeable, nanos);
        List<Batch> due = new ArrayList<>();
        Set<ChamberId> fresh = new HashSet<>(takeable);
        refused.removeIf(batch -> {
            batch.chambers().retainAll(takeable);
            fresh.removeAll(batch.chambers());
            boolean now = nanos - batch.notBefore() >= 0 && isWarm(batch.chambers(), nanos);
            if (now && !batch.chambers().isEmpty()) {
                due.add(batch);
            }
            return now || batch.chambers().isEmpty();
        });
        if (isGathered(fresh, complete, nanos) && isWarm(fresh, nanos)) {
            due.add(new Batch(fresh, 0, nanos));
        }
        return due;
    }

    private boolean isGathered(Set<ChamberId> fresh, boolean complete, long nanos) {
        if (fresh.isEmpty()) {
            seen = 0;
            return false;
        }
        if (seen == 0) {
            firstSeen = nanos;
        }
        if (fresh.size() != seen) {
            lastSeen = nanos;
            seen = fresh.size();
        }
        return complete || nanos - lastSeen >= QUIET || nanos - firstSeen >= CEILING;
    }

    private boolean isWarm(Set<ChamberId> chambers, long nanos) {
        for (ChamberId chamber : chambers) {
            Long since = loading.get(chamber);
            if (since != null && nanos - since < prefetchBudget) {
                return false;
            }
        }
        return true;
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
