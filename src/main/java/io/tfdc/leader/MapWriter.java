package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The present map and the one under way. Every write compares the revision; when its outcome is not known for certain, what is stored decides.
 */
final class MapWriter {
    private @Nullable AssignmentMap map;
    private long revision;
    private @Nullable Proposal pending;
    private boolean readNeeded;
    private boolean doubtful;

    @Nullable
    AssignmentMap map() {
        return map;
    }

    /** The version of the map, 0 without one. */
    long version() {
        AssignmentMap known = map;
        return known == null ? 0 : known.version();
    }

    /** What is being written, null if nothing is. */
    @Nullable
    Proposal pending() {
        return pending;
    }

    /** Whether a map can be written now. */
    boolean free() {
        return pending == null && !readNeeded;
    }

    boolean readNeeded() {
        return readNeeded;
    }

    void write(Proposal proposal, Errands errands, Turn turn) {
        if (errands.send(new LeaderEffect.WriteMap(proposal.map(), revision), turn)) {
            pending = proposal;
        }
    }

    /** The map was written; yields what is now in force. */
    Optional<Proposal> written(LeaderEvent.MapWritten written) {
        Proposal proposal = pending;
        if (proposal == null
                || proposal.map().epoch() != written.epoch()
                || proposal.map().version() != written.version()) {
            return Optional.empty();
        }
        if (doubtful) {
            readNeeded = true;
            return Optional.empty();
        }
        map = proposal.map();
        revision = written.revision();
        pending = null;
        return Optional.of(proposal);
    }

    /** The write was refused, or failed and may have happened. */
    void uncertain() {
        readNeeded = true;
    }

    /** The answer to a write was lost and may still come, looking like the answer to another one. */
    void lost() {
        doubtful = true;
        readNeeded = true;
    }

    /** Takes what is stored; yields the pending write if it turns out to have happened. */
    Optional<Proposal> read(Optional<AssignmentMap> stored, long storedRevision) {
        Proposal proposal = pending;
        map = stored.orElse(null);
        revision = storedRevision;
        pending = null;
        readNeeded = false;
        return proposal != null && stored.isPresent() && sameContent(proposal.map(), stored.get())
                ? Optional.of(proposal)
                : Optional.empty();
    }

    private static boolean sameContent(AssignmentMap a, AssignmentMap b) {
        return a.epoch() == b.epoch()
                && a.version() == b.version()
                && a.members().equals(b.members())
                && a.owners().equals(b.owners())
                && a.releasing().equals(b.releasing());
    }
}
