package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the others have stated about their consumers. A statement of a version stays true, as nobody gets a chamber back without another
 * version: later ones replace earlier ones, and two of one version hold together.
 */
final class ReleaseLedger {
    private final Map<StableId, ReleaseRecord> records = new HashMap<>();

    void seen(ReleaseRecord record) {
        records.merge(record.id(), record, ReleaseLedger::later);
    }

    private static ReleaseRecord later(ReleaseRecord known, ReleaseRecord news) {
        int order = known.epoch() != news.epoch()
                ? Long.compare(known.epoch(), news.epoch())
                : Long.compare(known.version(), news.version());
        boolean sameVersion = known.version() == news.version();
        if (!sameVersion) {
            return order > 0 ? known : news;
        }
        Set<ChamberId> holding = new HashSet<>(known.holding());
        holding.retainAll(news.holding());
        return new ReleaseRecord(
                news.id(), news.incarnation(), Math.max(known.epoch(), news.epoch()), news.version(), holding);
    }

    /**
     * Whether a member has let go of a chamber that a version took away from it. A statement about a later map than the reader's says
     * nothing: the later map may have given the chamber back.
     */
    boolean covers(AssignmentMap.Releasing releasing, ChamberId chamber, AssignmentMap map) {
        ReleaseRecord record = records.get(releasing.id());
        return record != null
                && record.version() <= map.version()
                && record.epoch() <= map.epoch()
                && record.covers(chamber, releasing.sinceVersion());
    }
}
