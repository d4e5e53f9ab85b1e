package io.tfdc.leader;

import java.time.Duration;
import java.util.Set;

/** Waits for changes to come to rest: closes after a quiet time without a further one, at the latest when a ceiling is reached. */
final class ChangeWindow {
    private final long quiet;
    private final long ceiling;
    private Set<?> pending = Set.of();
    private long openedAt;
    private long changedAt;

    ChangeWindow(Duration quiet, Duration ceiling) {
        this.quiet = quiet.toNanos();
        this.ceiling = ceiling.toNanos();
    }

    /** Says what waits now; the window opens with the first and closes without any. */
    void pending(Set<?> now, long nanos) {
        if (now.equals(pending)) {
            return;
        }
        if (pending.isEmpty()) {
            openedAt = nanos;
        }
        pending = Set.copyOf(now);
        changedAt = nanos;
    }

    boolean open() {
        return !pending.isEmpty();
    }

    boolean due(long nanos) {
        return open() && remaining(nanos) == 0;
    }

    /** Nanoseconds until it is due if nothing changes, 0 without a window. */
    long remaining(long nanos) {
        return open() ? Math.max(0, Math.min(changedAt + quiet, openedAt + ceiling) - nanos) : 0;
    }
}
