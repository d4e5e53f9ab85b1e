package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.StableId;
import java.util.Optional;

/** The way into leadership and out of it: read what is stored, claim the next epoch, lead until a higher one is found. */
final class Tenure {
    private final StableId self;
    private final String incarnation;
    private Stage stage = Stage.READING;
    private long epoch;
    private boolean readNeeded;

    private enum Stage {
        READING,
        CLAIMING,
        LEADING,
        OVER
    }

    Tenure(StableId self, String incarnation) {
        this.self = self;
        this.incarnation = incarnation;
    }

    /** Takes what is stored; yields why leading is over, if it is. */
    Optional<String> read(LeaderEvent.StateRead state, Errands errands, Turn turn) {
        readNeeded = false;
        Optional<LeaderRecord> leader = state.leader();
        long stored = Math.max(
                leader.map(LeaderRecord::epoch).orElse(0L),
                state.map().map(AssignmentMap::epoch).orElse(0L));
        boolean own = leader.isPresent()
                && leader.get().incarnation().equals(incarnation)
                && leader.get().epoch() == epoch;
        if (stage != Stage.READING && leader.isPresent() && leader.get().epoch() > epoch) {
            return Optional.of(
                    leader.get().leader() + " leads with epoch " + leader.get().epoch() + ", mine is " + epoch);
        }
        if (own) {
            stage = Stage.LEADING;
        } else {
            stage = Stage.CLAIMING;
            epoch = stored + 1;
            LeaderRecord claim = new LeaderRecord(epoch, self, incarnation, turn.wall());
            errands.send(new LeaderEffect.ClaimEpoch(claim, state.leaderRevision()), turn);
        }
        return Optional.empty();
    }

    /** The claim was refused, or failed and may have happened. */
    void uncertain() {
        readNeeded = true;
    }

    boolean readNeeded() {
        return readNeeded;
    }

    void claimed() {
        stage = stage == Stage.CLAIMING ? Stage.LEADING : stage;
    }

    void end() {
        stage = Stage.OVER;
    }

    boolean leading() {
        return stage == Stage.LEADING;
    }

    boolean over() {
        return stage == Stage.OVER;
    }

    /** The epoch, 0 until it is claimed. */
    long epoch() {
        return leading() ? epoch : 0;
    }
}
