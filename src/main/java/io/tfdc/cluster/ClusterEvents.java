package io.tfdc.cluster;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberView;
import io.tfdc.leader.Decision;
import io.tfdc.leader.LeaderView;
import io.tfdc.processing.EventCatalog;
import io.vertx.core.Vertx;
import java.util.List;

/** What the cluster's part of a process tells on the event bus. */
public final class ClusterEvents {
    public static final String MEMBER_VIEW = "cluster.member.view";
    public static final String LEADER_VIEW = "cluster.leader.view";
    public static final String MAP_APPLIED = "cluster.map.applied";
    public static final String DECISION = "cluster.decision";

    /** Requests to the leader in this process: {@link io.vertx.core.json.JsonObject} in and out, as on the broker. */
    public static final String OPERATOR = "cluster.operator";

    public static final List<EventCatalog.Entry> ENTRIES = List.of(
            new EventCatalog.Entry(
                    MEMBER_VIEW,
                    MemberView.class,
                    "cluster",
                    "This process's part in the cluster changed. At most every 100 ms, the newest state last."),
            new EventCatalog.Entry(
                    LEADER_VIEW,
                    LeaderView.class,
                    "cluster",
                    "How this process stands as the leader. While it leads, at most every 100 ms, when something changed."),
            new EventCatalog.Entry(
                    MAP_APPLIED,
                    AssignmentMap.class,
                    "cluster",
                    "A map of assignments arrived that this process follows. In the order of epoch and version."),
            new EventCatalog.Entry(
                    DECISION,
                    Decision.class,
                    "cluster",
                    "This process decided something as the leader. In order; before it is in the log."));

    private ClusterEvents() {}

    static void register(Vertx vertx) {
        EventCatalog.register(vertx, ENTRIES);
    }
}
