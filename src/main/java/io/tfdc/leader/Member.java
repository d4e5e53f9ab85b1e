package io.tfdc.leader;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderEvent.ProbeResult;
import org.jspecify.annotations.Nullable;

/** What the leader knows of the process behind an id. Times are the leader's steady nanoseconds. */
final class Member {
    private static final int CONFIRMING_ANSWERS = 2;

    /** Whether a member is there. */
    enum Presence {
        /** At work. */
        PRESENT,
        /** Finishes its work and is about to leave. */
        LEAVING,
        /** Left in order; a successor may take its id. */
        DEPARTED,
        /** Vanished. */
        DEAD
    }

    final StableId id;
    private @Nullable Heartbeat heartbeat;
    private long silentSince;
    private boolean gone;
    private long suspectSince;
    private int noResponders;
    private boolean confirmed;
    private Presence presence = Presence.PRESENT;
    private long presenceSince;

    /** A member that the map names and that has not been heard of. */
    Member(StableId id, long nanos) {
        this.id = id;
        silentSince = nanos;
        presenceSince = nanos;
    }

    /** Takes a heartbeat, unless one with a newer claim of the id is known; false if it was ignored. */
    boolean heard(Heartbeat beat, long nanos) {
        Heartbeat known = heartbeat;
        boolean same = known != null && known.incarnation().equals(beat.incarnation());
        if (known != null && !same && beat.claimRevision() <= known.claimRevision()) {
            return false;
        }
        heartbeat = beat;
        silentSince = nanos;
        gone = false;
        noResponders = 0;
        confirmed |= same;
        return true;
    }

    void gone() {
        gone = true;
    }

    /** Everybody gets his full time. */
    void forgiveSilence(long nanos) {
        silentSince = Math.max(silentSince, nanos);
        noResponders = 0;
    }

    void probed(ProbeResult result, long nanos) {
        if (result != ProbeResult.NO_RESPONDERS) {
            confirmed |= result == ProbeResult.ANSWERED;
            noResponders = 0;
            return;
        }
        if (noResponders++ == 0) {
            suspectSince = nanos;
        }
    }

    /** Judges anew. */
    void update(long nanos, long crashLimit, long probeConfirm) {
        boolean unanswered = noResponders >= CONFIRMING_ANSWERS && nanos - suspectSince >= probeConfirm;
        boolean away = gone || unanswered || nanos - silentSince > crashLimit;
        Presence now = away ? absence() : leaving() ? Presence.LEAVING : Presence.PRESENT;
        if (now != presence) {
            presence = now;
            presenceSince = nanos;
        }
    }

    private boolean leaving() {
        Heartbeat known = heartbeat;
        return gone || known != null && known.state() == MemberState.SHUTDOWN;
    }

    /**
     * What became of one that is away. The bucket keeps the last heartbeat of a member that vanished, so one of whom nothing was ever heard had
     * taken its own back, in order, before this leader began.
     */
    private Presence absence() {
        return leaving() || heartbeat == null ? Presence.DEPARTED : Presence.DEAD;
    }

    Presence presence() {
        return presence;
    }

    boolean away() {
        return presence == Presence.DEAD || presence == Presence.DEPARTED;
    }

    boolean departing() {
        return presence == Presence.LEAVING || presence == Presence.DEPARTED;
    }

    /** Since when the present verdict holds. */
    long presenceSince() {
        return presenceSince;
    }

    /** Its last heartbeat, null if none came. */
    @Nullable
    Heartbeat heartbeat() {
        return heartbeat;
    }

    String incarnation() {
        Heartbeat known = heartbeat;
        return known == null ? "" : known.incarnation();
    }

    long silentSince() {
        return silentSince;
    }

    boolean suspect() {
        return noResponders > 0;
    }

    /** Whether more than a stored heartbeat, which may be of a process that is no more, speaks for it. */
    boolean confirmed() {
        return confirmed;
    }
}
