package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Now;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the core: what time it is, and what is to be done. In shadow mode what would touch the cluster is withheld and answered at
 * once as if it had been done.
 */
final class Turn {
    private final Now now;
    private final long nanos;
    private final boolean shadow;
    private final List<LeaderEffect> effects = new ArrayList<>();
    private final ArrayDeque<LeaderEvent> echoes = new ArrayDeque<>();

    /** @param nanos time that stands still while the leader is deaf */
    Turn(Now now, long nanos, boolean shadow) {
        this.now = now;
        this.nanos = nanos;
        this.shadow = shadow;
    }

    /** Monotonic time that stands still while the leader is deaf; windows and deadlines count in it. */
    long nanos() {
        return nanos;
    }

    /** Monotonic time. */
    long real() {
        return now.nanos();
    }

    Instant wall() {
        return now.wall();
    }

    void emit(LeaderEffect effect) {
        if (!shadow) {
            effects.add(effect);
            return;
        }
        if (effect instanceof LeaderEffect.WriteMap write) {
            AssignmentMap map = write.map();
            echoes.add(new LeaderEvent.MapWritten(map.epoch(), map.version(), write.revision() + 1));
        } else if (effect instanceof LeaderEffect.FenceMembers fence) {
            echoes.add(new LeaderEvent.MembersFenced(fence.ids()));
        } else if (effect instanceof LeaderEffect.FenceSlices fence) {
            echoes.add(new LeaderEvent.SlicesFenced(fence.id(), fence.chambers()));
        } else if (!(effect instanceof LeaderEffect.Grant) && !(effect instanceof LeaderEffect.DeleteConsumer)) {
            effects.add(effect);
        }
    }

    /** The next answer to something withheld, null if there is none. */
    @Nullable
    LeaderEvent nextEcho() {
        return echoes.poll();
    }

    List<LeaderEffect> effects() {
        return List.copyOf(effects);
    }
}
