package io.tfdc.leader;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** What was asked for and has not been answered: one of a kind at a time, and none for ever. */
final class Errands {
    /** An answer that takes longer is lost. */
    static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private static final long REST = Duration.ofMillis(500).toNanos();

    private final Map<Class<? extends LeaderEffect>, Errand> out = new HashMap<>();
    private final Map<Class<? extends LeaderEffect>, Long> failedAt = new HashMap<>();

    private record Errand(LeaderEffect effect, long since) {}

    boolean isOut(Class<? extends LeaderEffect> kind) {
        return out.containsKey(kind);
    }

    /** Asks for something, unless something of its kind is under way or has just failed. */
    boolean send(LeaderEffect effect, Turn turn) {
        Long failed = failedAt.get(effect.getClass());
        if (isOut(effect.getClass()) || failed != null && turn.real() - failed < REST) {
            return false;
        }
        failedAt.remove(effect.getClass());
        out.put(effect.getClass(), new Errand(effect, turn.real()));
        turn.emit(effect);
        return true;
    }

    /** Takes an answer; false if nobody waits for it any more. */
    boolean answered(Class<? extends LeaderEffect> kind) {
        return out.remove(kind) != null;
    }

    /** Takes a refusal; false if it is not of what is under way now. */
    boolean refused(LeaderEffect effect) {
        Errand errand = out.get(effect.getClass());
        return errand != null && errand.effect().equals(effect) && answered(effect.getClass());
    }

    /** Takes a failure, after which its kind rests for a moment; false if it is not of what is under way now. */
    boolean failed(LeaderEffect effect, long realNanos) {
        if (!refused(effect)) {
            return false;
        }
        failedAt.put(effect.getClass(), realNanos);
        return true;
    }

    /** Gives up what has not been answered for too long. */
    List<LeaderEffect> takeLost(long realNanos) {
        if (out.isEmpty()) {
            return List.of();
        }
        List<LeaderEffect> lost = new ArrayList<>();
        for (Iterator<Errand> errands = out.values().iterator(); errands.hasNext(); ) {
            Errand errand = errands.next();
            if (realNanos - errand.since() > PATIENCE) {
                lost.add(errand.effect());
                errands.remove();
            }
        }
        return lost;
    }
}
