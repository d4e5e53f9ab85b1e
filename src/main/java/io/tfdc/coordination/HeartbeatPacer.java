package io.tfdc.coordination;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats: every {@link ClusterSettings#heartbeatInterval}, at once when something changed that others act on or work waits for an
 * answer, and half a second after a failure, or a tenth if work waits. One at a time.
 */
final class HeartbeatPacer {
    private static final long HASTE = Duration.ofMillis(100).toNanos();

    private final long interval;
    private final Outbox out;

    private @Nullable Signature last;
    private long dueAt;
    private long failedAt;
    private boolean failed;
    private boolean wanted;
    private long sequence;
    private String standbyKey = "";
    private @Nullable MemberState acknowledged;

    /** What others act on. */
    private record Signature(
            Optional<StableId> id, String incarnation, MemberState state, boolean leading, long epoch, long version) {}

    HeartbeatPacer(ClusterSettings settings, Outbox out) {
        this.interval = settings.heartbeatInterval().toNanos();
        this.out = out;
    }

    /** The next heartbeat is due at once. */
    void hurry(long nanos) {
        dueAt = nanos;
        failed = false;
    }

    /** Whether work waits for the answer to a heartbeat. */
    void want(boolean answer) {
        wanted = answer;
    }

    void answered(MemberEffect.PutHeartbeat put, MemberEvent answer, long nanos) {
        if (answer instanceof MemberEvent.Failed) {
            failed = true;
            failedAt = nanos;
        } else {
            failed = false;
            acknowledged = put.heartbeat().state();
        }
    }

    /** State in the last acknowledged heartbeat. */
    Optional<MemberState> acknowledged() {
        return Optional.ofNullable(acknowledged);
    }

    long nextSequence() {
        return ++sequence;
    }

    /** Whether a heartbeat with these contents is to be sent now. */
    boolean isDue(
            Optional<StableId> id,
            String incarnation,
            MemberState state,
            boolean leading,
            long epoch,
            long version,
            long nanos) {
        if (out.awaits(Answers.HEARTBEAT)) {
            return false;
        }
        if (failed) {
            return nanos - failedAt >= (wanted ? HASTE : Jitter.retry());
        }
        return last == null
                || wanted
                || nanos - dueAt >= 0
                || !last.equals(new Signature(id, incarnation, state, leading, epoch, version));
    }

    void send(Heartbeat beat, Now now) {
        last = new Signature(beat.id(), beat.incarnation(), beat.state(), beat.leading(), beat.epoch(), beat.version());
        dueAt = now.nanos() + interval;
        failed = false;
        if (beat.id().isEmpty()) {
            standbyKey = beat.key();
        }
        out.ask(new MemberEffect.PutHeartbeat(beat), now);
    }

    /** Key under which this process has a heartbeat as a standby, empty without. */
    String standbyKey() {
        return standbyKey;
    }

    /** Takes back the heartbeat as a standby; what doesn't succeed is left to the bucket's time to live. */
    void leaveStandby(Now now) {
        if (!standbyKey.isEmpty() && !out.awaits(Answers.heartbeatOf(standbyKey))) {
            out.ask(new MemberEffect.DeleteHeartbeat(standbyKey), now);
            standbyKey = "";
        }
    }
}
