package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.StableId;
import java.util.Optional;
import java.util.Set;

/**
 * A map about to be written.
 *
 * @param decision what it is to say in the log once it is written, empty for another copy of the same version
 * @param gone members whose chambers it gives away
 * @param balanceLater whether balance is to follow in a quiet time
 */
record Proposal(AssignmentMap map, Optional<Decision> decision, Set<StableId> gone, boolean balanceLater) {
    Proposal {
        gone = Set.copyOf(gone);
    }

    /** Another copy of the same version. */
    static Proposal copy(AssignmentMap map) {
        return new Proposal(map, Optional.empty(), Set.of(), false);
    }
}
