package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges the two smallest slices of a member that has too many, in a quiet cluster: pauses both, deletes them when nothing of them is at
 * work, and leaves it to the gains to open one in their place. Members begin at different times, by the number of their id.
 */
final class SliceMerge {
    private static final long SLOT = Duration.ofMillis(500).toNanos();

    /** After so long without an idle moment, or with a consumer that won't go, the attempt is given up. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final Outbox out;
    private final int maxSlices;
    private final long quiet;

    private List<Slice> merging = List.of();
    private final Set<ChamberId> chambers = new HashSet<>();
    private boolean deleting;
    private long since;
    private long notBefore;
    private long mapVersion;

    SliceMerge(ClusterSettings settings, Outbox out) {
        this.out = out;
        this.maxSlices = settings.maxSlices();
        this.quiet = settings.mergeQuiet().toNanos();
    }

    void clear(long nanos) {
        merging = List.of();
        deleting = false;
        notBefore = nanos + quiet;
    }

    boolean isActive() {
        return !merging.isEmpty();
    }

    /** Whether a merge is due in a table that needs nothing else. */
    boolean isDue(SliceTable table, MapFollower follower, int number, long nanos) {
        return merging.isEmpty()
                && table.size() > maxSlices
                && nanos - notBefore >= 0
                && nanos - follower.changedAt() >= quiet + number * SLOT;
    }

    void begin(SliceTable table, MapFollower follower, long nanos) {
        merging = table.slices().stream()
                .sorted(Comparator.comparingInt(slice -> slice.chambers().size()))
                .limit(2)
                .toList();
        chambers.clear();
        merging.forEach(slice -> {
            chambers.addAll(slice.chambers());
            slice.pause(true);
            out.tell(new MemberEffect.PauseSlice(slice.name()));
        });
        since = nanos;
        deleting = false;
        mapVersion = follower.version();
    }

    /** Goes on with a merge. Says whether gains have to wait for it. */
    boolean advance(SliceTable table, MapFollower follower, Workload work, Gains gains, long nanos) {
        if (merging.isEmpty()) {
            return false;
        }
        boolean disturbed = follower.version() != mapVersion || nanos - since >= PATIENCE;
        if (!deleting) {
            boolean broken = merging.stream()
                    .anyMatch(slice -> table.named(slice.name()) != slice || slice.phase() != Slice.Phase.ACTIVE);
            if (disturbed || broken) {
                giveUp(table, nanos);
                return false;
            }
            deleting = chambers.stream().noneMatch(work::isAtWork);
            merging.forEach(slice -> slice.doom(deleting));
            return false;
        }
        boolean gone = merging.stream().allMatch(slice -> table.named(slice.name()) != slice);
        if (gone || disturbed) {
            if (gone && !disturbed) {
                gains.known(chambers);
            }
            merging = List.of();
            notBefore = nanos + quiet;
            return false;
        }
        return true;
    }

    private void giveUp(SliceTable table, long nanos) {
        for (Slice slice : merging) {
            if (table.named(slice.name()) == slice && slice.phase() == Slice.Phase.ACTIVE) {
                slice.pause(false);
                out.tell(new MemberEffect.ResumeSlice(slice.name()));
            }
        }
        merging = List.of();
        notBefore = nanos + quiet;
    }
}
