package io.tfdc.leader;

import io.tfdc.model.ChamberId;
import org.jspecify.annotations.Nullable;

/**
 * A chamber that gets another owner.
 *
 * @param chamber the chamber
 * @param from the owner before, null if there was none
 * @param to the owner afterwards
 * @param reason why
 */
public record Move(ChamberId chamber, @Nullable String from, String to, Reason reason) {

    /** Why a chamber moves. */
    public enum Reason {
        /** It had no owner yet. */
        NEW,
        /** Its owner is no longer a member, or shall have no chambers. */
        ORPHAN,
        /** An operator tied it to its new owner. */
        PINNED,
        /** Its owner carries more than the cap. */
        OVERLOAD,
        /** Its new owner carries less than the floor. */
        UNDERLOAD,
        /** Exchanged for another chamber, because no single one fitted. */
        SWAP,
        /** Its owner serves too many chambers, whatever their weight. */
        COUNT,
        /** The hash ring says so. */
        RING,
        /** It goes back to the owner of an earlier version. */
        ROLLBACK
    }
}
