package io.tfdc.cluster;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Consumer;

/** Tells a member what is in the bucket of assignments, in the order of the writes. May be told the same entry twice, and an older one late. */
final class AssignmentsWatch implements KeyValueBucket.Watcher {
    private final Consumer<MemberEvent> events;
    private final EventBus bus;
    private final ClusterMetrics metrics;
    private long epoch;
    private long revision;

    AssignmentsWatch(Consumer<MemberEvent> events, EventBus bus, ClusterMetrics metrics) {
        this.events = events;
        this.bus = bus;
        this.metrics = metrics;
    }

    @Override
    public void onEntry(Entry entry) {
        if (entry.deleted()) {
            return;
        }
        if (entry.key().equals(AssignmentMap.KEY)) {
            StoredRecord.read("map", entry.value(), CoordinationJson::decodeAssignmentMap)
                    .ifPresent(map -> seen(map, entry.revision()));
        } else if (entry.key().equals(LeaderRecord.KEY)) {
            StoredRecord.read("leader record", entry.value(), CoordinationJson::decodeLeaderRecord)
                    .ifPresent(leader -> {
                        epoch = Math.max(epoch, leader.epoch());
                        events.accept(new MemberEvent.LeaderSeen(leader));
                    });
        } else if (entry.key().startsWith(ReleaseRecord.PREFIX)) {
            StoredRecord.read("release", entry.value(), CoordinationJson::decodeReleaseRecord)
                    .ifPresent(release -> events.accept(new MemberEvent.ReleaseSeen(release)));
        }
    }

    private void seen(AssignmentMap map, long written) {
        events.accept(new MemberEvent.MapSeen(map, written));
        if (map.epoch() >= epoch && written > revision) {
            revision = written;
            metrics.mapSeen(map.owners().size());
            bus.publish(ClusterEvents.MAP_APPLIED, map);
        }
    }

    @Override
    public void onReplayed() {
        events.accept(new MemberEvent.Replayed());
    }
}
