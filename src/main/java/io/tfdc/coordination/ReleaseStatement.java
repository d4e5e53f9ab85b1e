package io.tfdc.coordination;

import java.util.Optional;

/** Keeps the release record of this process equal to what is the case: one write at a time, again after a failure. */
final class ReleaseStatement {
    private final Outbox out;

    private Optional<ReleaseRecord> wanted = Optional.empty();
    private Optional<ReleaseRecord> written = Optional.empty();
    private long retryAt;

    ReleaseStatement(Outbox out) {
        this.out = out;
    }

    /** The time from which on it counts. */
    void begin(long nanos) {
        retryAt = nanos;
    }

    /** What is the case from now on. */
    void state(ReleaseRecord record) {
        wanted = Optional.of(record);
    }

    /** Nothing may be stated any more, or not yet. */
    void withdraw() {
        wanted = Optional.empty();
    }

    void answered(MemberEffect.PutRelease put, MemberEvent answer, long nanos) {
        if (answer instanceof MemberEvent.Failed) {
            written = Optional.empty();
            retryAt = nanos + Jitter.retry();
        } else {
            written = Optional.of(put.record());
            retryAt = nanos;
        }
    }

    /** Whether everybody can know what is the case. */
    boolean isUpToDate() {
        return wanted.isEmpty() || wanted.equals(written);
    }

    void reconcile(Now now) {
        if (wanted.isPresent() && !isUpToDate() && !out.awaits(Answers.RELEASE) && now.nanos() - retryAt >= 0) {
            out.ask(new MemberEffect.PutRelease(wanted.get()), now);
        }
    }
}
