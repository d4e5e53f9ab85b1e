package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import java.util.Collection;

/** Short words for what is too long to be printed as it is. */
final class Wording {
    private static final int MANY = 5;
    private static final int LONG = 240;

    private Wording() {}

    static String of(Object detail) {
        if (detail instanceof AssignmentMap map) {
            return "map e" + map.epoch() + " v" + map.version() + ' ' + map.cause() + ' ' + map.members() + " counts "
                    + map.totals().values().stream()
                            .map(AssignmentMap.Total::chambers)
                            .toList()
                    + " releasing " + map.releasing().size() + ' '
                    + few(map.releasing().entrySet());
        }
        if (detail instanceof MemberEvent.MapSeen seen) {
            return of(seen.map());
        }
        if (detail instanceof LeaderEffect.WriteMap write) {
            return of(write.map()) + " on revision " + write.revision();
        }
        if (detail instanceof LeaderEvent.StateRead read) {
            return "StateRead " + read.leader() + ' '
                    + read.map().map(Wording::of).orElse("no map");
        }
        if (detail instanceof Heartbeat beat) {
            return beat.key() + ' ' + beat.incarnation() + ' ' + beat.state() + " #" + beat.sequence() + " v"
                    + beat.version() + (beat.leading() ? " leading" : "");
        }
        if (detail instanceof ReleaseRecord release) {
            return release.id() + " e" + release.epoch() + " v" + release.version() + " holding "
                    + few(release.holding());
        }
        if (detail instanceof MemberEffect.PutRelease put) {
            return of(put.record());
        }
        if (detail instanceof MemberEffect.CreateSlice create) {
            return create.name() + ' ' + few(create.chambers());
        }
        if (detail instanceof MemberEffect.ShrinkSlice shrink) {
            return shrink.name() + " to " + few(shrink.remaining());
        }
        String text = String.valueOf(detail);
        return text.length() > LONG ? text.substring(0, LONG) + " ..." : text;
    }

    static String few(Collection<?> many) {
        String first = many.stream().limit(MANY).toList().toString();
        return many.size() > MANY ? first + " and " + (many.size() - MANY) + " more" : first;
    }
}
