package io.tfdc.coordination;

/** Deletes what earlier incarnations of the id left at the broker, once for each life and before it opens anything. */
final class Leftovers {
    private final Outbox out;

    private String cleared = "";
    private long retryAt;

    Leftovers(Outbox out) {
        this.out = out;
    }

    /** The time from which on it counts. */
    void begin(long nanos) {
        retryAt = nanos;
    }

    void answered(MemberEffect.DeleteLeftovers delete, MemberEvent answer, long nanos) {
        if (answer instanceof MemberEvent.Failed) {
            retryAt = nanos + Jitter.retry();
        } else {
            cleared = delete.incarnation();
        }
    }

    boolean isClear(String incarnation) {
        return cleared.equals(incarnation);
    }

    void reconcile(StableId id, String incarnation, Now now) {
        if (!isClear(incarnation) && !out.awaits(Answers.LEFTOVERS) && now.nanos() - retryAt >= 0) {
            out.ask(new MemberEffect.DeleteLeftovers(id, incarnation), now);
        }
    }
}
