package io.tfdc.coordination;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats: every {@link ClusterSettings#heartbeatInterval}, at once when something changed that others act on, and half a second
 * after a failure. One at a time.
 */
final class HeartbeatPacer {
    private final long interval;
    private final Outbox out;

    private @Nullable Signature last;
    private long dueAt;
    private long retryAt;
    private boolean failed;
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

    void answered(MemberEffect.PutHeartbeat put, MemberEvent answer, long nanos) {
        if (answer instanceof MemberEvent.Failed) {
            failed = true;
            retryAt = nanos + Jitter.retry();
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
            return nanos - retryAt >= 0;
        }
        return last == null
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
