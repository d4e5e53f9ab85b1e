package io.tfdc.coordination;

/**
 * How long this process may execute and store: until {@link ClusterSettings#lease} after the last acknowledged heartbeat was sent, while
 * it is connected, and while its claim is not older than its deadline. A lease that has run out is never extended again: the process has to
 * claim its id anew. After a lost connection a heartbeat sent on the new one has to be acknowledged first.
 *
 * <p>Within the lease it is certain only for {@link ClusterSettings#contact}: the server may have given up the connection without a word, and
 * then the leader waits no longer than that. What has to be certain waits for the next acknowledged heartbeat, or for the end of the lease.
 */
final class Lease {
    private final ClusterSettings settings;

    private boolean connected;
    private long connectedAt;
    private boolean confirmed;
    private boolean granted;
    private long until;
    private long certainUntil;
    private long claimUntil;

    Lease(ClusterSettings settings) {
        this.settings = settings;
    }

    /** The id was claimed or the claim renewed by a write sent at the given time. */
    void claimed(long sentNanos) {
        claimUntil = sentNanos + settings.claimDeadline().toNanos();
    }

    /** A heartbeat under the id was acknowledged. */
    void acknowledged(long sentNanos) {
        long extended = sentNanos + settings.lease().toNanos();
        long certain = sentNanos + settings.contact().toNanos();
        until = granted && until - extended > 0 ? until : extended;
        certainUntil = granted && certainUntil - certain > 0 ? certainUntil : certain;
        granted = true;
        confirmed |= connected && sentNanos - connectedAt >= 0;
    }

    void connected(boolean reachable, long nanos) {
        if (reachable != connected) {
            connected = reachable;
            connectedAt = nanos;
            confirmed = false;
        }
    }

    /** Nothing is granted any more. */
    void end() {
        granted = false;
        confirmed = false;
    }

    /** Whether there was a lease in this life, run out or not. */
    boolean granted() {
        return granted;
    }

    boolean valid(long nanos) {
        return granted && connected && confirmed && until - nanos > 0 && claimUntil - nanos > 0;
    }

    /** Whether nobody can have been given what is this process's own. */
    boolean certain(long nanos) {
        return valid(nanos) && certainUntil - nanos > 0;
    }

    /** Whether only the broker's next answer, or the lease's end, tells if the lease still counts. */
    boolean doubtful(long nanos) {
        return granted && !lapsed(nanos) && !certain(nanos);
    }

    /** Whether the lease has run out for good. */
    boolean lapsed(long nanos) {
        return granted && (until - nanos <= 0 || claimUntil - nanos <= 0);
    }

    /** Whether the claim of an id, with or without a lease, is too old. */
    boolean claimLapsed(long nanos) {
        return claimUntil - nanos <= 0;
    }
}
