package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.Progress;
import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds members that live and do not work: their oldest run is too old, or they have been paused too long, while more than half of the
 * others are well. If the cluster as a whole is ill, the store is, and moving chambers would not help.
 */
final class GrayWatch {
    private static final long HEALTHY = Duration.ofMinutes(5).toNanos();
    private static final int SHARE = 10;

    private final long limit;
    private final Map<StableId, Long> pausedSince = new HashMap<>();
    private final TreeMap<StableId, Long> gray = new TreeMap<>();

    GrayWatch(ClusterSettings settings) {
        limit = settings.grayAfter().toNanos();
    }

    void heard(StableId id, Heartbeat beat, long nanos) {
        if (beat.progress().paused().isEmpty()) {
            pausedSince.remove(id);
        } else {
            pausedSince.putIfAbsent(id, nanos);
        }
        if (gray.containsKey(id) && !well(id, beat.progress())) {
            gray.put(id, nanos);
        }
    }

    /** Finds one more gray member, if there is one and there may be one more. */
    Optional<StableId> find(Set<StableId> members, Roster roster, long nanos) {
        if (gray.size() >= Math.max(1, members.size() / SHARE)) {
            return Optional.empty();
        }
        StableId found = null;
        int well = 0;
        int others = -1;
        for (Member member : roster.members()) {
            Heartbeat beat = member.heartbeat();
            if (beat == null || member.presence() != Member.Presence.PRESENT || !members.contains(member.id)) {
                continue;
            }
            others++;
            well += well(member.id, beat.progress()) ? 1 : 0;
            boolean ill = ill(member.id, beat.progress(), nanos) && !gray.containsKey(member.id);
            found = ill && found == null ? member.id : found;
        }
        if (found == null || 2 * well <= others) {
            return Optional.empty();
        }
        gray.put(found, nanos);
        return Optional.of(found);
    }

    /** Takes back the verdict on one that has been well for long enough, or is gone. */
    Optional<StableId> lift(Set<StableId> members, long nanos) {
        for (Map.Entry<StableId, Long> entry : gray.entrySet()) {
            if (nanos - entry.getValue() > HEALTHY || !members.contains(entry.getKey())) {
                gray.remove(entry.getKey());
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    Set<StableId> members() {
        return gray.keySet();
    }

    private boolean ill(StableId id, Progress progress, long nanos) {
        return ageNanos(progress) > limit || nanos - pausedSince.getOrDefault(id, nanos) > limit;
    }

    /** Well is less than not ill: a member on its way to being ill does not speak for the cluster's health. */
    private boolean well(StableId id, Progress progress) {
        return !pausedSince.containsKey(id) && 2 * ageNanos(progress) < limit;
    }

    private static long ageNanos(Progress progress) {
        return Duration.ofMillis(progress.oldestInFlightMillis()).toNanos();
    }
}
