package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberState;
import java.util.OptionalInt;

/**
 * How the leader stands, for metrics and people.
 *
 * @param phase SCALING, REBALANCING, EMERGENCY, or STABLE
 * @param epoch its epoch, 0 until it is claimed
 * @param version version of the map, 0 without one
 * @param lifecycle how far the cluster has come
 * @param activeMembers members heard of within the crash limit
 * @param standbys processes without an id
 * @param intended intended number of members, empty if not known
 * @param pendingChanges joins and leaves that wait for a window
 * @param windowMillis what is left of the window, 0 without one
 * @param releasing chambers that are on the move
 * @param deaf whether the leader does not hear its own heartbeat
 */
public record LeaderView(
        MemberState phase,
        long epoch,
        long version,
        AssignmentMap.Lifecycle lifecycle,
        int activeMembers,
        int standbys,
        OptionalInt intended,
        int pendingChanges,
        long windowMillis,
        int releasing,
        boolean deaf) {}
