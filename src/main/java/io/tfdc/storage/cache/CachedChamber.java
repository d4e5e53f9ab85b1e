package io.tfdc.storage.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the cache knows of one chamber; its runs lie in the database under the groups' numbers. Worker thread only. */
final class CachedChamber {
    final long number;

    /** Changes whenever runs are dropped: a load begun under another number may miss runs added since and isn't taken. */
    long stay;

    /** Groups not in {@link #groups} have no runs from here on; null before a prefetch. */
    @Nullable
    RunKey coveredFrom;

    /** All runs of the chamber from here on, of any group, are in the database; null before a prefetch. */
    @Nullable
    RunKey intactFrom;

    final Map<String, Group> groups = new HashMap<>();

    CachedChamber(long number, long stay) {
        this.number = number;
        this.stay = stay;
    }

    /** All runs from here on, of any group, are known to be in the database. */
    void cover(RunKey from) {
        coveredFrom = from;
        intactFrom = from;
        groups.values().forEach(group -> group.cover(from));
    }

    /** Runs of a group before {@code kept} were dropped. */
    void dropped(Group group, RunKey kept) {
        if (group.coveredFrom != null && group.coveredFrom.compareTo(kept) < 0) {
            group.coveredFrom = kept;
        }
        if (intactFrom != null && intactFrom.compareTo(kept) < 0) {
            intactFrom = kept;
        }
    }

    /** A chart group of the chamber. */
    static final class Group {
        final long number;

        /** All runs of the group from here on are in the database; null before it was loaded. */
        @Nullable
        RunKey coveredFrom;

        int runs;
        int depth;

        Group(long number, @Nullable RunKey coveredFrom, int depth) {
            this.number = number;
            this.coveredFrom = coveredFrom;
            this.depth = depth;
        }

        /** All runs from here on are known to be in the database. */
        void cover(RunKey from) {
            if (coveredFrom == null || from.compareTo(coveredFrom) < 0) {
                coveredFrom = from;
            }
        }
    }
}
